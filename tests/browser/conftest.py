"""A real Chromium, and visitors whose every complaint in the console fails the test."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# A machine that does much else at once is slow, not wrong: 5 s, what the library gives, is a guess about speed.
BUSY_MS = 120_000
expect.set_options(timeout=BUSY_MS)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Tabs:
    """Opens tabs, each with cookies of its own, and keeps what they complain about."""

    browser: Browser
    complaints: list[str] = field(default_factory=list)

    def open(self, **context: Any) -> Page:
        page = self.browser.new_context(**{"locale": "en-GB"} | context).new_page()
        page.set_default_timeout(BUSY_MS)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on(
            "dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss())
        )
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def forgive(self, *words: str) -> None:
        """Drops complaints that the test itself provoked."""
        self.complaints = [one for one in self.complaints if not any(word in one for word in words)]


@pytest.fixture
def tabs(chromium: Browser) -> Iterator[Tabs]:
    opened = Tabs(chromium)
    yield opened
    for context in chromium.contexts:
        context.close()
    assert opened.complaints == []
