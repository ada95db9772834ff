"""Photos are deleted some time after their case is settled, once, and the audit trail says so."""

from datetime import timedelta
from typing import Any

import pytest
from django_q.models import Schedule

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from cscore.common import clock
from tests.factories import MONDAY_9AM, make_ticket
from tickets.actions import move
from tickets.models import Photo, State, Ticket
from tickets.photographs import drop_old_photos
from tickets.tasks import drop_photos

KEPT = timedelta(days=30)
SETTLED = MONDAY_9AM + timedelta(days=3)


def photo(shop: Shop, ticket: Ticket | None = None) -> Photo:
    return Photo.objects.create(
        shop=shop, ticket=ticket, origin_ref="c", data=b"jpeg", width=8, height=8, at=MONDAY_9AM
    )


@pytest.fixture
def case(shop: Shop, omar: User) -> Ticket:
    return make_ticket(shop=shop)


@pytest.mark.parametrize("end", [State.SOLVED, State.CLOSED])
def test_they_go_when_their_case_was_settled_long_enough_ago(
    shop: Shop, omar: User, case: Ticket, end: str
) -> None:
    photo(shop, case)
    photo(shop, case)
    move(ticket=case, to=end, by=omar, at=SETTLED)

    early = drop_old_photos(kept=KEPT, at=SETTLED + KEPT)
    late = drop_old_photos(kept=KEPT, at=SETTLED + KEPT + timedelta(seconds=1))

    assert (early, late) == (0, 2)
    line = AuditEntry.objects.get(verb="tickets.drop-photos")
    assert (line.by, line.object_id, line.details, line.shop_key) == (
        None,
        str(case.pk),
        {"photos": 2},
        shop.key,
    )


def test_a_second_run_drops_nothing_and_says_nothing(shop: Shop, omar: User, case: Ticket) -> None:
    photo(shop, case)
    move(ticket=case, to=State.CLOSED, by=omar, at=SETTLED)
    at = SETTLED + 2 * KEPT

    assert [drop_old_photos(kept=KEPT, at=at) for _ in range(2)] == [1, 0]
    assert AuditEntry.objects.filter(verb="tickets.drop-photos").count() == 1


def test_those_of_an_open_case_stay_however_old(shop: Shop, case: Ticket) -> None:
    photo(shop, case)

    assert drop_old_photos(kept=KEPT, at=MONDAY_9AM + 100 * KEPT) == 0


def test_a_case_that_was_opened_again_keeps_them(shop: Shop, omar: User, case: Ticket) -> None:
    photo(shop, case)
    move(ticket=case, to=State.SOLVED, by=omar, at=SETTLED)
    case.refresh_from_db()
    move(ticket=case, to=State.WORKING, by=omar, at=SETTLED + timedelta(days=1))

    assert drop_old_photos(kept=KEPT, at=SETTLED + 3 * KEPT) == 0


def test_those_that_no_case_ever_had_go_by_their_own_age(shop: Shop, other_shop: Shop) -> None:
    photo(shop)
    photo(other_shop)

    assert drop_old_photos(kept=KEPT, at=MONDAY_9AM + KEPT) == 0
    assert drop_old_photos(kept=KEPT, at=MONDAY_9AM + KEPT + timedelta(seconds=1)) == 2
    lines = AuditEntry.objects.filter(verb="tickets.drop-photos")
    assert set(lines.values_list("shop_key", flat=True)) == {shop.key, other_shop.key}


def test_it_runs_each_day_for_as_long_as_the_installation_wants(shop: Shop, settings: Any) -> None:
    settings.PHOTOS_KEPT_DAYS = 7
    kept = photo(shop)
    Photo.objects.filter(pk=kept.pk).update(at=clock.now() - timedelta(days=8))

    assert drop_photos() == "1 photos dropped"
    assert Schedule.objects.get(name="tickets-photos").func == "tickets.tasks.drop_photos"
