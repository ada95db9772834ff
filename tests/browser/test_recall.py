"""A lead takes a wrong answer back, and the customer who was told it reads the correction in his open chat."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.people import SILVER, CustomerAtShop, sign_in
from tests.stage import Stage, Web

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("stage")]

QUESTION = "需要付运费吗？"
RIGHT = "满 99 元包邮，不满的收 8 元。"


def test_the_correction_appears_where_the_wrong_answer_stands(
    shared_stage: Stage, shared_web: Web, tabs: Tabs
) -> None:
    shared_stage.worker()
    customer = CustomerAtShop(tabs.open(), shared_web.url, SILVER)
    customer.say(QUESTION)
    expect(customer.bubbles("bot").last).to_contain_text("包邮")

    lead = tabs.open()
    sign_in(lead, shared_web.url, "omar", "/admin/kb/article/?q=logistics-fee")
    lead.get_by_role("link", name=QUESTION).first.click()
    lead.get_by_role("link", name="versions").first.click()
    lead.get_by_role("link", name="Who was told").last.click()
    expect(lead.get_by_role("link", name="Download as CSV")).to_be_visible()
    lead.get_by_label("What is right instead").fill(RIGHT)
    lead.get_by_role("button", name="Look at it before it is sent").click()
    expect(lead.get_by_role("alertdialog")).to_contain_text("person")
    lead.get_by_role("button", name="Send the correction").click()

    expect(lead.get_by_text("Done").first).to_be_visible(timeout=60_000)
    expect(customer.chat.get_by_text(RIGHT)).to_be_visible(timeout=20_000)
