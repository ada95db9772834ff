"""How chats with people really run, from their messages: the inputs of ChatWork that can be seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from analytics.kpis.turns import Author, Line

FEWEST_CHATS = 5
# A customer who writes after ten minutes went away in between; that is no pause of the chat.
LONGEST_PAUSE_S = 600.0


@dataclass(frozen=True, slots=True)
class MeasuredWork:
    """Medians over `chats` conversations with people. `reply_seconds` is the time from a customer's message to
    the agent's next: agent work where an agent had this chat alone, more where he had several. `handle_seconds`
    runs from the agent's first message to the last message of either side.
    """

    chats: int
    reply_seconds: float
    customer_seconds: float
    replies_per_chat: float
    handle_seconds: float


def measure(chats: Iterable[tuple[Line, ...]]) -> MeasuredWork | None:
    """None when there are fewer than five chats to measure, or nobody wrote twice in them."""
    served = [_from_first_reply(lines) for lines in chats]
    served = [lines for lines in served if lines]
    replies = [_gap(*pair) for lines in served for pair in pairwise(lines) if _is_turn(pair, Author.AGENT)]
    pauses = [_gap(*pair) for lines in served for pair in pairwise(lines) if _is_turn(pair, Author.CUSTOMER)]
    pauses = [pause for pause in pauses if pause <= LONGEST_PAUSE_S]
    if len(served) < FEWEST_CHATS or not replies or not pauses:
        return None
    return MeasuredWork(
        chats=len(served),
        reply_seconds=median(replies),
        customer_seconds=median(pauses),
        replies_per_chat=sum(map(_agent_lines, served)) / len(served),
        handle_seconds=median(_gap(lines[0], lines[-1]) for lines in served),
    )


def _from_first_reply(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The part that the agent worked on, from the message before his first one."""
    first = next((place for place, line in enumerate(lines) if line.author is Author.AGENT), None)
    return () if first is None else lines[first:]


def _is_turn(pair: tuple[Line, Line], to: Author) -> bool:
    other = Author.CUSTOMER if to is Author.AGENT else Author.AGENT
    return pair[0].author is other and pair[1].author is to


def _agent_lines(lines: tuple[Line, ...]) -> int:
    return sum(line.author is Author.AGENT for line in lines)


def _gap(earlier: Line, later: Line) -> float:
    return max(0.0, (later.at - earlier.at).total_seconds())
