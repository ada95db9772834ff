"""What time does to conversations and visitors."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from chat.access import TOKEN_LIVES
from chat.actions.ending import close
from chat.models import Conversation, State, Visitor
from chat.writer import lock

QUIET_FOR = timedelta(hours=2)
EMPTY_FOR = timedelta(days=1)


def close_quiet(*, at: datetime) -> int:
    """Closes conversations with the bot in which nothing was said for QUIET_FOR; returns how many.

    Those that wait for a person, or have one, are never closed by the clock.
    """
    quiet = Conversation.objects.filter(state=State.BOT, active_at__lt=at - QUIET_FOR, last_seq__gt=0)
    return sum(_closed(pk, at=at) for pk in quiet.values_list("pk", flat=True))


@transaction.atomic
def _closed(conversation_id: UUID, *, at: datetime) -> bool:
    """Looks again under the lock: the customer may have come back just now."""
    conversation = lock(conversation_id)
    still_quiet = conversation.state == State.BOT and conversation.active_at < at - QUIET_FOR
    if still_quiet:
        close(conversation=conversation, by=None, at=at)
    return still_quiet


def drop_empty(*, at: datetime) -> int:
    """Deletes conversations in which nothing was ever said, and visitors whose token is dead and who left none."""
    empty = Conversation.objects.filter(last_seq=0, opened_at__lt=at - EMPTY_FOR)
    dropped = sum(_dropped(pk) for pk in empty.values_list("pk", flat=True))
    gone, _ = Visitor.objects.filter(conversations__isnull=True, seen_at__lt=at - TOKEN_LIVES).delete()
    return dropped + gone


@transaction.atomic
def _dropped(conversation_id: UUID) -> bool:
    """Looks again under the lock: the visitor may be saying his first words just now."""
    try:
        conversation = lock(conversation_id)
    except Conversation.DoesNotExist:
        return False
    still_empty = conversation.last_seq == 0
    if still_empty:
        conversation.delete()
    return still_empty
