"""The wordings of a shop, compared with a message by likeness."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching.postings import Postings
from kb.matching.reader import Query
from kb.matching.vocabulary import Floats

# Shares of spelling, sound and meaning in the likeness of two texts.
SPELLING: Final = 1.0
SOUND: Final = 0.3
MEANING: Final = 2.0


@dataclass(frozen=True, slots=True)
class Index:
    """Texts and their owners: row i belongs to owner owners[i]."""

    owners: NDArray[np.int32]
    spelling: Postings
    sound: Postings
    meaning: Floats | None
    # Where each owner's rows begin, found once: in a large shop that takes as long as a tenth of a question.
    firsts: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "firsts", np.flatnonzero(np.diff(self.owners, prepend=-1)))

    @classmethod
    def of(cls, queries: Sequence[Query], owners: Sequence[int] | NDArray[np.int64]) -> "Index":
        """Index these texts; `nearest` works only where `owners` ascends."""
        meanings = [query.meaning for query in queries if query.meaning is not None]
        return cls(
            np.asarray(owners, dtype=np.int32),
            Postings.of([query.spelling for query in queries]),
            Postings.of([query.sound for query in queries]),
            np.stack(meanings) if meanings else None,
        )

    def likeness(self, query: Query) -> Floats:
        """How alike the query is to every row: 0, nothing in common, to 1, the same text."""
        if not len(self.owners):
            return np.zeros(0, dtype=np.float32)
        total = SPELLING * self.spelling.products(query.spelling)
        if len(query.sound.hashes):
            total += SOUND * self.sound.products(query.sound)
        shares = SPELLING + SOUND
        if self.meaning is not None and query.meaning is not None:
            meant = self.meaning @ query.meaning
            meant *= MEANING
            total += meant
            shares += MEANING
        total /= shares
        return total

    def block(self, rows: slice) -> Floats:
        """How alike some rows are to all rows, shape (rows, all)."""
        total = SPELLING * self.spelling.block(rows) + SOUND * self.sound.block(rows)
        if self.meaning is None:
            return np.asarray(total / (SPELLING + SOUND), dtype=np.float32)
        total += MEANING * (self.meaning[rows] @ self.meaning.T)
        return np.asarray(total / (SPELLING + SOUND + MEANING), dtype=np.float32)

    def nearest(self, likeness: Floats, owners: int) -> Floats:
        """The likeness of each owner's nearest row; -1 for an owner without rows. Shape: (owners,)."""
        best = np.full(owners, -1.0, dtype=np.float32)
        if len(self.owners):
            best[self.owners[self.firsts]] = np.maximum.reduceat(likeness, self.firsts)
        return best
