"""Finds the wordings that are near to everything, so that they do not win everything.

Among many texts on one subject a few lie in the middle and are the nearest neighbour of far too many messages. Every
wording is handicapped by how near it is to the wordings of other entries. Source: cross-domain similarity local
scaling (Conneau and others, "Word translation without parallel data", 2018), its term for the stored side.
"""

from typing import Final

import numpy as np

from kb.matching.index import Index
from kb.matching.vocabulary import Floats

# How many of the nearest strangers count, and how much.
_NEIGHBOURS: Final = 20
_SHARE: Final = np.float32(0.75)
# A shop with fewer wordings has no crowd; with more, comparing all with all takes minutes.
_FEWEST: Final = 2 * _NEIGHBOURS
_MOST: Final = 12_000
_BLOCK: Final = 500


def crowding(wordings: Index) -> Floats | None:
    """The handicap of every wording, in likeness, 0 on average; None for a very small or very large shop."""
    count = len(wordings.owners)
    if not _FEWEST <= count <= _MOST:
        return None
    blocks = [_nearness(wordings, slice(start, start + _BLOCK)) for start in range(0, count, _BLOCK)]
    nearness = np.concatenate(blocks)
    return np.asarray(_SHARE * (nearness - nearness.mean()), dtype=np.float32)


def _nearness(wordings: Index, rows: slice) -> Floats:
    """Mean likeness to the nearest wordings of other entries."""
    likeness = wordings.block(rows)
    likeness[wordings.owners[rows, None] == wordings.owners[None, :]] = -1
    nearest = np.partition(likeness, -_NEIGHBOURS, axis=1)[:, -_NEIGHBOURS:]
    return np.asarray(nearest.mean(axis=1), dtype=np.float32)
