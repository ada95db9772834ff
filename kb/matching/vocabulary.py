"""Weighs a text's features by how rare they are in the shop's own wordings (tf-idf, sublinear, smoothed)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

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
        if not features:
            return Weighed(_NOTHING, _WEIGHTLESS, 0.0)
        hashes, counts = _counted(np.array(features, dtype=np.uint32))
        places, seen = locate(hashes, self.hashes)
        weights = np.full(len(hashes), self.unseen)
        weights[seen] = self.idf.take(places)
        weights *= 1 + np.log(counts)
        weights /= sqrt(weights @ weights)
        known = weights[seen]
        return Weighed(hashes, weights.astype(np.float32), float(known @ known))


_NOTHING: Hashes = np.zeros(0, dtype=np.uint32)
_WEIGHTLESS: Floats = np.zeros(0, dtype=np.float32)


def _counted(features: Hashes) -> tuple[Hashes, NDArray[np.float64]]:
    """Each feature once, sorted, and how often it occurs: np.unique in half the time for a message's few dozen."""
    features.sort()
    is_first = np.empty(len(features), dtype=bool)
    is_first[0] = True
    np.not_equal(features[1:], features[:-1], out=is_first[1:])
    firsts = is_first.nonzero()[0]
    counts = np.empty(len(firsts))
    counts[:-1], counts[-1] = firsts[1:], len(features)
    counts -= firsts
    return features.take(firsts), counts


def locate(wanted: Hashes, among: Hashes) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Places, in a sorted array, of those wanted hashes that are in it, and which of the wanted they are."""
    if not len(among):
        return np.zeros(0, dtype=np.int64), np.zeros(len(wanted), dtype=bool)
    places = among.searchsorted(wanted)
    found = among.take(places, mode="clip") == wanted
    return places[found], found
