"""What is written while the server is away arrives, once, when it is back."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.people import CustomerAtShop
from tests.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_message_written_while_the_server_is_down_arrives_once(stage: Stage, tabs: Tabs) -> None:
    # In this order, so that the tabs are gone before the stage is struck: they would complain.
    web = stage.web()
    page = tabs.open()
    customer = CustomerAtShop(page, web.url)
    customer.say("质保几年")
    expect(customer.bubbles("bot")).to_have_count(1)

    web.kill()
    customer.say("可以用微信付吗")
    expect(customer.chat.get_by_text("No connection.")).to_be_visible()
    expect(customer.chat.locator('[data-progress="sending"]')).to_have_count(1)
    stage.web(port=web.port)

    expect(customer.chat.locator('[data-progress="sending"]')).to_have_count(0)
    expect(customer.bubbles("bot")).to_have_count(2)
    again = CustomerAtShop(page, web.url)
    expect(again.bubbles("customer")).to_have_text(["质保几年", "可以用微信付吗"])
    tabs.forgive("ERR_CONNECTION_REFUSED", "WebSocket connection to")
