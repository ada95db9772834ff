"""The one tag on a page of another origin: it works where the shop allows it, and nowhere else."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.stage import Stage, Web

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def foreign_page(shared_web: Web) -> Iterator[str]:
    """A page with the tag on it, served from an origin of its own."""
    tag = (
        f'<script src="{shared_web.url}/widget/embed.js" data-shop="shanye" data-locale="en" defer></script>'
    )

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><link rel=icon href=data:,><title>Goods</title>{tag}".encode())

        def log_message(self, *args: object) -> None:
            """Says nothing: the test does."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def allow(stage: Stage, *origins: str) -> None:
    update = f"Shop.objects.filter(key='shanye').update(widget_origins={list(origins)})"
    stage.manage("shell", "-c", f"from cscore.commerce.models import Shop; {update}")


def test_a_listed_origin_may_embed_the_chat(
    tabs: Tabs, shared_stage: Stage, shared_web: Web, foreign_page: str
) -> None:
    allow(shared_stage, foreign_page)
    page = tabs.open()

    page.goto(foreign_page)
    page.get_by_role("button", name="Open chat").click()
    chat = page.frame_locator("iframe")
    chat.get_by_role("textbox", name="Your message").fill("可以用微信付吗")
    chat.get_by_role("button", name="Send", exact=True).click()

    expect(chat.locator('.message[data-author="bot"] .bubble')).to_have_count(1)


def test_another_origin_shows_no_chat(
    tabs: Tabs, shared_stage: Stage, shared_web: Web, foreign_page: str
) -> None:
    allow(shared_stage)
    page = tabs.open()

    with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
        page.goto(foreign_page)

    expect(page.get_by_role("button", name="Open chat")).to_have_count(0)
    tabs.forgive("frame-ancestors")
