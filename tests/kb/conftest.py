"""Tests of the knowledge base: rows are rolled back after each, so what the process remembers goes too."""

from collections.abc import Iterator

import pytest
from django.test import Client

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions, live
from tests.factories import MONDAY_9AM


@pytest.fixture(autouse=True)
def _nothing_is_remembered_from_another_test() -> Iterator[None]:
    live.shelf.clear()
    yield
    live.shelf.clear()


@pytest.fixture
def client() -> Client:
    """A browser that asks for English, so that tests can read what pages say."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def editor(client: Client, lin: User) -> Client:
    client.force_login(lin)
    return client


@pytest.fixture
def agent(client: Client, mei: User) -> Client:
    client.force_login(mei)
    return client


@pytest.fixture
def lead(omar: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(omar)
    return client


@pytest.fixture
def two_people(shop: Shop, omar: User) -> Shop:
    """The shop, from now on with the two-person rule."""
    actions.set_publishing_rules(shop=shop, two_people=True, review_days=180, by=omar, at=MONDAY_9AM)
    return shop
