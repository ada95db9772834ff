"""Inquiry conversion: who asked before ordering, and then ordered."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.kpis.conversion import Event, Inquiry, InquiryRule, inquiries, inquiry_conversion

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=60)


def event(hours: float, customer: str = "li") -> Event:
    return Event(customer, NOON + timedelta(hours=hours))


def summary(questions: list[float], orders: list[float]) -> tuple[int, int]:
    """(inquiries, converted) of one customer; hours from noon."""
    found = inquiries(map(event, questions), map(event, orders), known_until=LATER)
    return len(found), sum(inquiry.ordered_at is not None for inquiry in found)


@pytest.mark.parametrize(
    ("questions", "orders", "expected"),
    [
        ([0], [], (1, 0)),
        ([0], [1], (1, 1)),
        ([0], [24], (1, 1)),
        ([0], [24.01], (1, 0)),
        ([0], [-1], (0, 0)),
        ([0], [0], (0, 0)),
        ([0], [-24 * 15], (0, 0)),
        ([0], [-24 * 15 - 1], (1, 0)),
        ([0], [-24 * 20, 2], (1, 1)),
        ([0, 1, 5], [6], (1, 1)),
        ([0, 24], [], (1, 0)),
        ([0, 25], [], (2, 0)),
        ([0, 25], [26], (2, 1)),
        ([0, 3], [2], (1, 1)),
        ([0], [1, 2, 3], (1, 1)),
        ([], [1], (0, 0)),
    ],
)
def test_one_customers_questions_and_orders(
    questions: list[float], orders: list[float], expected: tuple[int, int]
) -> None:
    assert summary(questions, orders) == expected


def test_another_customers_order_converts_nothing() -> None:
    found = inquiries([event(0, "li")], [event(1, "wang")], known_until=LATER)

    assert found == (Inquiry("li", NOON, None, open=False),)


def test_an_inquiry_stays_open_while_its_window_runs() -> None:
    waiting, bought = inquiries(
        [event(0, "li"), event(1, "wang")], [event(2, "wang")], known_until=NOON + timedelta(hours=23)
    )

    assert (waiting.open, bought.open) == (True, True)
    assert bought.ordered_at == NOON + timedelta(hours=2)


def test_open_inquiries_are_in_no_rate() -> None:
    now = NOON + timedelta(hours=30)
    found = inquiries(
        [event(0, "li"), event(1, "wang"), event(20, "zhao")],
        [event(2, "wang"), event(21, "zhao")],
        known_until=now,
    )

    result = inquiry_conversion(found)

    assert (result.converted.numerator, result.converted.denominator, result.open) == (1, 2, 1)


def test_a_shop_may_choose_its_own_window() -> None:
    rule = InquiryRule(window=timedelta(days=3), quiet=timedelta(0))

    (inquiry,) = inquiries([event(0)], [event(-1), event(60)], known_until=LATER, rule=rule)

    assert inquiry.ordered_at == NOON + timedelta(hours=60)


def test_nobody_asked() -> None:
    assert inquiry_conversion([]).converted.share is None


hours = st.lists(st.integers(-400, 400), max_size=12)


@given(hours, hours)
def test_inquiries_of_one_customer_are_further_apart_than_the_window(
    questions: list[int], orders: list[int]
) -> None:
    found = inquiries(map(event, questions), map(event, orders), known_until=LATER)

    asked = [inquiry.asked_at for inquiry in found]
    assert all(b - a > timedelta(hours=24) for a, b in zip(asked, asked[1:], strict=False))
    assert all(
        inquiry.ordered_at is None
        or timedelta(0) < inquiry.ordered_at - inquiry.asked_at <= timedelta(hours=24)
        for inquiry in found
    )
