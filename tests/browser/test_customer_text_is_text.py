"""Whatever a customer writes is shown as it was written, to the customer and to the agent, and does nothing."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Tabs
from tests.browser.people import GOLD, AgentAtDesk, CustomerAtShop
from tests.stage import Web

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>click</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>click</a>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
    "<form action=javascript:alert(1)><button>go</button></form>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//evil.test/x.css>",
    "<meta http-equiv=refresh content=0;url=//evil.test>",
    "<base href=//evil.test/>",
    "<template><script>alert(1)</script></template>",
    "<cs-toasts></cs-toasts><cs-composer></cs-composer>",
    "</li></ol></template><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "{{7*7}}{% load static %}${alert(1)}#{alert(1)}",
    "javascript:alert(1) JaVaScRiPt:alert(1) data:text/html,x",
    "https://evil.test/\"onmouseover=\"alert(1) http://x<img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
    "\u202e<script>alert(1)</script>\u202c \u2028 \ufeff.",
)  # fmt: skip


def texts(bubbles: Locator) -> list[str]:
    return [str(text) for text in bubbles.evaluate_all("all => all.map(one => one.textContent)")]


def test_thirty_attacks_are_shown_as_text_on_both_sides(tabs: Tabs, shared_web: Web) -> None:
    customer = CustomerAtShop(tabs.open(), shared_web.url)
    customer.ask_for_person()
    asked = texts(customer.bubbles("customer"))
    # Marks that turn the text after them around are the one thing that is left out (docs/protocol.md).
    expected = [*asked, *(payload.strip("\u202e").replace("\u202c", "") for payload in PAYLOADS)]

    for payload in PAYLOADS:
        customer.say(payload)
    expect(customer.bubbles("customer")).to_have_count(len(expected))
    expect(customer.chat.locator('[data-progress="sending"]')).to_have_count(0)
    agent = AgentAtDesk(tabs.open(), shared_web.url)
    agent.waiting.filter(has=agent.page.locator(".row-last", has_text="alert(1)")).click()
    expect(agent.bubbles("customer")).to_have_count(len(expected))

    for side in (customer, agent):
        assert texts(side.bubbles("customer")) == expected
        assert side.bubbles("customer").locator("*").count() == 0


def test_an_agents_text_becomes_links_and_nothing_else(tabs: Tabs, shared_web: Web) -> None:
    customer = CustomerAtShop(tabs.open(), shared_web.url, GOLD)
    customer.ask_for_person()
    agent = AgentAtDesk(tabs.open(), shared_web.url)
    agent.choose(customer.name)
    agent.take()
    text = '<b onclick=alert(1)>see</b> https://example.com/a"onmouseover=alert(1) javascript:alert(1)'

    agent.say(text)

    for side in (customer, agent):
        bubble = side.bubbles("agent").last
        expect(bubble).to_have_text(text)
        assert bubble.locator("*").evaluate_all(
            "all => all.map(one => [one.tagName, one.getAttribute('href')])"
        ) == [["A", "https://example.com/a"]]
