"""The words and the tables of after-sale work: which moves exist, what is urgent, what is late."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cscore.commerce.models import Tier


class Kind(models.TextChoices):
    RETURN = "return", _("Return")
    EXCHANGE = "exchange", _("Exchange")
    REFUND = "refund", _("Refund")
    DAMAGED = "damaged", _("Damaged goods")
    MISSING = "missing", _("Missing goods")
    LOGISTICS = "logistics", _("Delivery problem")
    CALLBACK = "callback", _("Question to answer later")


class State(models.TextChoices):
    NEW = "new", pgettext_lazy("ticket", "New")
    WORKING = "working", _("Being worked on")
    WAITING_CUSTOMER = "waiting_customer", _("Waiting for the customer")
    WAITING_SUPPLIER = "waiting_supplier", _("Waiting for warehouse or carrier")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")


class Priority(models.IntegerChoices):
    LOW = 1, _("Low")
    NORMAL = 2, _("Normal")
    HIGH = 3, _("High")
    URGENT = 4, _("Urgent")


class Origin(models.TextChoices):
    BOT = "bot", _("Bot")
    DESK = "desk", _("Desk")
    STAFF = "staff", _("Admin")


class EventVerb(models.TextChoices):
    OPENED = "opened", _("opened")
    MOVED = "moved", _("moved")
    NOTED = "noted", _("noted")
    ASSIGNED = "assigned", _("assigned")


OPEN_STATES = (State.NEW, State.WORKING, State.WAITING_CUSTOMER, State.WAITING_SUPPLIER)

# In the order in which the buttons stand. Solved may be reopened; closed is the end.
NEXT: Mapping[State, tuple[State, ...]] = {
    State.NEW: (
        State.WORKING,
        State.WAITING_CUSTOMER,
        State.WAITING_SUPPLIER,
        State.SOLVED,
        State.CLOSED,
    ),
    State.WORKING: (State.WAITING_CUSTOMER, State.WAITING_SUPPLIER, State.SOLVED),
    State.WAITING_CUSTOMER: (State.WORKING, State.WAITING_SUPPLIER, State.SOLVED, State.CLOSED),
    State.WAITING_SUPPLIER: (State.WORKING, State.WAITING_CUSTOMER, State.SOLVED),
    State.SOLVED: (State.WORKING, State.CLOSED),
    State.CLOSED: (),
}

# While it is the customer's turn, nobody here is late.
CLOCK_STOPS_IN = frozenset({State.WAITING_CUSTOMER})
CLOCK_RUNS_IN = tuple(state for state in OPEN_STATES if state not in CLOCK_STOPS_IN)
DUE_SOON = timedelta(hours=4)

USUAL_PRIORITY: Mapping[Kind, Priority] = {
    Kind.RETURN: Priority.NORMAL,
    Kind.EXCHANGE: Priority.NORMAL,
    Kind.REFUND: Priority.NORMAL,
    Kind.DAMAGED: Priority.HIGH,
    Kind.MISSING: Priority.HIGH,
    Kind.LOGISTICS: Priority.NORMAL,
    Kind.CALLBACK: Priority.NORMAL,
}
RAISED_TIERS = frozenset({Tier.GOLD, Tier.VIP})

# Hours to a solution at normal priority. A carrier's search takes two days; a call back, half a day.
USUAL_HOURS: Mapping[Kind, int] = {
    Kind.RETURN: 24,
    Kind.EXCHANGE: 24,
    Kind.REFUND: 24,
    Kind.DAMAGED: 24,
    Kind.MISSING: 24,
    Kind.LOGISTICS: 48,
    Kind.CALLBACK: 12,
}
SHARE_OF_HOURS: Mapping[Priority, float] = {
    Priority.LOW: 2,
    Priority.NORMAL: 1,
    Priority.HIGH: 0.5,
    Priority.URGENT: 0.25,
}


def priority_for(kind: str, tier: str) -> Priority:
    """The kind's usual priority, one step higher for the best customers."""
    usual = USUAL_PRIORITY[Kind(kind)]
    return Priority(min(usual + 1, Priority.URGENT)) if tier in RAISED_TIERS else usual


def due(kind: str, priority: int, at: datetime) -> datetime:
    """When a case that starts at `at` should be solved."""
    return at + timedelta(hours=USUAL_HOURS[Kind(kind)] * SHARE_OF_HOURS[Priority(priority)])


def due_after_move(
    *, due_at: datetime, kind: str, priority: int, left: str, since: datetime, at: datetime
) -> datetime:
    """The deadline after leaving state `left`, entered at `since`.

    Waiting for the customer does not count; a reopened case starts afresh.
    """
    if left == State.SOLVED:
        return due(kind, priority, at)
    return due_at + (at - since) if left in CLOCK_STOPS_IN else due_at


def is_late(state: str, due_at: datetime, at: datetime) -> bool:
    """Whether the deadline has passed while it was our turn."""
    return state in CLOCK_RUNS_IN and due_at < at


def is_due_soon(state: str, due_at: datetime, at: datetime) -> bool:
    """Whether the deadline is at most DUE_SOON away."""
    return state in CLOCK_RUNS_IN and at <= due_at <= at + DUE_SOON
