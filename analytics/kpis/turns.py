"""Reply turns of one conversation: who waited, from when, and who answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Author(StrEnum):
    """Who wrote a line; the words of the chat protocol."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Line:
    """One message: `seq` alone gives the order inside the conversation, `at` (aware) the time."""

    seq: int
    author: Author
    at: datetime


@dataclass(frozen=True, slots=True)
class HandOff:
    """From `at` on the customer waits for a person, by wish or because the bot gave up.

    `ended_at`: when the conversation went back to the bot or was closed. An agent who takes a conversation
    that nobody handed over is no hand-off: there the customer's own message starts the clock.
    """

    at: datetime
    ended_at: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """Whether only a person can answer at this moment."""
        return self.at <= moment and (self.ended_at is None or moment < self.ended_at)


@dataclass(frozen=True, slots=True)
class Turn:
    """One wait of the customer.

    `seq` is the first unanswered customer message, None when the hand-off itself began the wait. `since` is
    when the clock started. `responder` (bot or agent), `answer_seq`, `answered_at` and `seconds` are None while
    unanswered.
    """

    seq: int | None
    since: datetime
    responder: Author | None = None
    answer_seq: int | None = None
    answered_at: datetime | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class _Wait:
    seq: int | None
    since: datetime
    hand_off: HandOff | None = None

    def is_over(self, moment: datetime) -> bool:
        return self.hand_off is not None and not self.hand_off.holds(moment)

    def answered_by(self, line: Line) -> Turn:
        # Clocks of two servers may differ by a little; nobody answers before the question.
        seconds = max(0.0, (line.at - self.since).total_seconds())
        return Turn(self.seq, self.since, line.author, line.seq, line.at, seconds)

    def unanswered(self) -> Turn:
        return Turn(self.seq, self.since)


def turns(lines: Iterable[Line], hand_offs: Iterable[HandOff] = ()) -> tuple[Turn, ...]:
    """The waits of one conversation, in order.

    A turn runs from the first unanswered customer message to the first reply of the bot or an agent; system
    lines answer nothing. A hand-off restarts the clock of the running wait, once, or begins a wait of its
    own; until it ends only a person can answer, and if it ends first the wait stays unanswered. A `seq` that
    comes twice counts once.
    """
    hand_offs = tuple(hand_offs)
    done: list[Turn] = []
    wait: _Wait | None = None
    for event in _in_order(lines, hand_offs):
        if wait and wait.is_over(event.at):
            done.append(wait.unanswered())
            wait = None
        if isinstance(event, HandOff):
            wait = _handed_off(wait, event)
        elif event.author is Author.CUSTOMER:
            wait = wait or _Wait(event.seq, event.at)
        elif wait and _answers(event, hand_offs):
            done.append(wait.answered_by(event))
            wait = None
    return (*done, wait.unanswered()) if wait else tuple(done)


def _handed_off(wait: _Wait | None, hand_off: HandOff) -> _Wait:
    if wait is None:
        return _Wait(None, hand_off.at, hand_off)
    if wait.hand_off:
        return wait
    return _Wait(wait.seq, max(wait.since, hand_off.at), hand_off)


def _answers(line: Line, hand_offs: tuple[HandOff, ...]) -> bool:
    if line.author is Author.BOT:
        return not any(hand_off.holds(line.at) for hand_off in hand_offs)
    return line.author is Author.AGENT


def _in_order(lines: Iterable[Line], hand_offs: tuple[HandOff, ...]) -> Iterator[Line | HandOff]:
    """Lines by `seq`, each hand-off before the first line that is later than it."""
    coming = sorted(hand_offs, key=lambda hand_off: hand_off.at, reverse=True)
    unique = {line.seq: line for line in reversed(list(lines))}
    for _, line in sorted(unique.items()):
        while coming and coming[-1].at < line.at:
            yield coming.pop()
        yield line
    yield from reversed(coming)
