"""Hears what tickets announce and tells the conversations concerned."""

from typing import Any

from django.dispatch import receiver

from chat.actions.cases import tell_of_ticket
from tickets.models import Ticket
from tickets.signals import ticket_moved


@receiver(ticket_moved, sender=Ticket)
def tell_the_customer(sender: type[Ticket], *, ticket_id: int, **_more: Any) -> None:
    """A ticket's move is a message in every chat that it belongs to."""
    ticket = Ticket.objects.select_related("shop").get(pk=ticket_id)
    for conversation in ticket.conversations.all():
        tell_of_ticket(conversation=conversation, ticket=ticket, at=ticket.updated_at)
