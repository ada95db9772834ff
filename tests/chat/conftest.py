from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.test import Client

from chat.consumers import customer
from chat.consumers import desk as desk_door
from chat.consumers.limits import Rates
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from tests.chat.served import Page, served

Open = Callable[..., Page]


@pytest.fixture(autouse=True)
def _nobody_has_used_up_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits are kept per process and by ids that return in the next test."""
    monkeypatch.setattr(customer, "message_rates", Rates(per_minute=20, burst=5))
    monkeypatch.setattr(customer, "newcomer_rates", Rates(per_minute=60, burst=100))
    monkeypatch.setattr(desk_door, "message_rates", Rates(per_minute=120, burst=20))


@pytest.fixture
def port(transactional_db: None) -> Iterator[int]:
    with served() as port:
        yield port


@pytest.fixture
def pages() -> Iterator[ExitStack]:
    """Closes every page at the end of the test."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def customer_page(port: int, pages: ExitStack, shop: Shop) -> Open:
    """Opens a customer's page and says hello, unless `hello=False`."""

    def open_page(
        *, hello: bool = True, shop_key: str = shop.key, origin: str | None = None, **fields: Any
    ) -> Page:
        page = pages.enter_context(Page.open(port, f"/ws/chat/{shop_key}/", origin=origin))
        if hello:
            page.welcome = page.hello(**fields)
        return page

    return open_page


@pytest.fixture
def desk(port: int, pages: ExitStack) -> Open:
    """Opens a person's desk; by default it says hello and takes chats."""

    def open_desk(person: User, *, hello: bool = True, available: bool = True, **fields: Any) -> Page:
        client = Client()
        client.force_login(person)
        cookie = f"sessionid={client.cookies['sessionid'].value}; django_language=en"
        page = pages.enter_context(Page.open(port, "/ws/desk/", cookie=cookie))
        if hello:
            page.write(type="hello", cursors=fields.pop("cursors", {}))
            page.wait("inbox", whole=True)
        if hello and available:
            page.write(type="presence", available=True)
            page.wait("welcome")
        return page

    return open_desk
