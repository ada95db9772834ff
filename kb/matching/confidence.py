"""How sure the matcher is: the chance that its best candidate is right, learned from left-out wordings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from kb.matching.vocabulary import Floats

_EPSILON: Final = 1e-6
# How strongly a shop's few wordings are pulled to what held for larger shops, in wordings per coefficient.
_PULL: Final = 5.0


def evidence(chances: Floats, nearest: Floats, known: Floats, best: NDArray[np.int64]) -> Floats:
    """What speaks for the best candidate of each query, shape (queries, 4), the last column constant.

    In order: log odds of its chance against all others; likeness of the nearest wording; share of the message's
    features that the shop has ever seen. `chances` and `nearest` are (queries, entries).
    """
    rows = np.arange(len(best))
    chance = np.clip(chances[rows, best], _EPSILON, 1 - _EPSILON)
    columns = [np.log(chance / (1 - chance)), nearest.max(axis=1), known, np.ones(len(best))]
    return np.column_stack(columns).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic weights of the evidence; never negative but for the constant, so more evidence never hurts."""

    weights: tuple[float, ...]

    def confidence(self, proof: Floats) -> Floats:
        """Chance, 0 to 1, that the best candidate is right; one per row of evidence."""
        return np.asarray(special.expit(proof @ np.asarray(self.weights)), dtype=np.float32)


UNTRAINED: Final = Calibration((0.7, 4.0, 2.0, -4.0))


def calibrate(proof: Floats, right: NDArray[np.bool_], prior: Calibration = UNTRAINED) -> Calibration:
    """The likeliest weights given which left-out wordings were answered rightly, pulled towards `prior`."""
    expected = np.asarray(prior.weights)
    signs = np.where(right, 1.0, -1.0)

    def surprise(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signs * (proof @ weights)
        away = weights - expected
        loss = -special.log_expit(margins).sum() + _PULL / 2 * away @ away
        return float(loss), -(special.expit(-margins) * signs) @ proof + _PULL * away

    bounds = [(0.0, None)] * (len(expected) - 1) + [(None, None)]
    best = optimize.minimize(surprise, expected, jac=True, method="L-BFGS-B", bounds=bounds).x
    return Calibration(tuple(float(weight) for weight in best))


def threshold(confidence: Floats, right: NDArray[np.bool_], precision: float) -> float:
    """The lowest confidence above which at least this share of left-out wordings was right.

    One more wrong answer must not break the promise, so below 1 / (1 - precision) wordings none can keep it;
    then the confidence itself is taken at its word.
    """
    order: Sequence[int] = np.argsort(-confidence, kind="stable").tolist()
    sorted_confidence = confidence[order]
    kept = np.cumsum(right[order]) / (np.arange(len(order)) + 2) >= precision
    last_of_ties = np.diff(sorted_confidence, append=-1.0) < 0
    enough = np.flatnonzero(kept & last_of_ties)
    return float(sorted_confidence[enough[-1]]) if len(enough) else precision
