"""What other thresholds would have done with questions that customers asked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kb.matching.match import Decision, Thresholds


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One question: the confidence in its best candidate, what was decided, and under which thresholds."""

    confidence: float
    decision: Decision
    thresholds: Thresholds

    def under(self, thresholds: Thresholds) -> Decision:
        """What these would have decided. What thresholds had no say in stays: a wording known word for word, or
        a question asked twice."""
        bound = self.thresholds.decide(self.confidence) is self.decision
        return thresholds.decide(self.confidence) if bound else self.decision


def replay(turns: Iterable[PastTurn], thresholds: Thresholds) -> dict[Decision, int]:
    """How many of the turns would have been answered, offered and handed over."""
    counted = Counter(turn.under(thresholds) for turn in turns)
    return {decision: counted[decision] for decision in Decision}
