"""A linear classifier in closed form: ridge regression of class indicators on a kernel of likenesses.

Source of the formulas: Rifkin and Lippert, "Notes on regularized least squares" (2007), section 3. Leaving each
row out in turn costs nothing extra, so a shop's confidence is learned from its own wordings, each one judged by
a model that has not seen it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import linalg

from kb.matching.vocabulary import Floats

# Chosen on the tuning halves of the development sets; every shop of theirs was flat around these values.
RIDGE: Final = 0.3
INTERCEPT: Final = 0.3


@dataclass(frozen=True, slots=True)
class Ridge:
    """Dual coefficients, shape (rows, classes), and what they predict for a row left out, same shape."""

    coefficients: Floats
    left_out: Floats


def fit(likeness: Floats, indicators: Floats) -> Ridge:
    """Solve for every class at once; likeness is (rows, rows), symmetric; indicators is (rows, classes)."""
    regular = likeness.astype(np.float64) + INTERCEPT
    regular[np.diag_indices_from(regular)] += RIDGE
    inverse = linalg.inv(regular, overwrite_a=True, check_finite=False)
    coefficients = inverse @ indicators
    left_out = indicators - coefficients / np.diag(inverse)[:, None]
    return Ridge(coefficients.astype(np.float32), left_out.astype(np.float32))


def predict(coefficients: Floats, likeness: Floats) -> Floats:
    """Scores of one query per class, about 1 for its class and 0 for the others; likeness is (rows,)."""
    return np.asarray((likeness + np.float32(INTERCEPT)) @ coefficients, dtype=np.float32)
