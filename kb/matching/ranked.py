"""The entries that may answer one message, and the few of them that are worth naming."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.matching.vocabulary import Floats

NAMED: Final = 10
# One more than are named: the entry of rejected messages is ranked and never named.
_BEST: Final = NAMED + 1


@dataclass(frozen=True, slots=True)
class Ranked:
    """Places of the possible entries, ascending, the chance of each, and the likeness of the nearest wording.

    `best` says where in these two arrays the likeliest stand, likeliest first.
    """

    places: NDArray[np.int64]
    chances: Floats
    closest: float
    best: tuple[int, ...]

    @classmethod
    def of(cls, places: NDArray[np.int64], chances: Floats, closest: float) -> "Ranked":
        """Find the likeliest; of equals the one that comes first."""
        return cls(places, chances, closest, tuple(_largest(chances, _BEST).tolist()))


NOBODY: Final = Ranked(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), 0.0, ())


def _largest(values: Floats, count: int) -> NDArray[np.int64]:
    """Where the largest values stand, largest first, without sorting the thousands below them."""
    if len(values) <= count:
        return np.argsort(-values, kind="stable")
    least = np.partition(values, -count)[-count]
    places: NDArray[np.int64] = np.flatnonzero(values >= least)
    order = np.argsort(-values[places], kind="stable")[:count]
    return np.asarray(places[order])
