"""Replies that wait for better words: planned with the question, said exactly once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from chat import events
from chat.actions.following import BOT_KEY, follow
from chat.bot.turn import Reply
from chat.models import Author, BotTurn, Conversation, Message, PlannedReply, State
from chat.phrasing import Outcome
from chat.writer import Draft, append, lock
from cscore.compliance.queries import find
from cscore.compliance.rules import Scope


def plan(
    conversation: Conversation,
    reply: Reply,
    draft: Draft,
    *,
    question: Message,
    at: datetime,
    within: timedelta,
) -> None:
    """Keeps the reply to be said later, in the transaction and under the lock of the question."""
    PlannedReply.objects.create(
        conversation=conversation,
        question=question,
        body=draft.body,
        parts=list(draft.parts),
        article_version_id=draft.article_version_id,
        due_at=at + within,
    )
    follow(conversation, reply, None, question=question, answer=None, at=at)


def say_planned(
    *, conversation_id: UUID, question_id: UUID, outcome: Outcome, words: str | None, at: datetime
) -> bool:
    """Says the reply planned for this question, in these words or its own; False when it has been said already.

    Words that a wording rule forbids are not said. `outcome` is kept as the reason. A conversation that a person has
    taken, or that is closed, hears no bot: the reply is dropped.
    """
    if words and not _lawful(conversation_id, words, at=at):
        words, outcome = None, Outcome.UNLAWFUL
    return _said(conversation_id, question_id, words, outcome, at=at)


def _lawful(conversation_id: UUID, words: str, *, at: datetime) -> bool:
    """Whether no rule finds anything in the words that it does not find in what an editor published."""
    planned = planned_for(conversation_id)
    if planned is None:
        return True
    rules, published = (
        {found.rule for found in find(text=text, scope=Scope.BOT, shop=planned.conversation.shop, at=at)}
        for text in (words, planned.body)
    )
    return rules <= published


@transaction.atomic
def _said(
    conversation_id: UUID, question_id: UUID, words: str | None, outcome: Outcome, *, at: datetime
) -> bool:
    try:
        conversation = lock(conversation_id)
    except Conversation.DoesNotExist:
        return False
    planned = PlannedReply.objects.filter(pk=conversation_id, question=question_id).first()
    if planned is None:
        return False
    _say(conversation, planned, words, outcome, at=at)
    events.conversation_changed(conversation)
    return True


def say_before(conversation: Conversation, *, at: datetime) -> None:
    """Says what is still planned in plain words, under the caller's lock, before something else is said."""
    planned = PlannedReply.objects.filter(pk=conversation.pk).first()
    if planned:
        _say(conversation, planned, None, Outcome.INTERRUPTED, at=at)


def _say(
    conversation: Conversation, planned: PlannedReply, words: str | None, outcome: Outcome, *, at: datetime
) -> None:
    planned.delete()
    if conversation.state in {State.HUMAN, State.CLOSED}:
        return
    draft = Draft(
        Author.BOT,
        BOT_KEY,
        words or planned.body,
        parts=tuple(planned.parts),
        article_version_id=planned.article_version_id,
    )
    [message] = append(conversation, [draft], at=at)
    BotTurn.objects.filter(message=planned.question_id).update(reply=message, wording=outcome)


def planned_for(conversation_id: UUID) -> PlannedReply | None:
    """What the conversation still waits for."""
    return PlannedReply.objects.filter(pk=conversation_id).select_related("conversation__shop").first()


def say_overdue(*, at: datetime) -> int:
    """Says in plain words what nobody found better words for in time; returns how many."""
    overdue = PlannedReply.objects.filter(due_at__lt=at).order_by("due_at")
    return sum(
        say_planned(
            conversation_id=planned.conversation_id,
            question_id=planned.question_id,
            outcome=Outcome.INTERRUPTED,
            words=None,
            at=at,
        )
        for planned in overdue
    )
