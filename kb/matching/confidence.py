"""How sure the matcher is: the chance that its best candidate is right, learned from left-out wordings."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from kb.matching.vocabulary import Floats

# Odds beyond e^4 mean that nothing else is on offer, as in a shop of two entries, not that the best is right.
_LONG_ODDS: Final = 4.0
_TINY: Final = np.float32(1e-9)
# Fewer left-out wordings than this say nothing about a share of one in twenty.
_ENOUGH: Final = 20
# How strongly a shop's few wordings are pulled to what held for larger shops, in wordings per coefficient.
PULL: Final = 5.0


def evidence(chances: Floats, closest: Floats, known: Floats, best: NDArray[np.int64]) -> Floats:
    """What speaks for the best candidate of each query, shape (queries, 5), the last column constant.

    In order: log odds of its chance against all others together; the same against the likeliest other alone; likeness
    of the nearest wording; share of the message's features that the shop has ever seen. `chances` is
    (queries, entries), all else (queries,).
    """
    rows = np.arange(len(best))
    chance, others = chances[rows, best], chances.copy()
    others[rows, best] = 0
    runner_up = np.maximum(others.max(axis=1), _TINY)
    odds = np.clip(special.logit(chance), -_LONG_ODDS, _LONG_ODDS)
    lead = np.clip(np.log(np.maximum(chance, _TINY) / runner_up), -_LONG_ODDS, _LONG_ODDS)
    columns = [odds, lead, closest, known, np.ones(len(best))]
    return np.column_stack(columns).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic weights of the evidence; never negative but for the constant, so more evidence never hurts."""

    weights: tuple[float, ...]

    def confidence(self, proof: Floats) -> Floats:
        """Chance, 0 to 1, that the best candidate is right; one per row of evidence."""
        return np.asarray(special.expit(proof @ np.asarray(self.weights)), dtype=np.float32)


UNTRAINED: Final = Calibration((0.7, 0.0, 4.0, 2.0, -4.0))


def calibrate(
    proof: Floats, right: NDArray[np.bool_], prior: Calibration = UNTRAINED, *, weight: Floats | None = None
) -> Calibration:
    """The likeliest weights given which messages were answered rightly, pulled towards `prior`.

    `weight` is what each message counts, 1 unless said otherwise.
    """
    expected = np.asarray(prior.weights)
    signs = np.where(right, 1.0, -1.0)
    counts = np.ones(len(right)) if weight is None else weight

    def surprise(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signs * (proof @ weights)
        away = weights - expected
        loss = -counts @ special.log_expit(margins) + PULL / 2 * away @ away
        return float(loss), -(counts * special.expit(-margins) * signs) @ proof + PULL * away

    bounds = [(0.0, None)] * (len(expected) - 1) + [(None, None)]
    best = optimize.minimize(surprise, expected, jac=True, method="L-BFGS-B", bounds=bounds).x
    return Calibration(tuple(float(weight) for weight in best))


def threshold(
    confidence: Floats, right: NDArray[np.bool_], precision: float, *, heard: bool = False, deals: int = 1
) -> float:
    """The lowest confidence above which left-out wordings kept this share of right answers.

    Half of each wording's say is whether it was answered rightly, half the confidence itself, which is less
    subject to chance. Where people's verdicts moved the confidence (`heard`), each of the two has to keep the
    precision alone: neither makes up for what the other lacks. Each wording is there `deals` times. A shop with fewer
    than 20 wordings is taken at its confidence's word; where no 20 wordings keep the precision, the threshold is above
    them all.
    """
    enough = _ENOUGH * deals
    if len(confidence) < enough:
        return precision
    order = np.argsort(-confidence, kind="stable")
    ranked = confidence[order]
    counted = np.arange(1, len(order) + 1)
    promised, found = np.cumsum(ranked) / counted, np.cumsum(right[order]) / counted
    kept = (np.minimum(promised, found) if heard else (promised + found) / 2) >= precision
    last_of_ties = np.diff(ranked, append=-1.0) < 0
    low = np.flatnonzero(kept & last_of_ties & (np.arange(len(order)) >= enough - 1))
    return float(ranked[low[-1]]) if len(low) else max(precision, float(ranked[0]))
