"""What is read about tickets: counts, history, and the card that crosses to other pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.accounts.roles import GRANTED
from tickets.models import Kind, State, Ticket, TicketEvent, TicketQuerySet
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


def ticket_card(ticket: Ticket) -> TicketCard:
    return TicketCard(
        number=ticket.number, kind=Kind(ticket.kind), state=State(ticket.state), due_at=ticket.due_at
    )


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
