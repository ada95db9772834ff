"""Whether a customer asks again what he asked before."""

from collections.abc import Sequence
from typing import Final

from cscore.language.displeasure.ngrams import fold

SAME_QUESTION: Final = 0.6
# Who answers "yes" twice does not ask again.
SHORTEST_QUESTION: Final = 4
REMEMBERED: Final = 8


def most_similar(text: str, earlier: Sequence[str]) -> float:
    """The greatest likeness of the text to one of the last eight before it; 0 when it is too short to be a question."""
    words = fold(text)
    if len(words) < SHORTEST_QUESTION:
        return 0.0
    pairs = _pairs(words)
    return max((_dice(pairs, _pairs(fold(other))) for other in earlier[-REMEMBERED:]), default=0.0)


def _pairs(folded: str) -> frozenset[str]:
    return frozenset(folded[start : start + 2] for start in range(len(folded) - 1))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Twice the shared character pairs over all of them (Dice 1945)."""
    return 2 * len(one & other) / (len(one) + len(other))
