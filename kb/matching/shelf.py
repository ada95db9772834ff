"""Entries side by side: which wording of each is nearest to a message, and which entries are ruled out."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.matching.index import Index
from kb.matching.lesson import Grouped, Lesson, flat
from kb.matching.reader import Query, Reader
from kb.matching.vocabulary import Floats


@dataclass(frozen=True, slots=True)
class Finding:
    """Likeness to every text, and what it means for every entry.

    Per entry: `likeness` of its nearest wording, -1 without one; the same with crowding taken off, which ranks
    better; and whether it is possible. `texts` is the likeness to every wording and then, if asked for, every answer.
    """

    texts: Floats
    likeness: Floats
    nearest: Floats
    possible: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Named entries; the owners of all three indexes are places in `ids`; `crowding` handicaps wordings."""

    ids: tuple[str, ...]
    wordings: Index
    answers: Index
    negatives: Index
    crowding: Floats | None = None

    @classmethod
    def of(cls, lesson: Lesson, reader: Reader) -> "Shelf":
        """Read and index what there is to learn."""
        wordings, answers = _index(lesson.wordings, reader), _index(lesson.answers, reader)
        return cls(lesson.ids, wordings, answers, _index(lesson.negatives, reader))

    def with_negatives(self, lesson: Lesson, reader: Reader) -> "Shelf":
        """The same shelf, and what its entries must not be taken for."""
        return replace(self, negatives=_index(lesson.negatives, reader))

    def find(self, query: Query, *, answers: bool = True) -> Finding:
        """Compare a query with everything on the shelf; an entry is ruled out by a nearer negative.

        Only the classifier looks at answers.
        """
        count = len(self.ids)
        wordings = self.wordings.likeness(query)
        likeness = self.wordings.nearest(wordings, count)
        nearest = (
            likeness if self.crowding is None else self.wordings.nearest(wordings - self.crowding, count)
        )
        texts = np.concatenate((wordings, self.answers.likeness(query))) if answers else wordings
        return Finding(texts, likeness, nearest, likeness > self._contrary(query))

    def _contrary(self, query: Query) -> Floats:
        """Of every entry the likeness of its nearest negative, -1 without one."""
        if not len(self.negatives.owners):
            return np.full(len(self.ids), -1, dtype=np.float32)
        return np.maximum(-1, self.negatives.nearest(self.negatives.likeness(query), len(self.ids)))


def _index(grouped: Grouped, reader: Reader) -> Index:
    owners = [owner for owner, texts in enumerate(grouped) for _ in texts]
    return Index.of(reader.read(flat(grouped)), owners)
