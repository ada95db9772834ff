"""What comes out of a matcher: a decision, the candidates behind it, and how they were found."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Method = Literal["exact", "classifier", "cosine", "blend", "nothing"]


class Decision(StrEnum):
    """What the bot may do with a question."""

    ANSWER = "answer"
    OFFER = "offer"
    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer the question; `confidence` is the calibrated chance, 0 to 1, that it does."""

    id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RuledOut:
    """An entry that would have been a candidate but for a word in the message."""

    id: str
    keyword: str


@dataclass(frozen=True, slots=True)
class Match:
    """The decision on one question; candidates are sorted best first and may be empty."""

    decision: Decision
    candidates: tuple[Candidate, ...]
    method: Method
    ruled_out: tuple[RuledOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Confidence from which the bot answers, and from which it offers three questions to choose from."""

    answer: float
    offer: float

    def decide(self, confidence: float) -> Decision:
        """The strongest thing the bot may do at this confidence."""
        if confidence >= self.answer:
            return Decision.ANSWER
        return Decision.OFFER if confidence >= self.offer else Decision.HAND_OVER


@dataclass(frozen=True, slots=True)
class Report:
    """What training found out about itself on wordings left out in turn.

    `judged` wordings were left out; `accuracy` of them ranked the right entry first; at the `answer` threshold
    `coverage` is the share that would be answered and `precision` the share of those answered rightly. A shop too
    small to judge has zero for all of them.
    """

    method: Method
    judged: int
    accuracy: float
    asked_precision: float
    coverage: float
    precision: float
