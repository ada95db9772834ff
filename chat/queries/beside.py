"""What an agent sees beside a chat: the customer, earlier visits, notes, suggestions."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from chat.models import Conversation, HandOff, HandOffReason, Note
from chat.queries.telling import Teller
from cscore.commerce import queries as commerce
from kb import live
from tickets.models import Ticket
from tickets.queries import ticket_card

logger = logging.getLogger(__name__)

ORDERS = 5
EARLIER = 5
SUGGESTIONS = 3
# Below this an article is more often noise than help to an agent who reads while typing.
WORTH_A_LOOK = 0.15


@dataclass(frozen=True, slots=True)
class Beside:
    """The fields of the desk's `customer` frame."""

    customer: dict[str, Any] | None
    orders: list[dict[str, Any]]
    tickets: list[dict[str, Any]]
    earlier: list[dict[str, Any]]
    page: dict[str, str]


@dataclass(frozen=True, slots=True)
class Suggested:
    """An article that may answer the customer; `up` is what the agent said of it."""

    article: str
    version: int
    question: str
    answer: str
    confidence: float
    up: bool | None = None


@dataclass(frozen=True, slots=True)
class NoteLine:
    id: int
    by: str
    body: str
    at: datetime


def beside(conversation: Conversation) -> Beside:
    """Who the customer is, what he bought, what else is open for him."""
    customer = conversation.customer
    orders = commerce.recent_orders(customer, ORDERS) if customer else []
    return Beside(
        customer=commerce.customer_card(customer).as_fields() if customer else None,
        orders=[card.as_desk_row() for card in orders],
        tickets=[ticket_fields(ticket) for ticket in _tickets(conversation)],
        earlier=_earlier(conversation),
        page=conversation.page,
    )


def ticket_fields(ticket: Ticket) -> dict[str, Any]:
    """The ticket with the states it may move to, as the desk's `ticket` frame has it."""
    card = ticket_card(ticket)
    return card.as_fields() | {"allowed": card.allowed()}


def suggested(conversation: Conversation, text: str, at: datetime) -> list[Suggested]:
    """The likeliest articles for a text as this customer would be told them, best first; none for an empty text, nor
    when the matcher fails."""
    if not text.strip():
        return []
    try:
        knowledge = live.knowledge(conversation.shop_id)
        weighed = knowledge.match(text).candidates[:SUGGESTIONS]
        found = [(answer, one.confidence) for one in weighed if (answer := knowledge.answer(one.id))]
        tell = Teller(conversation, at)
        return [
            Suggested(
                answer.key, answer.version_number, answer.question, tell(answer).body, round(confidence, 3)
            )
            for answer, confidence in found
            if confidence >= WORTH_A_LOOK
        ]
    except Exception:
        # Suggestions are a help: without them the agent still serves the customer.
        logger.exception("No suggestions for conversation %s.", conversation.pk)
        return []


def weighed_for(conversation: Conversation, text: str, key: str) -> tuple[int, float] | None:
    """The version that is live of an article that may answer the text, and how sure that is; None for any other."""
    knowledge = live.knowledge(conversation.shop_id)
    answer = knowledge.answer(key)
    sure = {candidate.id: candidate.confidence for candidate in knowledge.match(text).candidates}
    return (answer.version_id, sure[key]) if answer and key in sure else None


def notes_of(conversation: Conversation) -> list[NoteLine]:
    return [note_line(note) for note in conversation.notes.select_related("by").order_by("at", "pk")]


def note_line(note: Note) -> NoteLine:
    return NoteLine(note.pk, str(note.by), note.body, note.at)


def _tickets(conversation: Conversation) -> list[Ticket]:
    mine = Q(conversations=conversation)
    if conversation.customer_id:
        mine |= Q(customer=conversation.customer_id)
    return list(Ticket.objects.filter(mine, shop=conversation.shop).distinct().order_by("-opened_at")[:10])


def _earlier(conversation: Conversation) -> list[dict[str, Any]]:
    same = Q(visitor=conversation.visitor_id)
    if conversation.customer_id:
        same |= Q(customer=conversation.customer_id)
    reason = HandOff.objects.filter(conversation=OuterRef("pk")).order_by("-at").values("reason")[:1]
    rows = (
        Conversation.objects.filter(same, shop=conversation.shop, last_seq__gt=0)
        .exclude(pk=conversation.pk)
        .annotate(reason=Subquery(reason))
        .order_by("-opened_at")[:EARLIER]
    )
    return [
        {
            "number": row.number,
            "opened_at": row.opened_at.isoformat(),
            "reason_name": str(HandOffReason(reason).label) if reason else "",
        }
        for row, reason in ((row, getattr(row, "reason", None)) for row in rows)
    ]
