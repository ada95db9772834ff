"""What can be done to a ticket: open it, move it on, note something, give it to somebody."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce.models import Customer, Order, OrderLine, Shop
from cscore.common.errors import Refusal
from tickets import rules
from tickets.models import EventVerb, Kind, Priority, State, Ticket, TicketCounter, TicketEvent
from tickets.queries import who_can_have
from tickets.signals import ticket_moved

LONGEST_REASON = 500
LONGEST_NOTE = 2000


class NothingSaid(Refusal):
    code = "empty"
    sentence = _("Write something first.")


class TooLong(Refusal):
    code = "too-long"
    sentence = _("At most %(most)d characters fit here.")


class UnknownKind(Refusal):
    code = "bad-field"
    sentence = _("There is no such kind of ticket.")


class ForeignCustomer(Refusal):
    code = "foreign-customer"
    sentence = _("This customer belongs to another shop.")


class ForeignOrder(Refusal):
    code = "foreign-order"
    sentence = _("This order is not one of the customer's in this shop.")


class ForeignItem(Refusal):
    code = "foreign-item"
    sentence = _("This item is not part of the order.")


class BadMove(Refusal):
    code = "bad-move"
    status = 409
    sentence = _("A ticket in this state cannot go there.")


class MovedMeanwhile(BadMove):
    sentence = _("Somebody else moved this ticket a moment ago. Look again before you move it.")


class NotOnTheTeam(Refusal):
    code = "not-on-the-team"
    sentence = _("Only somebody who works on this shop's tickets can have one.")


@transaction.atomic
def open_ticket(
    *,
    shop: Shop,
    kind: str,
    reason: str,
    customer: Customer | None,
    order: Order | None,
    item: OrderLine | None,
    origin: str,
    origin_ref: str,
    by: User | None,
    at: datetime,
    priority: int | None = None,
) -> Ticket:
    """A new case with a number and a deadline. Without a customer, it is the order's.

    `by` is None when the bot opens it. Raises a refusal of this module when a row is another shop's or
    customer's, or nothing is said.
    """
    if kind not in Kind.values:
        raise UnknownKind
    customer = customer or (order.customer if order else None)
    check_belongings(shop=shop, customer=customer, order=order, item=item)
    if priority is None:
        priority = rules.priority_for(kind, customer.tier if customer else "")
    ticket = Ticket.objects.create(
        shop=shop,
        number=_next_number(shop),
        kind=kind,
        priority=Priority(priority),
        customer=customer,
        order=order,
        item=item,
        reason=_said(reason, LONGEST_REASON),
        origin=origin,
        origin_ref=origin_ref,
        opened_at=at,
        updated_at=at,
        due_at=rules.due(kind, priority, at),
    )
    TicketEvent.objects.create(ticket=ticket, at=at, by=by, verb=EventVerb.OPENED, to_state=ticket.state)
    audit.record(by=by, verb="tickets.open", on=ticket, at=at, shop_key=shop.key, kind=kind, origin=origin)
    return ticket


@transaction.atomic
def move(*, ticket: Ticket, to: str, by: User | None, at: datetime, note: str = "") -> Ticket:
    """Takes the ticket to another state. The state it was read in must still hold: the first of two wins.

    Who begins to work on a ticket that nobody has, has it.
    """
    left = ticket.state
    if to not in rules.NEXT[State(left)]:
        raise BadMove
    changes = _changes_of_move(ticket, to=to, by=by, at=at)
    if not Ticket.objects.filter(pk=ticket.pk, state=left).update(**changes):
        raise MovedMeanwhile
    ticket.refresh_from_db()
    TicketEvent.objects.create(
        ticket=ticket,
        at=at,
        by=by,
        verb=EventVerb.MOVED,
        from_state=left,
        to_state=to,
        note=_said(note, LONGEST_NOTE) if note.strip() else "",
    )
    audit.record(
        by=by, verb="tickets.move", on=ticket, at=at, shop_key=ticket.shop.key, from_state=left, to_state=to
    )
    ticket_moved.send(Ticket, ticket_id=ticket.pk, at=at)
    return ticket


@transaction.atomic
def add_note(*, ticket: Ticket, note: str, by: User, at: datetime) -> TicketEvent:
    """A remark for colleagues; customers never see it."""
    event = TicketEvent.objects.create(
        ticket=ticket, at=at, by=by, verb=EventVerb.NOTED, note=_said(note, LONGEST_NOTE)
    )
    Ticket.objects.filter(pk=ticket.pk).update(updated_at=at)
    audit.record(by=by, verb="tickets.note", on=ticket, at=at, shop_key=ticket.shop.key)
    return event


@transaction.atomic
def assign(*, ticket: Ticket, to: User | None, by: User, at: datetime) -> Ticket:
    """Gives the ticket to a colleague of the shop, or to nobody (None)."""
    if to is not None and not who_can_have(ticket).filter(pk=to.pk).exists():
        raise NotOnTheTeam
    ticket.assigned_to, ticket.updated_at = to, at
    ticket.save(update_fields=["assigned_to", "updated_at"])
    TicketEvent.objects.create(ticket=ticket, at=at, by=by, verb=EventVerb.ASSIGNED, assigned_to=to)
    audit.record(
        by=by,
        verb="tickets.assign",
        on=ticket,
        at=at,
        shop_key=ticket.shop.key,
        to=to.username if to else None,
    )
    return ticket


def _changes_of_move(ticket: Ticket, *, to: str, by: User | None, at: datetime) -> dict[str, object]:
    changes: dict[str, object] = {
        "state": to,
        "updated_at": at,
        "due_at": rules.due_after_move(
            due_at=ticket.due_at,
            kind=ticket.kind,
            priority=ticket.priority,
            left=ticket.state,
            since=_entered_at(ticket),
            at=at,
        ),
    }
    if to == State.SOLVED:
        changes["solved_at"] = at
    elif ticket.state == State.SOLVED and to in rules.OPEN_STATES:
        changes["solved_at"] = None
    if to == State.WORKING and ticket.assigned_to_id is None:
        changes["assigned_to"] = by
    return changes


def _entered_at(ticket: Ticket) -> datetime:
    """When the ticket came into the state it is in."""
    arrivals = ticket.events.filter(to_state=ticket.state).order_by("-at", "-pk")
    return arrivals.values_list("at", flat=True).first() or ticket.opened_at


def check_belongings(
    *, shop: Shop, customer: Customer | None, order: Order | None, item: OrderLine | None
) -> None:
    """Raises ForeignCustomer, ForeignOrder or ForeignItem unless all are one customer's in this shop."""
    if customer and customer.shop_id != shop.pk:
        raise ForeignCustomer
    if order and (order.shop_id != shop.pk or customer is None or order.customer_id != customer.pk):
        raise ForeignOrder
    if item and (order is None or item.order_id != order.pk):
        raise ForeignItem


def _next_number(shop: Shop) -> str:
    """T000001, T000002...: the update locks the shop's counter until the ticket is committed."""
    TicketCounter.objects.get_or_create(shop=shop)
    TicketCounter.objects.filter(shop=shop).update(last=F("last") + 1)
    return f"T{TicketCounter.objects.get(shop=shop).last:06d}"


def _said(text: str, most: int) -> str:
    text = text.strip()
    if not text:
        raise NothingSaid
    if len(text) > most:
        raise TooLong(most=most)
    return text
