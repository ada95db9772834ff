"""Every page of ours fits the narrowest phone, by day and by night."""

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.people import AgentAtDesk, sign_in
from tests.stage import Web

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = (
    "/shop/",
    "/shop/shanye/?as=sy-10095",
    "/shop/harbor/",
    "/shop/shanye/?item=SY-TENT",
    "/widget/shanye/",
    "/help/shanye/",
    "/help/shanye/search/?q=发票",
    "/help/harbor/search/?q=delivrey",
)
REPORTS = (
    "/admin/reports/",
    "/admin/reports/articles/",
    "/admin/reports/staffing/",
    "/admin/reports/savings/",
    "/admin/reports/confidence/",
)


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_on_a_phone(
    locale: str, scheme: Literal["light", "dark"], tabs: Tabs, shared_web: Web
) -> None:
    page = tabs.open(viewport={"width": 320, "height": 568}, locale=locale, color_scheme=scheme)

    over = {}
    for path in PAGES:
        page.goto(shared_web.url + path)
        over[path] = page.evaluate(SIDEWAYS)

    assert over == dict.fromkeys(PAGES, 0)


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_no_report_scrolls_sideways_on_a_phone(locale: str, tabs: Tabs, shared_web: Web) -> None:
    page = tabs.open(viewport={"width": 390, "height": 844}, locale=locale)
    sign_in(page, shared_web.url, "zhou", f"/admin/login/?next={REPORTS[0]}")

    over = {}
    for path in REPORTS:
        page.goto(shared_web.url + path)
        over[path] = page.evaluate(SIDEWAYS)

    assert over == dict.fromkeys(REPORTS, 0)


def test_the_desk_shows_one_column_at_a_time_on_a_phone(tabs: Tabs, shared_web: Web) -> None:
    agent = AgentAtDesk(tabs.open(viewport={"width": 320, "height": 640}), shared_web.url)

    agent.waiting.first.click()
    expect(agent.field).to_be_visible()
    expect(agent.waiting.first).to_be_hidden()
    agent.page.get_by_role("button", name="Customer").click()

    expect(agent.field).to_be_hidden()
    assert agent.page.evaluate(SIDEWAYS) == 0
