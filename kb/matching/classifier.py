"""The trained classifier of a shop: it compares a message with a spread of the shop's texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching import softmax
from kb.matching.index import Index
from kb.matching.reader import Query
from kb.matching.vocabulary import Floats

# Below this many texts an entry there is too little to learn from.
_PER_ENTRY: Final = 3
# Training costs texts * texts * entries; this much of it is about half a minute, leaving wordings out included.
_WORK: Final = 2.7e9


@dataclass(frozen=True, slots=True)
class Classifier:
    """Dual coefficients, (rows, entries), of some of the shop's texts."""

    rows: NDArray[np.int64]
    coefficients: Floats

    def scores(self, texts: Floats) -> Floats:
        """Log odds of every entry, given the likeness to all texts: (texts,) or (queries, texts)."""
        return softmax.predict(self.coefficients, texts[..., self.rows])


def affordable(entries: int, wordings: int) -> bool:
    """Whether a shop has enough wordings to train on, and not too many entries."""
    return entries > 1 and _PER_ENTRY * entries <= min(wordings, _most(entries))


def train_classifier(
    texts: Sequence[Query], owners: NDArray[np.int64], weights: Floats, entries: int
) -> Classifier:
    """Learn from the first texts of every entry, as many as are affordable."""
    rows = np.flatnonzero(_turn(owners) < max(_PER_ENTRY, _most(entries) // entries))
    likeness = Index.of([texts[row] for row in rows.tolist()], owners[rows]).block(slice(None))
    return Classifier(rows, softmax.fit(likeness, owners[rows], weights[rows], entries))


def _most(entries: int) -> int:
    return int(np.sqrt(_WORK / entries))


def _turn(owners: NDArray[np.int64]) -> NDArray[np.int64]:
    """For every text how many of the same owner come before it."""
    order = np.argsort(owners, kind="stable")
    firsts = np.flatnonzero(np.diff(owners[order], prepend=-1))
    turns = np.empty(len(owners), dtype=np.int64)
    turns[order] = np.arange(len(owners)) - np.repeat(firsts, np.diff(firsts, append=len(owners)))
    return turns
