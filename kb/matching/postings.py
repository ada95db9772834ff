"""Sparse rows stored by feature, so that a query touches only the rows it shares a feature with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kb.matching.vocabulary import Floats, Hashes, Weighed, locate

# From so many occurrences on, going feature by feature is faster than one pass over all of them: by a factor of 4 at
# 100,000 rows.
_MANY: Final = 20_000


@dataclass(frozen=True, slots=True)
class Postings:
    """Feature hashes[i] occurs in rows[starts[i] : starts[i + 1]], with the weights beside them."""

    hashes: Hashes
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: Floats
    count: int

    @classmethod
    def of(cls, texts: Sequence[Weighed]) -> "Postings":
        """Store these texts, one row each."""
        every = np.concatenate([np.zeros(0, dtype=np.uint32), *(text.hashes for text in texts)])
        weights = np.concatenate([np.zeros(0, dtype=np.float32), *(text.weights for text in texts)])
        rows = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text.hashes) for text in texts])
        by_feature = np.argsort(every, kind="stable")
        hashes, firsts = np.unique(every[by_feature], return_index=True)
        starts = np.append(firsts, len(every)).astype(np.int64)
        return cls(hashes, starts, rows[by_feature], weights[by_feature], len(texts))

    def products(self, text: Weighed) -> Floats:
        """The dot product of a text with every row, shape (count,)."""
        columns, found = locate(text.hashes, self.hashes)
        if not len(columns):
            return np.zeros(self.count, dtype=np.float32)
        begins, ends = self.starts.take(columns), self.starts.take(columns + 1)
        lengths = ends - begins
        counted = lengths.cumsum()
        occurrences = int(counted[-1])
        if occurrences > _MANY:
            return self._summed(begins, ends, text.weights[found])
        places = (ends - counted).repeat(lengths)
        places += np.arange(occurrences)
        shares = text.weights[found].repeat(lengths)
        shares *= self.weights.take(places)
        return np.bincount(self.rows.take(places), shares, self.count).astype(np.float32)

    def _summed(self, begins: NDArray[np.int64], ends: NDArray[np.int64], weights: Floats) -> Floats:
        """The same feature by feature: no row has a feature twice, so nothing has to be gathered first."""
        total = np.zeros(self.count, dtype=np.float32)
        for begin, end, weight in zip(begins.tolist(), ends.tolist(), weights, strict=True):
            total[self.rows[begin:end]] += self.weights[begin:end] * weight
        return total

    def block(self, rows: slice) -> Floats:
        """The dot products of some rows with all rows, shape (rows, count)."""
        shape = (len(self.hashes), self.count)
        by_feature = sparse.csr_array((self.weights, self.rows, self.starts), shape=shape)
        return np.asarray((by_feature[:, rows].T @ by_feature).toarray(), dtype=np.float32)
