"""What the system says in a conversation, in the customer's language."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise

from chat import events
from chat.models import Author, Conversation, Message
from chat.writer import Draft, append

SYSTEM_KEY = "system"


def announce(
    conversation: Conversation,
    sentence: str | Promise,
    *,
    at: datetime,
    sender_key: str = SYSTEM_KEY,
    client_id: UUID | None = None,
    sent: str | None = None,
    parts: tuple[dict[str, Any], ...] = (),
    **holes: object,
) -> Message:
    """Stores a system message under the lock that the caller holds, and wakes everyone after commit."""
    with translation.override(conversation.locale):
        body = str(sentence) % holes if holes else str(sentence)
    draft = Draft(Author.SYSTEM, sender_key, body, client_id=client_id, sent=sent, parts=parts)
    message = append(conversation, [draft], at=at)[0]
    events.conversation_changed(conversation)
    return message
