"""After the click the page says by itself on how many processes it is live."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tabs
from tests.browser.people import sign_in
from tests.stage import ON_SERVICES, Stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("stage")]

PROCESSES = 4 if ON_SERVICES else 1


def one_that_says_nothing_new(stage: Stage) -> str:
    """Writes down that a further process serves the first release and was heard of in an hour; returns its id."""
    return stage.manage("shell", "-v0", "-c", """
from datetime import timedelta
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.ids import uuid7
from kb.models import ServingProcess
at = clock.now() + timedelta(hours=1)
shop = Shop.objects.get(key="shanye")
print(ServingProcess.objects.create(process=uuid7(), shop=shop, release=1, live_at=at, seen_at=at).process)
""").strip()  # fmt: skip


def forget(stage: Stage, process: str) -> None:
    stage.manage(
        "shell", "-v0", "-c",
        f"from kb.models import ServingProcess; ServingProcess.objects.filter(process='{process}').delete()",
    )  # fmt: skip


def editor_at(tabs: Tabs, url: str) -> Page:
    page = tabs.open()
    sign_in(page, url, "editor", "/admin/kb/article/?q=logistics-carrier")
    return page


def test_the_page_counts_the_processes_until_all_have_it(stage: Stage, tabs: Tabs) -> None:
    webs = [stage.web() for _ in range(PROCESSES)]
    page = editor_at(tabs, webs[0].url)
    page.wait_for_function(
        "async (all) => (await (await fetch('/admin/kb/releases/shanye/1/standing/')).json()).of === all",
        arg=PROCESSES,
    )

    page.get_by_role("button", name="Withdraw", exact=True).click()

    told = page.locator("cs-standing")
    processes = "process" if PROCESSES == 1 else "processes"
    expect(told).to_contain_text(
        re.compile(rf"Release \d+ is live on {PROCESSES} of {PROCESSES} {processes}, \d+\.\d s")
    )
    expect(told.locator("[data-behind]")).to_be_hidden()


def test_a_process_that_stays_behind_is_named_until_it_is_gone(stage: Stage, tabs: Tabs) -> None:
    page = editor_at(tabs, stage.web().url)
    behind = one_that_says_nothing_new(stage)

    page.get_by_role("button", name="Withdraw", exact=True).click()

    told = page.locator("cs-standing")
    expect(told).to_contain_text("is live on 1 of 2 processes")
    expect(told.locator("[data-behind]")).to_contain_text("catches up at its next question")

    forget(stage, behind)
    expect(told).to_contain_text(re.compile(r"is live on 1 of 1 process, \d+\.\d s"))
