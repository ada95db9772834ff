"""The human part of a conversation: how long it took, and which of its replies is worth keeping. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chat.models import Author

# Nobody is taken to work longer on one reply: he served somebody else meanwhile.
LONGEST_PER_REPLY: Final = timedelta(minutes=3)
# Shorter replies are "one moment please"; longer ones tell a story that fits one customer only.
SHORTEST: Final = 10
HANDY: Final = 15
LONGEST: Final = 400
_QUICK: Final = timedelta(minutes=2)
_STARS: Final = {5: 2, 4: 1, 2: -2, 1: -3}


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a conversation, as far as it matters here."""

    seq: int
    author: str
    at: datetime
    body: str
    before: datetime

    @property
    def spent(self) -> timedelta:
        """From the line before until this one, at most LONGEST_PER_REPLY; only an agent's line took work."""
        if self.author != Author.AGENT:
            return timedelta(0)
        return min(max(self.at - self.before, timedelta(0)), LONGEST_PER_REPLY)


def minutes(lines: Iterable[Line]) -> float:
    """Agent minutes: for each agent's message the time since the line before it, three minutes at most, added up."""
    return sum((line.spent for line in lines), timedelta(0)) / timedelta(minutes=1)


def worth(line: Line, stars: int | None) -> int:
    """Orders replies: the customer's stars count most, then a handy length, then that it came quickly."""
    handy = HANDY <= len(line.body) <= LONGEST
    return _STARS.get(stars or 0, 0) + handy + (line.spent <= _QUICK)


def replies(lines: Sequence[Line]) -> list[Line]:
    """What agents said that may serve as an answer."""
    return [line for line in lines if line.author == Author.AGENT and len(line.body) >= SHORTEST]
