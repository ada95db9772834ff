"""Weighs a text's features by how rare they are in the shop's own wordings (tf-idf, sublinear, smoothed)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text as sorted features and weights of length 1, and the share of that length the shop has seen."""

    hashes: Hashes
    weights: Floats
    known: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features seen in training: sorted hashes, the weight of each, and the weight of an unseen one."""

    hashes: Hashes
    idf: Floats
    unseen: float

    @classmethod
    def learn(cls, texts: Sequence[Sequence[int]]) -> "Vocabulary":
        """Count in how many texts each feature occurs: idf = ln((1 + n) / (1 + df)) + 1."""
        distinct = [np.unique(np.asarray(text, dtype=np.uint32)) for text in texts]
        hashes, counts = np.unique(np.concatenate([*distinct, _NOTHING]), return_counts=True)
        idf = np.log((1 + len(texts)) / (1 + counts)) + 1
        return cls(hashes, idf.astype(np.float32), float(np.log(1 + len(texts)) + 1))

    def weigh(self, features: Sequence[int]) -> Weighed:
        """Weights (1 + ln tf) * idf of a text's features, scaled to length 1; unseen features count as rarest."""
        hashes, counts = np.unique(np.asarray(features, dtype=np.uint32), return_counts=True)
        places, seen = locate(hashes, self.hashes)
        weights = np.full(len(hashes), self.unseen)
        weights[seen] = self.idf[places]
        weights *= 1 + np.log(counts)
        weights /= np.sqrt(np.square(weights).sum()) or 1.0
        return Weighed(hashes, weights.astype(np.float32), float(np.square(weights[seen]).sum()))


_NOTHING: Hashes = np.zeros(0, dtype=np.uint32)


def locate(wanted: Hashes, among: Hashes) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Places, in a sorted array, of those wanted hashes that are in it, and which of the wanted they are."""
    places = np.searchsorted(among, wanted)
    found = places < len(among)
    found[found] = among[places[found]] == wanted[found]
    return places[found], found
