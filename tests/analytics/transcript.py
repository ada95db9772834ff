"""Conversations written in one line, for tables of examples.

`c0 b2! h10-60 a40`: the customer writes at second 0, the bot answers at 2, a hand-off holds from 10 to 60, an agent
writes at 40. After a bot line `!` marks an answer and `?` "I do not know"; `s` is a system line. Lines get their
`seq` in the order of the text, unless it is given as in `c5#2`.
"""

import re
from datetime import UTC, datetime, timedelta

from analytics.kpis.outcomes import Conversation
from analytics.kpis.turns import Author, HandOff, Line, Turn, turns

START = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)
AUTHORS = {"c": Author.CUSTOMER, "b": Author.BOT, "a": Author.AGENT, "s": Author.SYSTEM}
LINE = re.compile(r"([cbas])(-?\d+)(?:#(\d+))?([!?]?)")


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a conversation, without its hand-offs."""
    found = [LINE.fullmatch(word) for word in text.split() if not word.startswith("h")]
    assert all(found), text
    return tuple(
        Line(int(match[3] or seq), AUTHORS[match[1]], at(int(match[2])))
        for seq, match in enumerate((match for match in found if match), start=1)
    )


def hand_offs(text: str) -> tuple[HandOff, ...]:
    spans = [word[1:].partition("-") for word in text.split() if word.startswith("h")]
    return tuple(HandOff(at(int(begin)), at(int(end)) if end else None) for begin, _, end in spans)


def turns_of(text: str) -> str:
    """The turns in short: `1>bot 2` says that the bot answered message 1 after 2 seconds, `3>-` that nobody did."""
    return ", ".join(map(_short, turns(lines(text), hand_offs(text))))


def conversation(
    text: str,
    *,
    ended_at: float | None = 600,
    returned_after_hours: float | None = None,
    confirmed: bool = False,
    denied: bool = False,
) -> Conversation:
    marks = {mark: frozenset(_marked(text, mark)) for mark in "!?"}
    ended = None if ended_at is None else at(ended_at)
    returned = ended and returned_after_hours is not None and ended + timedelta(hours=returned_after_hours)
    return Conversation(
        lines=lines(text),
        hand_offs=hand_offs(text),
        bot_answers=marks["!"],
        bot_passes=marks["?"],
        ended_at=ended,
        confirmed=confirmed,
        denied=denied,
        returned_at=returned or None,
    )


def _marked(text: str, mark: str) -> list[int]:
    spoken = [word for word in text.split() if not word.startswith("h")]
    return [seq for seq, word in enumerate(spoken, start=1) if word.endswith(mark)]


def _short(turn: Turn) -> str:
    question = turn.seq or "h"
    return f"{question}>{turn.responder} {turn.seconds:g}" if turn.responder else f"{question}>-"
