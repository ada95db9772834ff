"""Learns from a shop's own wordings which differences in meaning matter to it.

Wordings of one entry differ in what the entry does not care about: a name, a sort of account, a way of asking.
Directions in which they differ much are shortened, so that likeness is judged along the others. Source:
within-class covariance normalisation (Hatch, Kajarekar and Stolcke, 2006), shrunk towards the identity.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from kb.matching.vocabulary import Floats

# The identity's share beside the average variance: strong in a small shop, never nothing.
_DOUBT: Final = 1000.0
_LEAST_DOUBT: Final = 3.0
# With fewer differences than this there is nothing to learn.
_ENOUGH: Final = 20


@dataclass(frozen=True, slots=True)
class Metric:
    """A matrix that vectors are multiplied with, or None to leave them as they are."""

    matrix: Floats | None = None

    @classmethod
    def learn(cls, vectors: Floats, owners: NDArray[np.int64]) -> "Metric":
        """From vectors, one a row, and the entry of each; rows of one entry stand together."""
        firsts = np.flatnonzero(np.diff(owners, prepend=-1))
        differences = len(owners) - len(firsts)
        if differences < _ENOUGH:
            return cls()
        sizes = np.diff(firsts, append=len(owners))
        means = np.add.reduceat(vectors, firsts) / sizes[:, None]
        away = vectors - np.repeat(means, sizes, axis=0)
        scatter = away.T @ away
        scatter *= vectors.shape[1] / np.trace(scatter)
        scatter[np.diag_indices_from(scatter)] += max(_LEAST_DOUBT, _DOUBT / differences)
        variances, directions = linalg.eigh(scatter, check_finite=False)
        return cls(np.asarray((directions / np.sqrt(variances)) @ directions.T, dtype=np.float32))

    def narrowed(self, vectors: Floats, dimensions: int) -> "Metric":
        """The same, keeping only the directions in which these vectors are long: less to store and to compare."""
        seen = self.apply(vectors)
        _, directions = linalg.eigh(seen.T @ seen, check_finite=False)
        main = np.asarray(directions[:, -dimensions:], dtype=np.float32)
        return Metric(main if self.matrix is None else self.matrix @ main)

    def apply(self, vectors: Floats) -> Floats:
        """The vectors as this shop sees them, one a row, of length 1."""
        if self.matrix is None:
            return vectors
        seen = vectors @ self.matrix
        return np.asarray(seen / np.linalg.norm(seen, axis=1, keepdims=True), dtype=np.float32)
