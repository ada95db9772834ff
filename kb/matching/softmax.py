"""A linear classifier on a kernel of likenesses: multinomial logistic regression, solved in the dual.

Minimises mean(weight * cross entropy) + DECAY / 2 * |f|^2. The curvature of cross entropy is at most 1/2 (Böhning,
"Multinomial logistic regression algorithm", 1992), so one inverse serves every step; the steps are accelerated as
in Nesterov (1983). Everything is float32: a shop of 1,500 wordings is learned in about a second.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from kb.matching.vocabulary import Floats

DECAY: Final = 1e-4
_STEPS: Final = 60
# Likeness is between 0 and 1; this is how far apart it sets two texts that have nothing in common.
_SCALE: Final = np.float32(3.0)
_INTERCEPT: Final = np.float32(1.0)


def fit(likeness: Floats, owners: NDArray[np.int64], weights: Floats, classes: int) -> Floats:
    """Dual coefficients, (texts, classes), of texts that belong to `owners` and count as much as `weights`."""
    kernel = _kernel(likeness)
    truth = np.eye(classes, dtype=np.float32)[owners]
    share = (weights / np.float32(len(owners)))[:, None]
    step = _inverse(np.asarray(share * kernel / 2, dtype=np.float32), np.float32(DECAY))
    # A text without weight has no say, whatever its scores.
    per_share = np.divide(2, share, out=np.zeros_like(share), where=share > 0)
    found = ahead = scores = scored = np.zeros_like(truth)
    pace = 1.0
    for _ in range(_STEPS):
        slope = share * (chances(scores) - truth) + np.float32(DECAY) * ahead
        move = step @ slope
        better = ahead - move
        # The scores of `better` without the product kernel @ better, for half the work: the step is the inverse of
        # share / 2 * kernel + DECAY, so share / 2 * kernel @ move is the slope less DECAY * move.
        slope -= np.float32(DECAY) * move
        best = scores - per_share * slope
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        onward = np.float32((pace - 1) / faster)
        ahead, scores = better + onward * (better - found), best + onward * (best - scored)
        found, scored, pace = better, best, faster
    return found


def predict(coefficients: Floats, likeness: Floats) -> Floats:
    """Log odds, up to a constant, of every class; likeness is (texts,) or (queries, texts)."""
    return np.asarray(_kernel(likeness) @ coefficients, dtype=np.float32)


def chances(scores: Floats) -> Floats:
    """Softmax of every row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    raised /= raised.sum(axis=1, keepdims=True)
    return np.asarray(raised, dtype=np.float32)


def _kernel(likeness: Floats) -> Floats:
    return np.asarray(_SCALE * likeness + _INTERCEPT, dtype=np.float32)


def _inverse(table: Floats, ridge: np.float32) -> Floats:
    table[np.diag_indices_from(table)] += ridge
    # In double precision: the ridge is small beside the table's largest eigenvalue.
    return np.asarray(linalg.inv(table.astype(np.float64), check_finite=False), dtype=np.float32)
