"""How tokens are counted and remembered."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from cscore.accounts.models import User
from cscore.commerce.models import ApiToken, Shop
from tests.factories import make_token
from tests.factories.times import MONDAY_9AM


@pytest.fixture
def erp(shop: Shop, ada: User) -> Client:
    return Client(headers={"Authorization": f"Bearer {make_token(shop=shop, by=ada)}"})


def ask(erp: Client) -> int:
    return erp.get("/api/v1/categories/").status_code


def test_when_a_token_was_last_used_is_known_to_the_minute(erp: Client) -> None:
    def used() -> object:
        ask(erp)
        return ApiToken.objects.get().used_at

    with time_machine.travel(MONDAY_9AM, tick=False) as clock:
        first = used()
        clock.shift(timedelta(seconds=59))
        same = used()
        clock.shift(timedelta(seconds=2))
        later = used()

    assert (first, same) == (MONDAY_9AM, MONDAY_9AM)
    assert later == MONDAY_9AM + timedelta(seconds=61)


def test_a_token_that_asks_too_often_waits_and_others_do_not(
    erp: Client, shop: Shop, ada: User, settings: object
) -> None:
    settings.API_LIMITS = {"requests_per_minute": 3}  # type: ignore[attr-defined]
    other = Client(headers={"Authorization": f"Bearer {make_token(shop=shop, by=ada)}"})

    with time_machine.travel(MONDAY_9AM, tick=False) as clock:
        answers = [ask(erp) for _ in range(5)]
        late = erp.get("/api/v1/categories/")
        others = ask(other)
        clock.shift(timedelta(minutes=1))
        afterwards = ask(erp)

    assert answers == [200, 200, 200, 429, 429]
    assert (late["Retry-After"], late.json()["error"]["code"]) == ("60", "too-often")
    assert (others, afterwards) == (200, 200)


def test_while_the_counter_is_away_programs_go_on(erp: Client, settings: object) -> None:
    gone = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": gone}  # type: ignore[attr-defined]

    assert ask(erp) == 200
