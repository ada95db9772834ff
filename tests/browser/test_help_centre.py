"""A customer with a phone finds, reads and judges an answer; an agent finds one from the desk."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.people import AgentAtDesk
from tests.stage import Web

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PHONE = {"viewport": {"width": 320, "height": 640}, "locale": "zh-CN"}


def test_a_customer_with_a_slip_of_the_finger_finds_the_answer_and_says_that_it_helped(
    tabs: Tabs, shared_web: Web
) -> None:
    page = tabs.open(**PHONE)
    page.goto(f"{shared_web.url}/shop/shanye/")
    page.get_by_role("link", name="帮助中心").click()

    page.get_by_role("searchbox").fill("怎么开法票")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".help-meant a")).to_have_text("怎么开发票")
    expect(page.locator(".help-hits mark").first).to_be_visible()
    assert page.evaluate(SIDEWAYS) == 0
    page.locator(".help-hits a").first.click()

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("发票")
    buttons = page.locator(".help-vote button")
    buttons.first.click()
    expect(buttons.first).to_have_attribute("aria-pressed", "true")
    buttons.last.click()
    expect(buttons.last).to_have_attribute("aria-pressed", "true")
    expect(buttons.first).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(SIDEWAYS) == 0

    page.locator(".help-chat a").click()
    expect(page.locator("#message")).to_be_visible()


def test_the_help_centre_works_without_scripts_and_in_the_other_language(tabs: Tabs, shared_web: Web) -> None:
    page = tabs.open(java_script_enabled=False, **PHONE | {"locale": "en-GB"})
    page.goto(f"{shared_web.url}/help/shanye/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")

    page.locator(".language select").select_option("en")
    page.locator(".language button").click()
    expect(page.get_by_role("heading", name="How can we help?")).to_be_visible()
    page.locator(".help-list a").first.click()
    page.get_by_role("button", name="Yes").click()

    expect(page.get_by_text("We are glad it helped")).to_be_visible()


def test_an_agent_finds_an_article_with_one_key_and_puts_it_into_the_reply(
    tabs: Tabs, shared_web: Web
) -> None:
    agent = AgentAtDesk(tabs.open(viewport={"width": 1440, "height": 900}), shared_web.url)
    agent.waiting.first.click()
    expect(agent.field).to_be_visible()

    agent.page.keyboard.press("/")
    agent.page.keyboard.type("法票")
    expect(agent.page.get_by_role("button", name="发票", exact=True)).to_be_visible()
    found = agent.page.locator("cs-article-search li button")
    expect(found.first.locator("mark").first).to_have_text("发票")
    answer = found.first.locator(".suggestion-answer").inner_text()
    found.first.click()

    assert answer[:6] in agent.field.input_value()
