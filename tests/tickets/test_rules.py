from datetime import timedelta

import pytest

from cscore.commerce.models import Tier
from tests.factories import MONDAY_9AM
from tickets import rules
from tickets.rules import Kind, Priority, State

HOUR = timedelta(hours=1)


def test_every_state_kind_and_priority_has_its_row_in_every_table() -> None:
    assert set(rules.NEXT) == set(State)
    assert set(rules.USUAL_PRIORITY) == set(Kind) == set(rules.USUAL_HOURS)
    assert set(rules.SHARE_OF_HOURS) == set(Priority)


def test_no_ticket_moves_to_where_it_is() -> None:
    assert [state for state, allowed in rules.NEXT.items() if state in allowed] == []


def test_every_open_ticket_can_be_solved_and_a_solved_one_reopened() -> None:
    assert all(State.SOLVED in rules.NEXT[state] for state in rules.OPEN_STATES)
    assert State.WORKING in rules.NEXT[State.SOLVED]


def test_closed_is_the_end() -> None:
    assert rules.NEXT[State.CLOSED] == ()


@pytest.mark.parametrize(
    ("kind", "tier", "priority"),
    [
        (Kind.RETURN, Tier.REGULAR, Priority.NORMAL),
        (Kind.RETURN, Tier.SILVER, Priority.NORMAL),
        (Kind.RETURN, Tier.GOLD, Priority.HIGH),
        (Kind.RETURN, "", Priority.NORMAL),
        (Kind.DAMAGED, Tier.REGULAR, Priority.HIGH),
        (Kind.DAMAGED, Tier.VIP, Priority.URGENT),
    ],
)
def test_priority_is_the_kinds_and_one_higher_for_the_best_customers(
    kind: Kind, tier: str, priority: Priority
) -> None:
    assert rules.priority_for(kind, tier) == priority


@pytest.mark.parametrize(
    ("kind", "priority", "hours"),
    [
        (Kind.RETURN, Priority.NORMAL, 24),
        (Kind.RETURN, Priority.LOW, 48),
        (Kind.DAMAGED, Priority.HIGH, 12),
        (Kind.DAMAGED, Priority.URGENT, 6),
        (Kind.LOGISTICS, Priority.NORMAL, 48),
        (Kind.CALLBACK, Priority.NORMAL, 12),
    ],
)
def test_due_within_hours_of_kind_and_priority(kind: Kind, priority: Priority, hours: int) -> None:
    assert rules.due(kind, priority, MONDAY_9AM) == MONDAY_9AM + hours * HOUR


def moved_from(state: State, since_hours: int, at_hours: int) -> timedelta:
    """The deadline after a move at `at_hours`, of a return due at 24 h, in hours from the start."""
    due_at = rules.due_after_move(
        due_at=MONDAY_9AM + 24 * HOUR,
        kind=Kind.RETURN,
        priority=Priority.NORMAL,
        left=state,
        since=MONDAY_9AM + since_hours * HOUR,
        at=MONDAY_9AM + at_hours * HOUR,
    )
    return due_at - MONDAY_9AM


def test_the_time_a_customer_took_to_answer_is_added_to_the_deadline() -> None:
    assert moved_from(State.WAITING_CUSTOMER, since_hours=2, at_hours=12) == 34 * HOUR


def test_waiting_for_the_warehouse_counts() -> None:
    assert moved_from(State.WAITING_SUPPLIER, since_hours=2, at_hours=12) == 24 * HOUR


def test_a_reopened_case_starts_afresh() -> None:
    assert moved_from(State.SOLVED, since_hours=10, at_hours=100) == 124 * HOUR


def test_late_means_past_the_deadline_while_it_is_our_turn() -> None:
    past, coming = MONDAY_9AM - HOUR, MONDAY_9AM + HOUR

    assert rules.is_late(State.NEW, past, MONDAY_9AM)
    assert not rules.is_late(State.NEW, coming, MONDAY_9AM)
    assert not rules.is_late(State.WAITING_CUSTOMER, past, MONDAY_9AM)
    assert not rules.is_late(State.SOLVED, past, MONDAY_9AM)


def test_due_soon_is_the_last_four_hours() -> None:
    assert rules.is_due_soon(State.WORKING, MONDAY_9AM + 4 * HOUR, MONDAY_9AM)
    assert not rules.is_due_soon(State.WORKING, MONDAY_9AM + 5 * HOUR, MONDAY_9AM)
    assert not rules.is_due_soon(State.WORKING, MONDAY_9AM - HOUR, MONDAY_9AM)
