"""After-sale tickets that come out of a conversation, and their news in it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from chat import parts
from chat.actions.announcing import announce
from chat.actions.refusals import Closed
from chat.models import Conversation, State
from chat.writer import lock, sent_before
from chat.writer.draft import agent_key
from cscore.accounts.models import User
from cscore.commerce.models import Order, OrderLine
from cscore.common.errors import NotFound
from tickets.actions import open_ticket
from tickets.models import Ticket
from tickets.photographs import give_photos
from tickets.queries import ticket_card
from tickets.rules import Origin


@transaction.atomic
def open_ticket_for(
    *,
    conversation: Conversation,
    kind: str,
    order: str | None,
    item: int | None,
    reason: str,
    client_id: UUID,
    by: User,
    at: datetime,
) -> Ticket:
    """Opens a ticket and tells the customer its number. The same client_id again returns the first ticket.

    `order` is an order's number, `item` the id of one of its lines. Raises NotFound for those of another shop.
    """
    conversation = lock(conversation.pk)
    key, sent = agent_key(by.pk), f"ticket {kind} {order} {item} {reason}"
    if stored := sent_before(conversations=[conversation], sender_key=key, client_id=client_id, sent=sent):
        return conversation.tickets.get(number=stored.parts[0]["number"])
    if conversation.state == State.CLOSED:
        raise Closed
    bought = _order(conversation, order) if order else None
    ticket = open_ticket(
        shop=conversation.shop,
        kind=kind,
        reason=reason,
        customer=conversation.customer or (bought.customer if bought else None),
        order=bought,
        item=_line(bought, item) if item else None,
        origin=Origin.DESK,
        origin_ref=str(conversation.pk),
        by=by,
        at=at,
    )
    conversation.tickets.add(ticket)
    give_photos(ticket=ticket, origin_ref=str(conversation.pk))
    _tell(conversation, ticket, at=at, sender_key=key, client_id=client_id, sent=sent)
    return ticket


@transaction.atomic
def tell_of_ticket(*, conversation: Conversation, ticket: Ticket, at: datetime) -> None:
    """A system message with the ticket's number and state, in the customer's language."""
    _tell(lock(conversation.pk), ticket, at=at)


def _tell(
    conversation: Conversation,
    ticket: Ticket,
    *,
    at: datetime,
    sender_key: str = "system",
    client_id: UUID | None = None,
    sent: str | None = None,
) -> None:
    card = ticket_card(ticket)
    with translation.override(conversation.locale):
        part = parts.ticket(card)
    announce(
        conversation,
        _("Ticket %(number)s (%(kind)s): %(state)s."),
        at=at,
        sender_key=sender_key,
        client_id=client_id,
        sent=sent,
        parts=(part,),
        number=part["number"],
        kind=part["kind_name"],
        state=part["state_name"],
    )


def _order(conversation: Conversation, number: str) -> Order:
    order = Order.objects.filter(shop=conversation.shop, number=number).first()
    if order is None or (conversation.customer and order.customer_id != conversation.customer_id):
        raise NotFound
    return order


def _line(order: Order | None, line_id: int) -> OrderLine:
    line = OrderLine.objects.filter(order=order, pk=line_id).first() if order else None
    if line is None:
        raise NotFound
    return line
