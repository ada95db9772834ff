"""Entries side by side: which wording of each is nearest to a message, and which entries are ruled out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.matching.index import Index
from kb.matching.reader import Query, Reader
from kb.matching.vocabulary import Floats


@dataclass(frozen=True, slots=True)
class Finding:
    """Likeness to every wording; per entry that of its nearest wording, and whether the entry is possible."""

    likeness: Floats
    nearest: Floats
    possible: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Named entries; the owners of both indexes are places in `ids`."""

    ids: tuple[str, ...]
    wordings: Index
    negatives: Index

    @classmethod
    def of(
        cls, ids: Sequence[str], wordings: Index, negatives: Sequence[Sequence[str]], reader: Reader
    ) -> "Shelf":
        """Put indexed wordings beside what each entry must not be taken for."""
        texts = [text for listed in negatives for text in listed]
        owners = np.repeat(np.arange(len(negatives)), [len(listed) for listed in negatives])
        return cls(tuple(ids), wordings, Index.of(reader.read_all(texts), owners.tolist()))

    def find(self, query: Query) -> Finding:
        """Compare a query with everything on the shelf; an entry is ruled out by a nearer negative."""
        likeness = self.wordings.likeness(query)
        nearest = self.wordings.nearest(likeness, len(self.ids))
        if not len(self.negatives.owners):
            return Finding(likeness, nearest, nearest > -1)
        contrary = self.negatives.nearest(self.negatives.likeness(query), len(self.ids))
        return Finding(likeness, nearest, nearest > np.maximum(contrary, -1))
