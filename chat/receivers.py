"""Hears what the floors below announce: tickets tell their conversations, people's desks check again."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from chat import events
from chat.actions.cases import tell_of_ticket
from chat.bot.small_talk import without_greeting
from chat.queries.verdicts import verdicts_of
from cscore.accounts.models import User
from cscore.accounts.signals import rights_changed
from kb.matching import Verdict
from kb.models import KnowledgeBase
from kb.signals import verdicts_wanted
from tickets.models import Ticket
from tickets.signals import ticket_moved


@receiver(ticket_moved, sender=Ticket)
def tell_the_customer(sender: type[Ticket], *, ticket_id: int, at: datetime, **_more: Any) -> None:
    """A ticket's move is a message in every chat that it belongs to."""
    ticket = Ticket.objects.select_related("shop").get(pk=ticket_id)
    # In one order for everybody, because each is locked.
    for conversation in ticket.conversations.order_by("pk"):
        tell_of_ticket(conversation=conversation, ticket=ticket, at=at)


@receiver(verdicts_wanted, sender=KnowledgeBase)
def say_what_was_judged(
    sender: type[KnowledgeBase], *, shop_id: int, since: datetime, **_more: Any
) -> list[Verdict]:
    """Thumbs as verdicts, without the hello that the bot passes over, too."""
    verdicts = verdicts_of(shop_id, since=since)
    return [replace(one, question=without_greeting(one.question)) for one in verdicts]


@receiver(rights_changed, sender=User)
def check_the_desks(sender: type[User], *, person_id: int, **_more: Any) -> None:
    """Every open desk of the person asks anew whether it may stay."""
    events.rights_changed(person_id)
