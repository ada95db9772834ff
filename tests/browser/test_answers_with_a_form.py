"""From the editor's toolbar to the customer's bubble: an answer with a form, a coupon, a live value, and an attack in it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Tabs
from tests.browser.people import GOLD, AgentAtDesk, CustomerAtShop, sign_in
from tests.stage import Web

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUESTION = "可以礼品包装或附贺卡吗？"
ATTACK = (
    "<p>Hello {customer.name}, <b>gift wrap</b> is free."
    "<img src=x onerror=alert(1)><a href='javascript:alert(1)'>click</a></p>"
    "<ul><li onclick=alert(1)>one</li><li><a href='https://shanye.example/gift'>how</a></li></ul>"
    "<script>alert(1)</script><iframe src=javascript:alert(1)></iframe><svg onload=alert(1)></svg>"
)


def written(page: Page, server: str) -> None:
    """The editor's page as an attacker would leave it, with a coupon added by hand, saved and published."""
    sign_in(page, server, "editor", "/admin/kb/article/?q=礼品")
    page.get_by_role("link", name=QUESTION).click()
    editor = page.get_by_role("textbox", name="Answer", exact=True)
    # Not as markup but as what the page would send: the server has to clean it.
    editor.evaluate("element => element.dispatchEvent(new Event('input', { bubbles: true }))")
    page.locator("[name=answer_html]").evaluate("(field, html) => { field.value = html }", ATTACK)
    page.locator("cs-forms[data-prefix=cards] > [data-add]").click()
    card = page.locator("cs-forms[data-prefix=cards] [data-form]").last
    card.get_by_label("Kind").select_option("coupon")
    card.get_by_label("Code").fill("GIFT1")
    card.get_by_label("Words").fill("包装免费")
    page.get_by_label("Tell a person too").uncheck()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Live as release", exact=False).first).to_be_visible()


def tags(bubble: Locator) -> set[str]:
    return set(bubble.locator("*").evaluate_all("all => all.map(one => one.localName)"))


def test_a_form_is_shown_on_both_sides_and_an_attack_does_nothing(shared_web: Web, tabs: Tabs) -> None:
    server = shared_web.url
    written(tabs.open(), server)

    customer = CustomerAtShop(tabs.open(), server, GOLD)
    customer.say(QUESTION)
    bubble = customer.bubbles("bot").filter(has=customer.chat.locator(".rich"))
    expect(bubble.locator(".rich b")).to_have_text("gift wrap")
    expect(bubble.locator(".rich p")).to_contain_text(f"Hello {customer.name}, gift wrap is free.")
    expect(bubble.get_by_role("link", name="how")).to_have_attribute("href", "https://shanye.example/gift")
    expect(customer.chat.locator(".coupon")).to_contain_text("GIFT1")
    customer.ask_for_person()
    agent = AgentAtDesk(tabs.open(), server)
    agent.choose(customer.name)
    expect(agent.bubbles("bot").locator(".rich b")).to_have_text("gift wrap")

    seen = agent.bubbles("bot").filter(has=agent.page.locator(".rich"))
    for side in (bubble, seen):
        assert tags(side) == {"div", "p", "b", "ul", "li", "a"}
        assert side.locator("a").count() == 1


def test_an_editor_forms_an_answer_with_the_toolbar(shared_web: Web, tabs: Tabs) -> None:
    page = tabs.open()
    sign_in(page, shared_web.url, "editor", "/admin/kb/article/?q=保温杯能保温多久")
    page.locator("#result_list tbody a[href*='/change/']").first.click()
    editor = page.get_by_role("textbox", name="Answer", exact=True)

    editor.fill("Six hours")
    editor.press("ControlOrMeta+a")
    page.get_by_role("button", name="Bold").first.click()
    editor.press("End")
    page.get_by_label("Insert a live value").first.select_option("product.name")
    page.get_by_role("button", name="Add another answer").click()
    other = page.locator(".kb-other").last
    other.get_by_label("Gold").check()
    other.locator(".kb-rich-page").fill("Seven hours")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Saved as version", exact=False)).to_be_visible()
    expect(editor).to_contain_text("Six hours{product.name}")
    expect(editor.locator("b").first).to_contain_text("Six hours")
    expect(page.locator(".kb-other")).to_have_count(1)
    expect(page.locator(".kb-other").get_by_label("Gold")).to_be_checked()
    expect(page.locator(".kb-other .kb-rich-page")).to_have_text("Seven hours")
