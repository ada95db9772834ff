"""An editor sees what real customers would be told differently, before the click that tells them."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.people import SILVER, CustomerAtShop, sign_in
from tests.stage import Stage, Web

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUESTION = "满多少免邮"
BEFORE, AFTER = "99", "79"


def test_a_replay_goes_from_the_click_to_the_result_and_on_to_customers(stage: Stage, tabs: Tabs) -> None:
    web: Web = stage.web()
    customer = CustomerAtShop(tabs.open(), web.url, SILVER)
    customer.say(QUESTION)
    expect(customer.bubbles("bot").last).to_contain_text(f"{BEFORE} 元包邮")
    stage.worker()

    page = tabs.open()
    sign_in(page, web.url, "editor", "/admin/kb/article/?q=logistics-fee")
    page.get_by_role("link", name="需要付运费吗").click()
    page.get_by_role("button", name="Replay past questions").click()

    row = page.get_by_role("article").filter(has_text=QUESTION)
    expect(row.get_by_text("Answered differently")).to_be_visible(timeout=60_000)
    expect(row.locator("del").first).to_have_text(BEFORE)
    expect(row.locator("ins").first).to_have_text(AFTER)
    page.get_by_role("button", name="Publish: ").click()

    expect(page.get_by_text("These drafts are live.")).to_be_visible()
    customer.say(f"{QUESTION}？")
    expect(customer.bubbles("bot").last).to_contain_text(f"{AFTER} 元包邮")


def test_a_lookalike_is_named_while_the_editor_types(shared_web: Web, tabs: Tabs) -> None:
    page = tabs.open()
    sign_in(page, shared_web.url, "editor", "/admin/kb/article/add/")

    page.locator("[name=question]").fill("要付运费吗？")

    named = page.locator("cs-alike")
    expect(named).to_contain_text("can hardly tell them apart")
    expect(named.get_by_role("link", name="需要付运费吗？")).to_be_visible()
