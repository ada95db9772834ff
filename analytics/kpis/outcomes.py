"""How a conversation ended, and the rates that follow: resolved by the AI, handed over, or left alone."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from analytics.kpis.figures import Rate, rate
from analytics.kpis.turns import Author, HandOff, Line, turns

RECONTACT_WINDOW = timedelta(hours=72)


class Outcome(StrEnum):
    """Exactly one per conversation.

    AI_CONFIRMED: only the AI spoke, and a rating or a finished action says it helped. AI_ASSUMED: only the AI
    spoke and the customer did not come back. CAME_BACK: only the AI spoke, the customer returned with the same
    matter. UNSOLVED: only the AI spoke and the customer said it did not help. HANDED_OVER: AI and a person
    spoke. HUMAN: a person alone. ABANDONED: the customer left without an answer. PENDING: not over yet.
    """

    AI_CONFIRMED = "ai_confirmed"
    AI_ASSUMED = "ai_assumed"
    CAME_BACK = "came_back"
    UNSOLVED = "unsolved"
    HANDED_OVER = "handed_over"
    HUMAN = "human"
    ABANDONED = "abandoned"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one conversation.

    `bot_answered`: the bot gave at least one answer; a greeting is none. `left_waiting`: the last question got
    no reply, or only "I do not know". `confirmed`: the customer said it helped, or an action was completed.
    `denied`: the customer said it did not.
    `came_back`: the next contact on the same order or topic began within 72 h. `watched`: 72 h have passed.
    """

    ended: bool
    bot_spoke: bool
    bot_answered: bool
    human_spoke: bool
    handed_off: bool
    left_waiting: bool
    confirmed: bool
    denied: bool
    came_back: bool
    watched: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """The raw material of Facts. `ended_at` None: still open. `confirmed` and `denied`: see Facts.

    `bot_answers`: the seq of every bot line that gives an answer, `bot_passes`: of every one that says it has
    none; greetings and courtesies are in neither. `returned_at`: when the same customer next wrote about the
    same order or topic.
    """

    lines: tuple[Line, ...]
    hand_offs: tuple[HandOff, ...] = ()
    bot_answers: frozenset[int] = frozenset()
    bot_passes: frozenset[int] = frozenset()
    ended_at: datetime | None = None
    confirmed: bool = False
    denied: bool = False
    returned_at: datetime | None = None


RULES: tuple[tuple[Callable[[Facts], bool], Outcome], ...] = (
    (lambda facts: not facts.ended, Outcome.PENDING),
    (lambda facts: facts.human_spoke and facts.bot_spoke, Outcome.HANDED_OVER),
    (lambda facts: facts.human_spoke, Outcome.HUMAN),
    (lambda facts: facts.handed_off, Outcome.ABANDONED),
    (lambda facts: not facts.bot_answered, Outcome.ABANDONED),
    (lambda facts: facts.denied, Outcome.UNSOLVED),
    (lambda facts: facts.came_back, Outcome.CAME_BACK),
    (lambda facts: facts.left_waiting and not facts.confirmed, Outcome.ABANDONED),
    (lambda facts: not facts.watched, Outcome.PENDING),
    (lambda facts: facts.confirmed, Outcome.AI_CONFIRMED),
    (lambda facts: True, Outcome.AI_ASSUMED),
)
"""The first rule that holds decides."""


def outcome(facts: Facts) -> Outcome:
    """How the conversation ended."""
    return next(result for holds, result in RULES if holds(facts))


def facts_of(conversation: Conversation, known_until: datetime) -> Facts:
    """Read the facts from the lines, as they stand at `known_until`."""
    authors = {line.author for line in conversation.lines}
    ended, returned = conversation.ended_at, conversation.returned_at
    return Facts(
        ended=ended is not None,
        bot_spoke=Author.BOT in authors,
        bot_answered=bool(conversation.bot_answers),
        human_spoke=Author.AGENT in authors,
        handed_off=bool(conversation.hand_offs),
        left_waiting=_left_waiting(conversation),
        confirmed=conversation.confirmed,
        denied=conversation.denied,
        came_back=ended is not None and returned is not None and returned - ended <= RECONTACT_WINDOW,
        watched=ended is not None and known_until - ended >= RECONTACT_WINDOW,
    )


def _left_waiting(conversation: Conversation) -> bool:
    waits = turns(conversation.lines, conversation.hand_offs)
    if not waits:
        return False
    last = waits[-1]
    return last.responder is None or last.answer_seq in conversation.bot_passes


@dataclass(frozen=True, slots=True)
class AiResolution:
    """`resolved` = `confirmed` + `assumed`, all over the settled conversations in which the AI spoke.

    `came_back` goes beside the headline. `pending` conversations are in no rate: the figure is provisional
    while there are any.
    """

    resolved: Rate
    confirmed: Rate
    assumed: Rate
    came_back: Rate
    pending: int


def ai_resolution(outcomes_with_ai: Iterable[Outcome]) -> AiResolution:
    """The AI resolution rate, from the outcomes of all conversations in which the AI spoke."""
    counts = Counter(outcomes_with_ai)
    settled = counts.total() - counts[Outcome.PENDING]
    confirmed, assumed = counts[Outcome.AI_CONFIRMED], counts[Outcome.AI_ASSUMED]
    return AiResolution(
        resolved=rate(confirmed + assumed, settled),
        confirmed=rate(confirmed, settled),
        assumed=rate(assumed, settled),
        came_back=rate(counts[Outcome.CAME_BACK], settled),
        pending=counts[Outcome.PENDING],
    )


def human_intervention(conversations: int, with_a_person: int) -> Rate:
    """Conversations with at least one line of a person, of all conversations."""
    return rate(with_a_person, conversations)
