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
    """Likeness to every text; per entry that of its nearest wording, and whether the entry is possible."""

    likeness: Floats
    nearest: Floats
    possible: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Named entries; the owners of all three indexes are places in `ids`."""

    ids: tuple[str, ...]
    wordings: Index
    answers: Index
    negatives: Index

    @classmethod
    def of(cls, lesson: Lesson, reader: Reader) -> "Shelf":
        """Read and index what there is to learn."""
        wordings, answers = _index(lesson.wordings, reader), _index(lesson.answers, reader)
        return cls(lesson.ids, wordings, answers, _index(lesson.negatives, reader))

    def with_negatives(self, lesson: Lesson, reader: Reader) -> "Shelf":
        """The same shelf, and what its entries must not be taken for."""
        return replace(self, negatives=_index(lesson.negatives, reader))

    def likeness(self, query: Query) -> Floats:
        """How alike the query is to every wording and then every answer."""
        return np.concatenate((self.wordings.likeness(query), self.answers.likeness(query)))

    def find(self, query: Query) -> Finding:
        """Compare a query with everything on the shelf; an entry is ruled out by a nearer negative."""
        likeness = self.likeness(query)
        nearest = self.nearest(likeness)
        if not len(self.negatives.owners):
            return Finding(likeness, nearest, nearest > -1)
        contrary = self.negatives.nearest(self.negatives.likeness(query), len(self.ids))
        return Finding(likeness, nearest, nearest > np.maximum(contrary, -1))

    def nearest(self, likeness: Floats) -> Floats:
        """Of every entry the likeness of its nearest wording, -1 without one."""
        return self.wordings.nearest(likeness[: len(self.wordings.owners)], len(self.ids))


def _index(grouped: Grouped, reader: Reader) -> Index:
    owners = [owner for owner, texts in enumerate(grouped) for _ in texts]
    return Index.of(reader.read(flat(grouped)), owners)
