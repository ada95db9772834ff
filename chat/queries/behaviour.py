"""What a customer did and what happened to him in a visit, as the model of displeasure wants to know it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from chat.models import Author, Conversation, HandOff, HandOffReason, Message
from cscore.language.displeasure import Behaviour, refuses
from kb.queries import batches
from tickets.models import Ticket
from tickets.rules import Kind
from tickets.rules import State as TicketState

# How far back a visit is read.
REMEMBERED: Final = 60
# After these replies of the bot a customer is where he was before.
NO_STEP_FORWARD: Final = frozenset({"offer", "hand_over"})
MONEY_BACK: Final = (Kind.REFUND, Kind.RETURN, Kind.EXCHANGE)
COLUMNS: Final = ("author", "body", "at", "reply_seconds", "answers__decision", "bot_turn__step")


@dataclass(frozen=True, slots=True)
class Said:
    """One message; `decision` is the bot's of its own reply, `step` that of what the customer said."""

    author: str
    body: str
    at: datetime
    reply_seconds: float | None = None
    decision: str | None = None
    step: str | None = None


def behaviours(said: Iterable[Said], *, refused: bool = False, complained: bool = False) -> list[Behaviour]:
    """One for each message of the customer, with what had happened before it; `refused` and `complained` say what
    happened before the first of them."""
    found: list[Behaviour] = []
    earlier: list[str] = []
    turns, reply_s, asked = 0, 0.0, False
    since: datetime | None = None
    for one in said:
        if one.author == Author.CUSTOMER:
            turns, since = turns + 1, since or one.at
            waited = max(reply_s, (one.at - since).total_seconds())
            found.append(Behaviour(one.body, tuple(earlier), turns, waited, asked, refused, complained))
            earlier.append(one.body)
            asked |= one.step == "wants_person"
            complained |= one.step == "upset"
        elif one.author == Author.AGENT:
            turns, since, reply_s = 0, None, one.reply_seconds or 0.0
            refused |= refuses(one.body)
        elif one.author == Author.BOT and one.decision:
            turns = turns if one.decision in NO_STEP_FORWARD else 0
            since = one.at if one.decision == "hand_over" else None
    return found


def behaviour_now(conversation: Conversation, text: str, at: datetime) -> Behaviour:
    """That of a text which the customer says now, with everything before it in this visit and the earlier ones."""
    rows = conversation.messages.order_by("-seq").values_list(*COLUMNS)[:REMEMBERED]
    said = [*(Said(*row) for row in reversed(rows)), Said(Author.CUSTOMER, text, at)]
    return behaviours(said, refused=_was_refused(conversation), complained=_complained(conversation))[-1]


def visits(conversations: Sequence[UUID]) -> dict[UUID, list[Behaviour]]:
    """Every turn of the customers in these conversations, each visit taken by itself."""
    said: dict[UUID, list[Said]] = defaultdict(list)
    for some in batches(conversations):
        rows = Message.objects.filter(conversation__in=some).order_by("conversation", "seq")
        for key, *row in rows.values_list("conversation_id", *COLUMNS):
            said[key].append(Said(*row))
    return {key: behaviours(lines[-REMEMBERED:]) for key, lines in said.items()}


def _was_refused(conversation: Conversation) -> bool:
    """Whether a case for money back was closed unsolved in this visit."""
    cases = Ticket.objects.filter(conversations=conversation, kind__in=MONEY_BACK)
    return cases.filter(state=TicketState.CLOSED, solved_at=None).exists()


def _complained(conversation: Conversation) -> bool:
    same = Q(conversation__visitor=conversation.visitor_id)
    if conversation.customer_id:
        same |= Q(conversation__customer=conversation.customer_id)
    upset = HandOff.objects.filter(same, reason=HandOffReason.NEGATIVE_EMOTION)
    return upset.filter(conversation__shop=conversation.shop_id).exists()
