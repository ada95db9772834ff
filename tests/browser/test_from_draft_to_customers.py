"""Two people bring an article to a customer: one writes it, the rules speak up, the other approves, it answers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tabs
from tests.browser.people import SILVER, CustomerAtShop, sign_in
from tests.stage import Web

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUESTION = "儿童雨衣有哪些颜色？"
UNLAWFUL = "有黄、蓝两色，是全网最低价。"


def signed_in(page: Page, server: str, username: str, path: str) -> Page:
    sign_in(page, server, username, f"/admin/login/?next={path}")
    return page


def switch_two_people(page: Page, server: str) -> None:
    page.goto(f"{server}/admin/kb/publishing-rules/")
    shop = page.locator("section.kb-card", has_text="山野集")
    shop.get_by_label("Two-person rule").click()
    shop.get_by_role("button", name="Save").click()
    expect(page.get_by_text("in force at once")).to_be_visible()


MARKED = """() => [...(CSS.highlights.get("kb-blocks") ?? [])].map((range) => {
    const { x, y, width } = range.getBoundingClientRect();
    return { words: range.toString(), x, y, width };
})"""


def mend_the_wording(page: Page) -> None:
    """The forbidden words are marked in the text itself; one click says it lawfully."""
    answer = page.locator("cs-rich:has(#id_answer) [data-page]")
    answer.click()
    page.keyboard.type(UNLAWFUL)
    remedy = page.locator("cs-rich:has(#id_answer) + .kb-marks").get_by_role("button")
    expect(remedy).to_be_visible()
    [mark] = page.evaluate(MARKED)
    field = answer.bounding_box()
    assert field is not None
    assert mark["words"] == "全网最低价"
    assert field["x"] < mark["x"] < mark["x"] + mark["width"] < field["x"] + field["width"]
    assert field["y"] < mark["y"] < field["y"] + field["height"]
    remedy.click()
    expect(remedy).to_have_count(0)
    assert page.evaluate(MARKED) == []
    expect(answer).not_to_contain_text("全网最低价")


def mark_the_question(page: Page) -> None:
    """A plain field is marked as well, letter on letter; a question may say it."""
    page.locator("#id_question").fill("有全网最低价的雨衣吗？")
    mark = page.locator(".kb-marked:has(#id_question) mark")
    # The first check of a process reads all starter rules.
    expect(mark).to_have_text("全网最低价")
    field, marked = page.locator("#id_question").bounding_box(), mark.bounding_box()
    assert field is not None
    assert marked is not None
    assert field["x"] < marked["x"] < field["x"] + field["width"]
    assert field["y"] <= marked["y"] < field["y"] + field["height"]
    page.locator("#id_question").fill(QUESTION)
    expect(mark).to_have_count(0)


def test_an_editor_asks_a_lead_approves_and_a_customer_is_told(shared_web: Web, tabs: Tabs) -> None:
    server = shared_web.url
    lead = signed_in(tabs.open(), server, "omar", "/admin/")
    switch_two_people(lead, server)
    try:
        editor = signed_in(tabs.open(), server, "editor", "/admin/kb/article/add/")
        mark_the_question(editor)
        mend_the_wording(editor)
        editor.get_by_role("button", name="Save", exact=True).click()
        expect(editor.get_by_role("button", name="Publish version 1")).to_have_count(0)
        editor.get_by_label("Note for the reviewer").fill("新品下周上架")
        editor.get_by_role("button", name="Ask for review", exact=True).click()
        expect(editor.get_by_text("somebody else approves it")).to_be_visible()

        lead.goto(f"{server}/admin/")
        lead.get_by_role("link", name="Waiting for your review").click()
        lead.get_by_role("link", name=QUESTION).click()
        expect(lead.get_by_text("新品下周上架")).to_be_visible()
        lead.get_by_role("button", name="Approve").click()

        editor.reload()
        editor.get_by_role("button", name="Publish version 1").click()
        expect(editor.get_by_text("Live as release")).to_be_visible()
    finally:
        switch_two_people(lead, server)

    customer = CustomerAtShop(tabs.open(), server, SILVER)
    customer.say(QUESTION)
    expect(customer.bubbles("bot").last).to_contain_text("有黄、蓝两色")
