"""How often one address may ask the help centre, with Redis and without."""

from typing import Any

import pytest
from django.test import Client

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from kb.views.help_centre import MOST_A_MINUTE
from tests.kb.articles import published
from tests.kb.test_help_centre import address, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "en"})


def test_an_address_that_asks_too_often_waits_and_others_do_not(
    reader: Client, shop: Shop, lin: User
) -> None:
    published(shop, lin)
    find = address("search", shop)

    answers = [
        reader.get(find, {"q": "x"}, REMOTE_ADDR="10.9.8.7").status_code for _ in range(MOST_A_MINUTE * 2 + 1)
    ]

    assert answers[:MOST_A_MINUTE] == [200] * MOST_A_MINUTE
    assert 429 in answers
    assert reader.get(find, {"q": "x"}, REMOTE_ADDR="10.9.8.6").status_code == 200


def test_however_many_ask_nobodys_count_is_lost(
    reader: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    same_minute = clock.now()
    monkeypatch.setattr(clock, "now", lambda: same_minute)
    asked_here = ["10.9.7.1"] * MOST_A_MINUTE
    others = [f"10.{block}.6.{number}" for block in (1, 2) for number in range(1, 200)]

    answers = {vote(reader, shop, "no such word", REMOTE_ADDR=one) for one in (*asked_here, *others)}

    assert answers == {404}
    assert vote(reader, shop, "no such word", REMOTE_ADDR="10.9.7.1") == 429


def test_while_redis_is_away_each_process_counts_for_itself(
    reader: Client, shop: Shop, settings: Any
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": settings.REDIS_URL,
        }
    }

    answers = [
        vote(reader, shop, "no such word", REMOTE_ADDR="10.9.7.2") for _ in range(MOST_A_MINUTE * 2 + 1)
    ]

    assert answers[:MOST_A_MINUTE] == [404] * MOST_A_MINUTE
    assert 429 in answers
