"""What follows from a reply of the bot: its reasons, its memory, a ticket, the queue."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import translation

from chat import parts
from chat.bot.turn import Reply, TicketWish
from chat.models import Author, BotTurn, Conversation, HandOff, Message, State
from chat.writer import Draft
from cscore.commerce.models import Order, OrderLine
from kb.matching import Match
from tickets.actions import open_ticket
from tickets.models import Ticket
from tickets.photographs import give_photos
from tickets.queries import ticket_card
from tickets.rules import Kind, Origin

BOT_KEY = "bot"
QUESTION_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Ready:
    """The reply as a draft, with the ticket that it tells of."""

    draft: Draft
    ticket: Ticket | None


def reply_draft(conversation: Conversation, reply: Reply, *, at: datetime) -> Ready:
    """Opens the ticket that the reply wishes for, and puts the reply into its final words."""
    body, blocks = reply.body, reply.parts
    ticket = _opened(conversation, reply.ticket, at) if reply.ticket else None
    if ticket and reply.ticket:
        card = ticket_card(ticket)
        with translation.override(conversation.locale):
            body, blocks = reply.ticket.told(card), (*blocks, parts.ticket(card))
    version = reply.answer.version_id if reply.answer else None
    return Ready(Draft(Author.BOT, BOT_KEY, body, parts=blocks, article_version_id=version), ticket)


def follow(
    conversation: Conversation,
    reply: Reply,
    ready: Ready | None,
    *,
    question: Message,
    answer: Message | None,
    at: datetime,
) -> None:
    """Stores everything beside the two messages, under the same lock; without `answer` it is said later."""
    BotTurn.objects.create(message=question, reply=answer, **_reasons(reply))
    memory = reply.memory
    if ready and ready.ticket:
        # The ticket has the photos that were loose.
        callback = ready.ticket.number if ready.ticket.kind == Kind.CALLBACK else memory.callback
        memory = replace(memory, callback=callback, photo=False)
    changes: dict[str, Any] = {"bot_memory": memory.as_json()}
    if reply.hand_over and conversation.state == State.BOT:
        # The clock of people starts when the chat is given to them.
        changes |= {"state": State.WAITING, "waiting_since": at, "unanswered_since": at}
        HandOff.objects.create(
            conversation=conversation,
            at=at,
            reason=reply.hand_over,
            question=question.body[:QUESTION_CHARACTERS],
        )
    for name, value in changes.items():
        setattr(conversation, name, value)
    conversation.save(update_fields=list(changes))


def _reasons(reply: Reply) -> dict[str, Any]:
    match = reply.match
    return {
        "step": reply.step,
        "decision": reply.decision,
        "method": match.method if match else "",
        "candidates": _candidates(reply, match) if match else [],
        "thresholds": reply.thresholds,
        "release": reply.release,
        "questions": [section.as_reason() for section in reply.sections],
    }


def _candidates(reply: Reply, match: Match) -> list[dict[str, Any]]:
    """The likeliest articles, of the one that was said which of its answers, and those that a keyword ruled out."""
    rows: list[dict[str, Any]] = [
        {"id": candidate.id, "confidence": round(candidate.confidence, 4)}
        for candidate in match.candidates[:5]
    ]
    for row in rows:
        if reply.answer and row["id"] == reply.answer.key and reply.chosen:
            row["answer"] = reply.chosen
    gone = ({"id": one.id, "confidence": 0.0, "keyword": one.keyword} for one in match.ruled_out[:5])
    return [*rows, *gone]


def _opened(conversation: Conversation, wish: TicketWish, at: datetime) -> Ticket:
    order = Order.objects.filter(shop=conversation.shop, pk=wish.order_id).first() if wish.order_id else None
    item = OrderLine.objects.filter(order=order, pk=wish.item_id).first() if wish.item_id else None
    ticket = open_ticket(
        shop=conversation.shop,
        kind=wish.kind,
        reason=wish.reason,
        customer=order.customer if order else conversation.customer,
        order=order,
        item=item,
        origin=Origin.BOT,
        origin_ref=str(conversation.pk),
        by=None,
        at=at,
    )
    conversation.tickets.add(ticket)
    give_photos(ticket=ticket, origin_ref=str(conversation.pk))
    return ticket
