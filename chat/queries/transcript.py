"""What was said, and how a conversation stands, as its customer or an agent sees it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from chat.models import Author, Conversation, Message
from tickets.models import Ticket

PAGE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One message as both sides see it; `mine` holds the client_id for its sender alone."""

    seq: int
    id: UUID
    author: str
    name: str
    body: str
    parts: list[dict[str, Any]]
    at: datetime
    sender_key: str
    client_id: UUID | None


def lines_after(conversation_id: UUID, seq: int) -> list[Line]:
    """At most PAGE messages after `seq` in their order; ask again after the last one when there are PAGE."""
    rows = Message.objects.filter(conversation_id=conversation_id).after(seq).select_related("agent")[:PAGE]
    return [line_of(row) for row in rows]


def line_of(message: Message) -> Line:
    return Line(
        seq=message.seq,
        id=message.pk,
        author=message.author,
        name=_name(message),
        body=message.body,
        parts=message.parts,
        at=message.at,
        sender_key=message.sender_key,
        client_id=message.client_id,
    )


def _name(message: Message) -> str:
    if message.author == Author.AGENT and message.agent:
        return message.agent.get_full_name()
    return _("Assistant") if message.author == Author.BOT else ""


def last_question(conversation: Conversation) -> Message | None:
    """What the customer said last, if anything."""
    return conversation.messages.filter(author=Author.CUSTOMER).order_by("-seq").first()


def tickets_of(conversation: Conversation) -> list[Ticket]:
    return list(conversation.tickets.select_related("shop").order_by("pk"))
