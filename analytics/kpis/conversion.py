"""Inquiry conversion: who asked before ordering, and then ordered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from analytics.kpis.figures import Rate, rate


@dataclass(frozen=True, slots=True)
class Event:
    """A customer began a conversation, or placed an order that stands (leave cancelled ones out)."""

    customer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InquiryRule:
    """An inquiry is a question with no order in the `quiet` time before it (else it is about that order).

    It converts when the customer orders within `window` after it. More questions within the window are the
    same inquiry.
    """

    window: timedelta = timedelta(hours=24)
    quiet: timedelta = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """`ordered_at` is None when no order came; `open` while the window is not over."""

    customer: str
    asked_at: datetime
    ordered_at: datetime | None
    open: bool


@dataclass(frozen=True, slots=True)
class InquiryConversion:
    """`converted` over the inquiries whose window is over; the `open` ones are in no rate, ordered or not.

    Counting early buyers before the window of the others is over would flatter the figure.
    """

    converted: Rate
    open: int


def inquiries(
    questions: Iterable[Event],
    orders: Iterable[Event],
    *,
    known_until: datetime,
    rule: InquiryRule | None = None,
) -> tuple[Inquiry, ...]:
    """All inquiries, by time. `orders` must reach back `rule.quiet` before the first question."""
    rule = rule or InquiryRule()
    ordered: dict[str, list[datetime]] = defaultdict(list)
    for order in sorted(orders, key=lambda event: event.at):
        ordered[order.customer].append(order.at)
    found: list[Inquiry] = []
    last_of: dict[str, datetime] = {}
    for question in sorted(questions, key=lambda event: event.at):
        bought = ordered[question.customer]
        again = question.customer in last_of and question.at - last_of[question.customer] <= rule.window
        if again or _about_an_order(question, bought, rule):
            continue
        last_of[question.customer] = question.at
        found.append(_follow(question, bought, known_until, rule))
    return tuple(found)


def inquiry_conversion(found: Iterable[Inquiry]) -> InquiryConversion:
    """The share of inquiries that became orders."""
    rows = tuple(found)
    settled = [inquiry for inquiry in rows if not inquiry.open]
    converted = sum(inquiry.ordered_at is not None for inquiry in settled)
    return InquiryConversion(rate(converted, len(settled)), len(rows) - len(settled))


def _about_an_order(question: Event, bought: list[datetime], rule: InquiryRule) -> bool:
    return any(timedelta(0) <= question.at - at <= rule.quiet for at in bought)


def _follow(question: Event, bought: list[datetime], known_until: datetime, rule: InquiryRule) -> Inquiry:
    closes = question.at + rule.window
    order = next((at for at in bought if question.at < at <= min(closes, known_until)), None)
    return Inquiry(question.customer, question.at, order, known_until < closes)
