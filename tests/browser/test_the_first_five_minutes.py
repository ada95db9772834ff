"""The whole way through the product, as a merchant walks it: shop page, editor, customer, agent, ticket, figures."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tabs
from tests.browser.people import GOLD, SILVER, AgentAtDesk, CustomerAtShop, sign_in
from tests.stage import Web

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("stage")]

NEW_ANSWER = (
    "We ship with the carrier you ask for; write its name into the order's remark. (tried in the test)"
)
QUESTION = "发什么快递，可以指定顺丰吗？"


def publish(page: Page, server: str) -> None:
    """Finds the article in the admin, changes its answer, publishes with one click."""
    sign_in(page, server, "editor", "/admin/kb/article/?q=顺丰")
    page.get_by_role("link", name=QUESTION).click()
    page.get_by_role("textbox", name="Answer", exact=True).fill(NEW_ANSWER)
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("release", exact=False).first).to_be_visible()


def test_a_customer_asks_where_the_parcel_is_and_sees_it(shared_web: Web, tabs: Tabs) -> None:
    customer = CustomerAtShop(tabs.open(), shared_web.url, SILVER)

    customer.say("我的快递到哪了")

    expect(customer.bubbles("bot").last).to_contain_text("SY26")
    expect(customer.chat.locator("[data-list=recent] li").first).to_be_visible()


def test_from_an_editors_click_to_an_answer_a_person_a_ticket_and_a_figure(
    shared_web: Web, tabs: Tabs
) -> None:
    server = shared_web.url
    publish(tabs.open(), server)

    customer = CustomerAtShop(tabs.open(), server, GOLD)
    customer.say(QUESTION)
    expect(customer.bubbles("bot").last).to_contain_text(NEW_ANSWER)

    customer.say("zxcv qwrt mnbv")
    expect(customer.chat.get_by_text("A person is coming")).to_be_visible()

    agent = AgentAtDesk(tabs.open(), server)
    agent.choose(customer.name)
    agent.take()
    agent.say("您好，我来帮您看一下。")
    expect(customer.bubbles("agent").last).to_contain_text("我来帮您看一下")

    agent.page.locator("summary", has_text="Open a ticket").click()
    agent.page.get_by_label("Kind").select_option("return")
    agent.page.get_by_label("Reason").fill("收到的颜色不对")
    agent.page.get_by_role("button", name="Open ticket").click()
    expect(customer.chat.locator("[data-ticket]").filter(has_text="Return")).to_have_count(1)

    manager = tabs.open()
    sign_in(manager, server, "zhou", "/admin/reports/")
    expect(manager.get_by_text("AI resolution rate").first).to_be_visible()
