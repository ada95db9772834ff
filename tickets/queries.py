"""What is read about tickets: counts, load, history, and the card that crosses to other pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.accounts.roles import GRANTED
from cscore.commerce.models import Customer, Order, Shop
from tickets.models import OPEN_STATES, Kind, State, Ticket, TicketEvent, TicketQuerySet
from tickets.rules import CLOCK_RUNS_IN, NEXT

WORKING_ROLES = [role for role, granted in GRANTED.items() if Permission.TICKETS_WORK in granted]


@dataclass(frozen=True)
class TicketCard:
    """A ticket as customers and the desk see it (docs/protocol.md)."""

    number: str
    kind: Kind
    state: State
    due_at: datetime

    def as_fields(self) -> dict[str, Any]:
        """The fields of the `ticket` frame and part, names in the language active now."""
        return {
            "number": self.number,
            "kind": self.kind.value,
            "kind_name": str(self.kind.label),
            "state": self.state.value,
            "state_name": str(self.state.label),
            "due_at": self.due_at.isoformat(),
        }

    def allowed(self) -> list[dict[str, str]]:
        """The states it may move to, as the desk's `ticket` frame lists them."""
        return [{"value": state.value, "label": str(state.label)} for state in NEXT[self.state]]


@dataclass(frozen=True)
class Counts:
    """How much after-sale work there is."""

    still_open: int
    late: int
    unassigned: int
    mine: int


@dataclass(frozen=True)
class Load:
    """What one colleague has on the desk; `agent` is None for what nobody has."""

    agent: User | None
    still_open: int
    late: int


def ticket_card(ticket: Ticket) -> TicketCard:
    return TicketCard(
        number=ticket.number, kind=Kind(ticket.kind), state=State(ticket.state), due_at=ticket.due_at
    )


def tickets_of(customer: Customer) -> TicketQuerySet:
    """Every ticket of the customer, the newest first."""
    return Ticket.objects.filter(customer=customer).order_by("-opened_at", "-pk")


def open_about(order: Order) -> TicketQuerySet:
    """What is under way about an order, so that nobody opens the same case twice."""
    return Ticket.objects.filter(order=order).still_open().order_by("-opened_at", "-pk")


def who_can_have(ticket: Ticket) -> QuerySet[User]:
    """The people of the ticket's shop who work on tickets, by name."""
    people = User.objects.filter(shops=ticket.shop_id, is_active=True, role__in=WORKING_ROLES)
    return people.order_by("display_name", "pk")


def queue(person: User) -> TicketQuerySet:
    """The open tickets of the person's shops, the most pressing first."""
    return Ticket.objects.for_shops_of(person).still_open().most_urgent_first()


def history(ticket: Ticket) -> list[TicketEvent]:
    """Everything that happened to the ticket, in order of time; one query."""
    return list(ticket.events.select_related("by", "assigned_to").order_by("at", "pk"))


def counts(person: User, at: datetime) -> Counts:
    """The open tickets of the person's shops in one query."""
    late = Q(state__in=CLOCK_RUNS_IN, due_at__lt=at)
    found = queue(person).aggregate(
        still_open=Count("pk"),
        late=Count("pk", filter=late),
        unassigned=Count("pk", filter=Q(assigned_to=None)),
        mine=Count("pk", filter=Q(assigned_to=person)),
    )
    return Counts(**found)


def load_per_agent(shop: Shop, at: datetime) -> list[Load]:
    """Open and late tickets of everyone who has some, the fullest desk first; two queries."""
    rows = (
        Ticket.objects.filter(shop=shop, state__in=OPEN_STATES)
        .values("assigned_to")
        .annotate(still_open=Count("pk"), late=Count("pk", filter=Q(state__in=CLOCK_RUNS_IN, due_at__lt=at)))
        .order_by("-still_open", "assigned_to")
    )
    people = User.objects.in_bulk([row["assigned_to"] for row in rows if row["assigned_to"]])
    return [
        Load(agent=people.get(row["assigned_to"]), still_open=row["still_open"], late=row["late"])
        for row in rows
    ]
