"""Questions that the knowledge did not serve well, in conversations that are over, and what people did about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import Final
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chat.learning import handling
from chat.learning.handling import Line
from chat.models import BotTurn, Conversation, GapQuestion, HandOff, HandOffReason, Message, State, Thumb
from chat.models.conversation import ConversationQuerySet
from cscore.language.masking import masked
from kb.matching.grouping import ask_the_same
from kb.matching.reader import Reader
from kb.queries import batches

LOOKS_BACK: Final = timedelta(days=30)
# Nothing more is expected of a conversation in which nothing was said for this long.
QUIET_FOR: Final = timedelta(minutes=30)
MOST_AT_ONCE: Final = 2000
LONGEST: Final = 256
_REPLIES_EACH: Final = 2


class GapReason(models.TextChoices):
    """Why a question is in a gap; of several the first counts."""

    UNANSWERED = "unanswered", _("The bot did not know")
    THUMBED_DOWN = "thumbed_down", _("Marked as a wrong answer")
    ASKED_AGAIN = "asked_again", _("Asked again")
    HANDED_OVER = "handed_over", _("Went to a person")


# What the bot keeps as its reasons, see chat.bot.knowing.
_OFFERED: Final = "offer"
_CHOSEN: Final = "chosen_article"
_FIRST: Final = list(GapReason)
# Anger, after-sale cases and broken tools need a person whatever the articles say.
_SPEAKS_OF_KNOWLEDGE: Final = {
    HandOffReason.MISSING_KNOWLEDGE.value: GapReason.UNANSWERED,
    HandOffReason.NO_PROGRESS.value: GapReason.ASKED_AGAIN,
    HandOffReason.CUSTOMER_REQUEST.value: GapReason.HANDED_OVER,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person answered; `worth` orders replies, see chat.learning.handling."""

    text: str
    worth: int
    conversation: UUID


@dataclass(frozen=True, slots=True)
class Missed:
    """One question of a customer, its personal data masked; `minutes` of people's work followed from it."""

    message: UUID
    conversation: UUID
    text: str
    reason: GapReason
    at: datetime
    minutes: float
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A message that the bot looked for among the articles; `best` is the likeliest article's key.

    `in_vain`: it was offered questions to choose from, and none of them was what the customer meant.
    """

    message: UUID
    conversation: UUID
    seq: int
    text: str
    at: datetime
    best: str
    in_vain: bool


@dataclass(slots=True)
class _Visit:
    """One conversation that has something to learn from: which of its questions, and why."""

    conversation: UUID
    asked: Sequence[_Asked]
    reasons: dict[UUID, GapReason] = field(default_factory=dict)
    known: frozenset[int] = frozenset()

    def found(self, one: _Asked, reason: GapReason) -> None:
        before = self.reasons.get(one.message, reason)
        self.reasons[one.message] = min(before, reason, key=_FIRST.index)

    @property
    def new(self) -> list[_Asked]:
        """The questions with a reason that are in no gap yet."""
        return [one for one in self.asked if one.message in self.reasons and one.seq not in self.known]


def missed_questions(shop_id: int, reader: Reader, at: datetime) -> list[Missed]:
    """What customers asked in the last 30 days that is in no gap yet, the oldest first, about MOST_AT_ONCE at most."""
    since = at - LOOKS_BACK
    over = Conversation.objects.filter(shop=shop_id, active_at__gte=since)
    over = over.filter(Q(state=State.CLOSED) | Q(active_at__lt=at - QUIET_FOR))
    visits, taken = [], 0
    for visit in _visits(over, since, reader):
        if visit.new:
            visits.append(visit)
            taken += len(visit.new)
        if taken >= MOST_AT_ONCE:
            break
    return [missed for some in batches(visits) for missed in _read(some)]


def _visits(over: ConversationQuerySet, since: datetime, reader: Reader) -> Iterable[_Visit]:
    """Four queries, however many conversations there are."""
    thumbs = Thumb.objects.filter(question__conversation__in=over, up=False)
    down = set(thumbs.values_list("question", flat=True))
    hand_offs: dict[UUID, list[tuple[datetime, str]]] = {}
    gave_up = HandOff.objects.filter(conversation__in=over, reason__in=_SPEAKS_OF_KNOWLEDGE)
    for conversation, moment, reason in gave_up.values_list("conversation", "at", "reason"):
        hand_offs.setdefault(conversation, []).append((moment, reason))
    known: dict[UUID, set[int]] = {}
    in_gaps = GapQuestion.objects.filter(message__conversation__in=over)
    for conversation, seq in in_gaps.values_list("message__conversation", "message__seq"):
        known.setdefault(conversation, set()).add(seq)
    for conversation, turns in groupby(_turns(over, since), key=lambda turn: turn.message.conversation_id):
        visit = _Visit(conversation, _asked(list(turns)), known=frozenset(known.get(conversation, ())))
        _judge(visit, down, hand_offs.get(conversation, ()), reader)
        yield visit


def _turns(over: ConversationQuerySet, since: datetime) -> Iterable[BotTurn]:
    turns = BotTurn.objects.filter(message__conversation__in=over, message__at__gte=since)
    fields = ("message__conversation", "message__seq", "message__body", "message__at")
    turns = turns.select_related("message").only("step", "decision", "method", "candidates", *fields)
    return turns.order_by("message__conversation", "message__seq").iterator()


def _asked(turns: Sequence[BotTurn]) -> list[_Asked]:
    """One conversation's turns; what the bot settles before it asks the knowledge is left out."""
    return [
        _Asked(
            turn.message_id,
            turn.message.conversation_id,
            turn.message.seq,
            turn.message.body.strip()[:LONGEST],
            turn.message.at,
            str(turn.candidates[0]["id"]) if turn.candidates else "",
            turn.decision == _OFFERED and (following is None or following.step != _CHOSEN),
        )
        for turn, following in zip(turns, [*turns[1:], None], strict=True)
        if turn.method
    ]


def _judge(visit: _Visit, down: set[UUID], hand_offs: Iterable[tuple[datetime, str]], reader: Reader) -> None:
    """Finds the reasons of the visit's questions."""
    for one in visit.asked:
        if one.in_vain:
            visit.found(one, GapReason.UNANSWERED)
        if one.message in down:
            visit.found(one, GapReason.THUMBED_DOWN)
    for moment, reason in hand_offs:
        before = [one for one in visit.asked if one.at <= moment]
        if before:
            visit.found(before[-1], _SPEAKS_OF_KNOWLEDGE[reason])
    for one, following in reversed(list(pairwise(visit.asked))):
        # The same article comes up and nearly the same is said: the first answer did not help. It counts once.
        if one.best == following.best and ask_the_same(reader, one.text, following.text):
            visit.found(one, GapReason.ASKED_AGAIN)
            visit.found(one, visit.reasons.pop(following.message, GapReason.ASKED_AGAIN))


def _read(visits: Sequence[_Visit]) -> Iterable[Missed]:
    """With the human part that followed each question. Two queries."""
    ids = [visit.conversation for visit in visits]
    rows = Conversation.objects.filter(pk__in=ids).values_list("pk", "stars", "customer__name")
    about = {pk: (stars, name or "") for pk, stars, name in rows}
    lines = _lines(ids)
    for visit in visits:
        stars, name = about[visit.conversation]
        yield from _missed(visit, lines.get(visit.conversation, ()), stars, name)


def _lines(conversations: Sequence[UUID]) -> Mapping[UUID, Sequence[Line]]:
    messages = Message.objects.filter(conversation__in=conversations).order_by("conversation", "seq")
    columns = ("conversation", "seq", "author", "at", "body")
    lines: dict[UUID, list[Line]] = {}
    for conversation, seq, author, at, body in messages.values_list(*columns):
        told = lines.setdefault(conversation, [])
        told.append(Line(seq, author, at, body.strip(), before=told[-1].at if told else at))
    return lines


def _missed(visit: _Visit, lines: Sequence[Line], stars: int | None, name: str) -> Iterable[Missed]:
    """What people did between a question and the next one belongs to it; nothing is counted twice."""
    seqs = sorted({one.seq for one in visit.new} | visit.known)
    for one in visit.new:
        until = next((seq for seq in seqs if seq > one.seq), None)
        part = [line for line in lines if line.seq > one.seq and (until is None or line.seq < until)]
        # A question found later than one before it: what followed was counted with that one.
        counted = any(seq < one.seq for seq in visit.known)
        best = sorted(handling.replies(part), key=lambda line: handling.worth(line, stars), reverse=True)
        yield Missed(
            one.message,
            one.conversation,
            masked(one.text, names=(name,)),
            visit.reasons[one.message],
            one.at,
            0.0 if counted else handling.minutes(part),
            tuple(
                Reply(masked(line.body, names=(name,)), handling.worth(line, stars), one.conversation)
                for line in best[:_REPLIES_EACH]
            ),
        )
