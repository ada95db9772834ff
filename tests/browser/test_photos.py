"""A customer shows what is broken; who has the chat or the case sees it, and only a picture."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import Tabs
from tests.browser.people import REGULAR, SILVER, TWO_PARCELS, AgentAtDesk, CustomerAtShop, sign_in
from tests.stage import Web

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("stage")]


@pytest.fixture
def torn_tent(tmp_path: Path) -> Path:
    path = tmp_path / "tent.jpg"
    Image.new("RGB", (800, 600), (120, 150, 90)).save(path, "JPEG")
    return path


def is_drawn(image: Locator) -> None:
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 800)


def test_a_photo_that_the_case_asks_for_is_on_its_ticket(
    shared_web: Web, tabs: Tabs, torn_tent: Path
) -> None:
    customer = CustomerAtShop(tabs.open(), shared_web.url, SILVER)
    photo_button = customer.chat.get_by_role("button", name="Take or choose a photo")

    customer.say("收到的东西破了")
    for question in ("Which order", "Which item", "Please send a photo"):
        expect(customer.bubbles("bot").last).to_contain_text(question)
        if question != "Please send a photo":
            customer.chat.locator("[data-choice]:enabled").first.click()
    with customer.page.expect_file_chooser() as chooser:
        photo_button.click()
    chooser.value.set_files(torn_tent)

    is_drawn(customer.chat.locator(".message-own .photo img"))
    expect(customer.bubbles("bot").last).to_contain_text("I opened T")
    number = customer.chat.locator("[data-ticket]").last.get_attribute("data-ticket")
    lead = tabs.open()
    sign_in(lead, shared_web.url, "omar", f"/admin/tickets/ticket/?q={number}")
    lead.get_by_role("link", name=str(number)).click()
    is_drawn(lead.locator("img[alt^='Photo from the customer']"))


def test_an_agent_sees_a_photo_in_the_chat(shared_web: Web, tabs: Tabs, torn_tent: Path) -> None:
    agent = AgentAtDesk(tabs.open(), shared_web.url)
    customer = CustomerAtShop(tabs.open(), shared_web.url, TWO_PARCELS)
    customer.ask_for_person()
    agent.choose(customer.name)
    agent.take()

    with customer.page.expect_file_chooser() as chooser:
        customer.chat.get_by_role("button", name="Send a photo").click()
    chooser.value.set_files(torn_tent)

    is_drawn(agent.page.locator(".photo img"))


def test_what_is_no_photo_is_refused_in_words(shared_web: Web, tabs: Tabs, tmp_path: Path) -> None:
    page = tmp_path / "photo.jpg"
    page.write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    customer = CustomerAtShop(tabs.open(), shared_web.url)

    with customer.page.expect_file_chooser() as chooser:
        customer.chat.get_by_role("button", name="Send a photo").click()
    chooser.value.set_files(page)

    expect(customer.chat.get_by_role("alert").first).to_contain_text("This is no photo that we can read.")
    expect(customer.chat.locator(".photo")).to_have_count(0)
    tabs.forgive("415")


def test_a_photo_whose_answer_was_lost_is_tried_again_and_arrives_once(
    shared_web: Web, tabs: Tabs, torn_tent: Path
) -> None:
    customer = CustomerAtShop(tabs.open(), shared_web.url, REGULAR)
    photos = "**/widget/shanye/photos/"

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    customer.page.route(photos, lose_the_answer)
    with customer.page.expect_file_chooser() as chooser:
        customer.chat.get_by_role("button", name="Send a photo").click()
    chooser.value.set_files(torn_tent)
    again = customer.chat.get_by_role("button", name="Try again")
    expect(again).to_be_visible()

    customer.page.unroute(photos)
    again.click()

    expect(again).to_be_hidden()
    is_drawn(customer.chat.locator(".photo img"))
    expect(customer.chat.locator(".photo")).to_have_count(1)
    tabs.forgive("ERR_FAILED")
