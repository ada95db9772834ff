"""What the desk does in a database thread: each job takes the agent, fetches through access, calls one verb."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from chat import access, actions, rules
from chat.bot.handing_over import only_wants_person
from chat.consumers.reader import News, news_of
from chat.models import Author, Note, Presence
from chat.protocol import answering, desk, outgoing
from chat.queries import beside
from chat.queries import inbox as inbox_queries
from chat.queries.queue import colleagues
from chat.queries.reasons import why_last
from chat.queries.transcript import last_question
from chat.queries.verdicts import given_in, given_on
from chat.writer.draft import agent_key
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.doors import check
from cscore.common.errors import NotFound
from tickets import actions as ticket_actions
from tickets.models import Ticket

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Start:
    shops: list[int]
    welcome: outgoing.DeskWelcome


@dataclass(frozen=True, slots=True)
class Opened:
    last_seq: int
    notes: list[outgoing.NoteAdded]
    card: outgoing.CustomerCard
    thumbs: list[outgoing.DeskThumbed]


def start(agent: User) -> Start:
    """Who the agent is, who else is there, and in which shops."""
    actions.desk_seen(agent=agent, at=clock.now())
    return Start(list(Shop.objects.for_shops_of(agent).values_list("pk", flat=True)), welcome(agent))


def welcome(agent: User) -> outgoing.DeskWelcome:
    presence = Presence.objects.filter(agent=agent).first()
    return outgoing.DeskWelcome(
        agent={
            "username": agent.username,
            "name": agent.get_full_name(),
            "available": bool(presence and presence.available),
            "capacity": presence.capacity if presence else rules.USUAL_CAPACITY,
            "role": agent.role,
        },
        colleagues=[
            {
                "username": other.agent.username,
                "name": other.agent.get_full_name(),
                "available": rules.is_present(
                    available=other.available, seen_at=other.seen_at, at=clock.now()
                ),
            }
            for other in colleagues(agent)
        ],
    )


def presence(agent: User, frame: desk.Presence) -> outgoing.DeskWelcome:
    actions.set_presence(agent=agent, available=frame.available, capacity=frame.capacity, at=clock.now())
    return welcome(agent)


def seen(agent: User) -> None:
    actions.desk_seen(agent=agent, at=clock.now())


def inbox(agent: User) -> list[inbox_queries.InboxRow]:
    return inbox_queries.whole_inbox(agent)


def rows(agent: User, ids: Iterable[str]) -> list[inbox_queries.InboxRow]:
    return inbox_queries.changed_rows(agent, ids)


def may_read(agent: User, conversation_id: UUID) -> bool:
    return access.conversations_for(agent).filter(pk=conversation_id).exists()


def last_seq(agent: User, conversation_id: UUID) -> int | None:
    """How far the conversation is, for who may read it, else None."""
    found = access.conversations_for(agent).filter(pk=conversation_id)
    return found.values_list("last_seq", flat=True).first()


def news(agent: User, conversation_id: UUID, *, since: int) -> News | None:
    """What is new for who still may read it, else None."""
    try:
        conversation = access.conversation_for(agent, conversation_id)
    except NotFound:
        return None
    return news_of(conversation, since=since, at=clock.now())


def opened(agent: User, conversation_id: UUID) -> Opened:
    conversation = access.conversation_for(agent, conversation_id)
    found = beside.beside(conversation)
    return Opened(
        last_seq=conversation.last_seq,
        notes=[_note(line) for line in beside.notes_of(conversation)],
        card=outgoing.CustomerCard(found.customer, found.orders, found.tickets, found.earlier, found.page),
        thumbs=[
            outgoing.DeskThumbed(
                given.seq, given.up, None, Author.CUSTOMER if given.by_customer else Author.AGENT
            )
            for given in given_in(conversation, voter_key=agent_key(agent.pk))
        ],
    )


def verb(agent: User, action: Callable[..., R], conversation_id: UUID, **what: Any) -> R:
    """One verb on one conversation that the agent may reach."""
    conversation = access.conversation_for(agent, conversation_id)
    return action(conversation=conversation, by=agent, at=clock.now(), **what)


def open_ticket(agent: User, frame: desk.OpenTicket) -> outgoing.Ack:
    check(agent, Permission.TICKETS_WORK)
    conversation = access.conversation_for(agent, frame.conversation)
    actions.open_ticket_for(
        conversation=conversation,
        kind=frame.kind,
        order=frame.order,
        item=frame.item,
        reason=frame.reason,
        client_id=frame.client_id,
        by=agent,
        at=clock.now(),
    )
    told = conversation.messages.get(client_id=frame.client_id, sender_key=f"agent:{agent.pk}")
    return answering.ack(told, frame.client_id)


def move_ticket(agent: User, frame: desk.MoveTicket) -> tuple[UUID | None, outgoing.Frame]:
    """Moves the ticket of this number; numbers repeat between shops, so `conversation` says which when needed."""
    check(agent, Permission.TICKETS_WORK)
    found = Ticket.objects.for_shops_of(agent).filter(number=frame.number)
    if frame.conversation:
        found = found.filter(shop__conversations=frame.conversation)
    if len(found[:2]) != 1:
        raise NotFound
    ticket = ticket_actions.move(ticket=found[0], to=frame.state, by=agent, at=clock.now(), note=frame.note)
    about = frame.conversation or ticket.conversations.values_list("pk", flat=True).first()
    return about, answering.desk_ticket(ticket)


def suggestion(agent: User, conversation_id: UUID, text: str | None) -> outgoing.Suggestion:
    """Articles for a text, or for what the customer said last; none for the wish to talk to a person."""
    conversation = access.conversation_for(agent, conversation_id)
    question = last_question(conversation) if text is None else None
    asked = text if question is None else question.body
    said = given_on(question, voter_key=agent_key(agent.pk)) if question else {}
    wanted = "" if question and only_wants_person(question.body) else asked or ""
    items = beside.suggested(conversation, wanted, clock.now())
    return outgoing.Suggestion(
        items=[replace(item, up=said.get(item.article)) for item in items],
        why=why_last(conversation),
        seq=question.seq if question else None,
    )


def thumb(agent: User, frame: desk.Thumb) -> outgoing.DeskThumbed:
    """The agent's verdict, kept."""
    conversation = access.conversation_for(agent, frame.conversation)
    actions.thumb_as_agent(
        conversation=conversation,
        seq=frame.seq,
        up=frame.up,
        article=frame.article,
        by=agent,
        at=clock.now(),
    )
    return outgoing.DeskThumbed(frame.seq, frame.up, frame.article, Author.AGENT)


def note(agent: User, conversation_id: UUID, note_id: int) -> outgoing.NoteAdded | None:
    if not may_read(agent, conversation_id):
        return None
    found = Note.objects.filter(conversation=conversation_id, pk=note_id).select_related("by").first()
    return _note(beside.note_line(found)) if found else None


def _note(line: beside.NoteLine) -> outgoing.NoteAdded:
    return outgoing.NoteAdded(line.id, line.by, line.body, line.at)
