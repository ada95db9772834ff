"""Numbers under a real race: threads with connections of their own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.factories import MONDAY_9AM, make_shop, make_ticket
from tickets import actions
from tickets.models import Kind, Origin, State, Ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crew() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def test_tickets_opened_at_once_get_different_numbers(crew: ThreadPoolExecutor) -> None:
    shop = make_shop()

    def open_one(_turn: int) -> str:
        try:
            return actions.open_ticket(
                shop=shop,
                kind=Kind.REFUND,
                reason="Paid twice.",
                customer=None,
                order=None,
                item=None,
                origin=Origin.BOT,
                origin_ref="",
                by=None,
                at=MONDAY_9AM,
            ).number
        finally:
            connection.close()

    numbers = list(crew.map(open_one, range(12)))

    assert sorted(numbers) == [f"T{n:06d}" for n in range(1, 13)]


def test_of_many_who_move_one_ticket_at_once_exactly_one_wins(crew: ThreadPoolExecutor) -> None:
    ticket = make_ticket(shop=make_shop())

    def solve(_turn: int) -> bool:
        mine = Ticket(**{f.attname: getattr(ticket, f.attname) for f in Ticket._meta.concrete_fields})
        try:
            actions.move(ticket=mine, to=State.SOLVED, by=None, at=MONDAY_9AM)
        except actions.MovedMeanwhile:
            return False
        else:
            return True
        finally:
            connection.close()

    assert sorted(crew.map(solve, range(4))) == [False, False, False, True]
    assert ticket.events.count() == 1
