"""The widget on a shop's page and the desk, in a real browser, against the product's real process."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.people import (
    GOLD,
    OTHER,
    REGULAR,
    SILVER,
    STRANGER,
    TWO_PARCELS,
    VIP,
    AgentAtDesk,
    CustomerAtShop,
)
from tests.stage import Web

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_customer_asks_and_is_answered_from_an_article(tabs: Tabs, shared_web: Web) -> None:
    customer = CustomerAtShop(tabs.open(), shared_web.url)

    customer.say("可以用微信付吗")

    expect(customer.bubbles("bot").first).to_contain_text("微信")
    expect(customer.chat.get_by_text("From our help article")).to_be_visible()


def test_a_member_sees_the_parcel_of_the_order_that_was_chosen(tabs: Tabs, shared_web: Web) -> None:
    customer = CustomerAtShop(tabs.open(), shared_web.url, TWO_PARCELS)

    customer.say("我的快递到哪了")
    customer.chat.locator(".choice").first.click()

    expect(customer.chat.get_by_role("heading", name=re.compile("Order SY"))).to_be_visible()


def test_a_conversation_goes_on_after_the_page_is_left(tabs: Tabs, shared_web: Web) -> None:
    page = tabs.open()
    CustomerAtShop(page, shared_web.url).say("质保几年")
    expect(CustomerAtShop(page, shared_web.url).bubbles("customer")).to_have_text(["质保几年"])


@pytest.mark.parametrize("next_one", [VIP, STRANGER])
def test_the_next_person_at_the_same_screen_sees_nothing_of_the_first(
    next_one: tuple[str, str], tabs: Tabs, shared_web: Web
) -> None:
    page = tabs.open()
    first = CustomerAtShop(page, shared_web.url, SILVER)
    first.say("质保几年")
    expect(first.bubbles("bot")).to_have_count(1)

    after = CustomerAtShop(page, shared_web.url, next_one)
    after.say("可以用微信付吗")

    expect(after.bubbles("bot")).to_have_count(1)
    expect(after.bubbles("customer")).to_have_text(["可以用微信付吗"])


def test_an_agent_takes_over_and_both_sides_hear_each_other(tabs: Tabs, shared_web: Web) -> None:
    customer = CustomerAtShop(tabs.open(), shared_web.url, GOLD)
    customer.ask_for_person()
    customer.say("tent pole broke, case 4711")
    agent = AgentAtDesk(tabs.open(), shared_web.url)

    agent.choose(customer.name)
    expect(agent.bubbles("customer").last).to_have_text("tent pole broke, case 4711")
    agent.take()
    agent.say("I am on it: https://example.com/parts?id=1")

    expect(customer.bubbles("agent")).to_have_text("I am on it: https://example.com/parts?id=1")
    expect(customer.chat.locator(".bubble a")).to_have_attribute("rel", "noopener noreferrer nofollow ugc")
    customer.say("thank you so much")
    expect(agent.bubbles("customer").last).to_have_text("thank you so much")


def test_a_ticket_opened_at_the_desk_appears_in_the_chat(tabs: Tabs, shared_web: Web) -> None:
    customer = CustomerAtShop(tabs.open(), shared_web.url, SILVER)
    customer.ask_for_person()
    agent = AgentAtDesk(tabs.open(), shared_web.url, username="qiang")
    agent.choose(customer.name)
    agent.take()

    agent.page.locator("summary", has_text="Open a ticket").click()
    agent.page.get_by_label("Kind").select_option("damaged")
    agent.page.get_by_label("Reason").fill("The pole is broken")
    agent.page.get_by_role("button", name="Open ticket").click()

    card = customer.chat.locator("[data-ticket]").filter(has_text="Damaged goods")
    expect(card).to_have_count(1)
    mine = agent.page.locator(".side [data-ticket]").filter(has_text="Damaged goods")
    mine.get_by_role("button", name="Being worked on").click()
    expect(card).to_contain_text("Being worked on")
    expect(card).to_have_count(1)


def test_a_note_for_staff_never_reaches_the_customer(tabs: Tabs, shared_web: Web) -> None:
    customer = CustomerAtShop(tabs.open(), shared_web.url, REGULAR)
    customer.ask_for_person()
    agent = AgentAtDesk(tabs.open(), shared_web.url)
    agent.choose(customer.name)
    agent.take()

    agent.page.get_by_text("Note for staff").click()
    agent.say("be generous")
    expect(agent.page.locator(".note-text")).to_have_text("be generous")
    agent.page.get_by_text("Reply", exact=True).click()
    agent.say("hello")

    expect(customer.bubbles("agent")).to_have_text(["hello"])
    expect(customer.chat.get_by_text("be generous")).to_have_count(0)


def test_keys_alone_are_enough(tabs: Tabs, shared_web: Web) -> None:
    page = tabs.open()
    number, name = OTHER
    page.goto(f"{shared_web.url}/shop/shanye/?as={number}")
    page.get_by_role("button", name="Open chat").focus()
    page.keyboard.press("Enter")
    customer = page.frame_locator("iframe")
    expect(customer.get_by_role("textbox", name="Your message")).to_be_focused()
    page.keyboard.type("转人工")
    page.keyboard.press("Enter")
    expect(customer.get_by_text("A person is coming")).to_be_visible()
    agent = AgentAtDesk(tabs.open(), shared_web.url)
    agent.waiting.filter(has_text=name).focus()
    for key in ("Enter", "t"):
        agent.page.keyboard.press(key)
    expect(agent.field).to_be_enabled()
    agent.page.keyboard.press("r")
    agent.page.keyboard.type("with keys only")
    agent.page.keyboard.press("Enter")
    expect(customer.get_by_text("with keys only")).to_be_visible()

    agent.page.get_by_role("button", name="Close", exact=True).press("Enter")
    customer.get_by_role("radio", name="1 of 5 stars").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(customer.get_by_text("Thank you. Write again whenever you like.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Open chat")).to_be_focused()


def test_a_colleague_who_came_later_can_be_transferred_to(tabs: Tabs, shared_web: Web) -> None:
    colleague = AgentAtDesk(tabs.open(), shared_web.url, username="qiang")
    takes_chats = colleague.page.locator("cs-presence [name=available]")
    takes_chats.uncheck(force=True)
    customer = CustomerAtShop(tabs.open(), shared_web.url, OTHER)
    customer.ask_for_person()
    agent = AgentAtDesk(tabs.open(), shared_web.url)
    agent.choose(customer.name)
    agent.take()
    takes_chats.check(force=True)

    agent.page.locator("cs-head summary").click()
    agent.page.locator("cs-head [data-to=qiang]").click()

    expect(colleague.page.locator("[data-group=mine]")).to_contain_text(customer.name)


def test_a_row_pressed_while_its_customer_writes_is_still_chosen(tabs: Tabs, shared_web: Web) -> None:
    customer = CustomerAtShop(tabs.open(), shared_web.url, VIP)
    customer.ask_for_person()
    agent = AgentAtDesk(tabs.open(), shared_web.url)
    row = agent.waiting.filter(has_text=customer.name)
    row.hover()
    agent.page.mouse.down()

    customer.say("还在吗")
    expect(row).to_contain_text("还在吗")
    agent.page.mouse.up()

    expect(agent.page.get_by_role("button", name="Take", exact=True)).to_be_visible()
