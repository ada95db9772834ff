from datetime import timedelta

import pytest
from django.utils import translation

from tests.factories import MONDAY_9AM
from tickets import badges
from tickets.models import Priority, State, Ticket

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("state", "hours", "badge"),
    [
        (State.NEW, 30, ("", "In 30 hours")),
        (State.NEW, 3, ("warning", "In 3 hours")),
        (State.WORKING, -1, ("danger", "Late by 1 hour")),
        (State.WORKING, -49, ("danger", "Late by 2 days")),
        (State.WAITING_CUSTOMER, -1, ("", "Clock stopped")),
        (State.SOLVED, -1, ("", "Done")),
    ],
)
def test_the_deadline_in_words(state: State, hours: int, badge: tuple[str, str]) -> None:
    assert badges.due(Ticket(state=state, due_at=MONDAY_9AM + hours * HOUR), MONDAY_9AM) == badge


def test_minutes_below_an_hour() -> None:
    assert badges.span(timedelta(minutes=59, seconds=59)) == "59 minutes"


def test_every_state_and_priority_has_a_colour() -> None:
    assert set(badges.STATE_COLOUR) == set(State)
    assert set(badges.PRIORITY_COLOUR) == set(Priority)
