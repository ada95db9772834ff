"""How far one reader of one conversation is, and what he has not been told yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from chat.models import Conversation
from chat.protocol import answering
from chat.protocol.outgoing import Frame
from chat.queries.queue import Standing, standing
from chat.queries.transcript import PAGE, Line, lines_after, tickets_of
from tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class News:
    """What was said after some message, how the conversation stands, its tickets."""

    conversation: Conversation
    lines: list[Line]
    standing: Standing
    tickets: list[Ticket]

    @property
    def is_all(self) -> bool:
        """Whether nothing more was stored when this was read."""
        return len(self.lines) < PAGE


def news_of(conversation: Conversation, *, since: int, at: datetime) -> News:
    """What a reader who has seen `since` messages may not know yet."""
    return News(
        conversation,
        lines_after(conversation.pk, since),
        standing(conversation, at=at),
        tickets_of(conversation),
    )


@dataclass(slots=True)
class Reader:
    """`key` is the reader's own sender key; `ticket` makes his kind of ticket frame."""

    conversation_id: UUID
    key: str
    ticket: Callable[[Ticket], Frame]
    cursor: int = 0
    stood: Standing | None = None
    told: dict[int, str] = field(default_factory=dict)

    def knows(self, hint: dict[str, Any]) -> bool:
        """Whether a hint tells nothing new. A change without a message is a change of state."""
        return hint["seq"] <= self.cursor and self.stood is not None and hint["state"] == self.stood.state

    def unseen(self, news: News) -> Iterator[Frame]:
        """Frames for what is new to the reader, each message once and in order."""
        for line in news.lines:
            if line.seq == self.cursor + 1:
                self.cursor = line.seq
                yield answering.message(line, reader_key=self.key)
        if news.standing != self.stood:
            self.stood = news.standing
            yield answering.state(news.standing)
        for ticket in news.tickets:
            if self.told.get(ticket.pk) != ticket.state:
                self.told[ticket.pk] = ticket.state
                yield self.ticket(ticket)
