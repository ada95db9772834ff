"""Puts entries in order: the trained classifier, the nearest wording, or a blend of both.

All three are one formula, softmax(c * classifier + n * nearest), with c or n zero for the pure ones. Which is
used, and how sharp it is, is decided by the shop's own wordings, each left out in turn.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from kb.matching import softmax
from kb.matching.match import Method
from kb.matching.vocabulary import Floats


@dataclass(frozen=True, slots=True)
class Ranking:
    """How the two scores of an entry are put together."""

    method: Method
    classifier: float
    nearest: float

    def chances(self, classified: Floats, nearest: Floats) -> Floats:
        """Chances per entry, each row summing to 1; both arguments and the result are (queries, entries)."""
        return softmax.chances(self.classifier * classified + self.nearest * nearest)


# How sharp classifier and nearest wording came out on shops of some hundred wordings, and how many wordings it
# takes to draw a shop halfway from there.
_USUAL: Final = np.array([1.5, 25.0])
_PULL: Final = 5.0
# For a shop that is too small to learn from.
UNTRAINED: Final = Ranking("cosine", 0.0, 25.0)


def choose(classified: Floats, nearest: Floats, truth: NDArray[np.int64]) -> Ranking:
    """The most accurate of the three on left-out wordings; the classifier wins a draw.

    Scores are (wordings, entries); `truth` holds the right entry of each wording.
    """
    if not len(truth):
        return UNTRAINED
    options = [
        _sharpened("classifier", (classified, nearest), truth, free=(True, False)),
        _sharpened("blend", (classified, nearest), truth, free=(True, True)),
        _sharpened("cosine", (classified, nearest), truth, free=(False, True)),
    ]
    return max(options, key=lambda option: _accuracy(option.chances(classified, nearest), truth))


def nearest_only(nearest: Floats, truth: NDArray[np.int64]) -> Ranking:
    """The nearest wording, as sharp as these left-out wordings say."""
    if not len(truth):
        return UNTRAINED
    return _sharpened("cosine", (nearest, nearest), truth, free=(False, True))


def _accuracy(chances: Floats, truth: NDArray[np.int64]) -> float:
    return float((chances.argmax(axis=1) == truth).mean())


def _sharpened(
    method: Method, scores: tuple[Floats, Floats], truth: NDArray[np.int64], *, free: tuple[bool, bool]
) -> Ranking:
    """The weights under which the right entries are likeliest (a convex problem in two numbers).

    Few wordings, all of them ranked rightly, would ask for infinite sharpness: they are pulled to the usual one.
    """
    rows = np.arange(len(truth))
    usual = np.where(free, _USUAL, 0.0)

    def surprise(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        chances = softmax.chances(weights[0] * scores[0] + weights[1] * scores[1])
        away = weights / _USUAL - usual / _USUAL
        loss = -np.log(chances[rows, truth] + 1e-9).sum() + _PULL * away @ away
        slopes = [((chances * part).sum(axis=1) - part[rows, truth]).sum() for part in scores]
        return float(loss), np.asarray(slopes, dtype=np.float64) + 2 * _PULL * away / _USUAL

    bounds = [(0.0, None if use else 0.0) for use in free]
    best = optimize.minimize(surprise, usual, jac=True, method="L-BFGS-B", bounds=bounds).x
    return Ranking(method, float(best[0]), float(best[1]))
