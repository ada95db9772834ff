"""Numbers messages and stores them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F

from chat.models import Author, Conversation, Message
from chat.writer.draft import Draft


def append(
    conversation: Conversation, drafts: Sequence[Draft], *, at: datetime, thought_s: float = 0.0
) -> list[Message]:
    """Stores the drafts under the next numbers, in their order, and keeps the reply clock.

    `conversation` comes from lock() in the same transaction and is updated in memory too. What comes after a
    customer's own message is dated `thought_s` later. The unique constraints on (conversation, seq) and
    (conversation, sender, client_id) hold whatever happens around this function.
    """
    first = conversation.last_seq + 1
    clock = conversation.unanswered_since
    messages = []
    for seq, draft in enumerate(drafts, start=first):
        said_at = at if draft.author == Author.CUSTOMER else at + timedelta(seconds=thought_s)
        messages.append(_message(conversation, draft, seq=seq, at=said_at, clock=clock))
        clock = _clock_after(draft.author, clock, said_at)
    Message.objects.bulk_create(messages)
    Conversation.objects.filter(pk=conversation.pk).update(
        last_seq=F("last_seq") + len(messages), unanswered_since=clock, active_at=at
    )
    conversation.last_seq += len(messages)
    conversation.unanswered_since, conversation.active_at = clock, at
    return messages


def _message(
    conversation: Conversation, draft: Draft, *, seq: int, at: datetime, clock: datetime | None
) -> Message:
    replies = draft.author in {Author.BOT, Author.AGENT} and clock is not None
    return Message(
        conversation=conversation,
        seq=seq,
        author=draft.author,
        agent_id=draft.agent_id,
        sender_key=draft.sender_key,
        client_id=draft.client_id,
        body=draft.body,
        body_hash=draft.body_hash,
        parts=list(draft.parts),
        article_version_id=draft.article_version_id,
        reply_seconds=max((at - clock).total_seconds(), 0.0) if replies and clock else None,
        at=at,
    )


def _clock_after(author: Author, clock: datetime | None, at: datetime) -> datetime | None:
    """The earliest message of the customer that nobody has replied to yet; the system's words are no reply."""
    if author == Author.CUSTOMER:
        return clock or at
    return clock if author == Author.SYSTEM else None
