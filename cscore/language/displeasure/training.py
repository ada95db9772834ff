"""Fits a model to examples."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from cscore.language.displeasure.behaviour import Behaviour, signals
from cscore.language.displeasure.model import Displeasure
from cscore.language.displeasure.ngrams import weighed

# Enough to keep what is saved small; differences between processors stay below it.
DECIMALS: Final = 4
STEPS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Example:
    """A turn with the share of customers who are displeased when they write like this, from 0 to 1."""

    turn: Behaviour
    displeased: float
    weight: float = 1.0


def train(examples: Sequence[Example], *, regularisation: float = 20.0) -> Displeasure:
    """The model that explains the examples best; a greater `regularisation` (scikit-learn's C) trusts them more.

    Every example counts as displeased with its share and as content with the rest. Raises ValueError when the
    examples are all on one side.
    """
    vectoriser = DictVectorizer()
    heard = vectoriser.fit_transform([weighed(example.turn.text) for example in examples])
    happened = csr_matrix(np.array([signals(example.turn) for example in examples], dtype=float))
    fitted = _fitted(hstack([heard, happened]).tocsr(), examples, regularisation)
    weights = np.round(fitted.coef_[0], DECIMALS)
    names = vectoriser.get_feature_names_out()
    return Displeasure(
        grams=dict(zip(names.tolist(), weights[: len(names)].tolist(), strict=True)),
        behaviour=tuple(weights[len(names) :].tolist()),
        intercept=round(float(fitted.intercept_[0]), DECIMALS),
    )


def _fitted(features: csr_matrix, examples: Sequence[Example], regularisation: float) -> LogisticRegression:
    share: NDArray[np.float64] = np.array([example.displeased for example in examples])
    weight = np.array([example.weight for example in examples])
    side = np.repeat([1, 0], len(examples))
    weights = np.concatenate([weight * share, weight * (1 - share)])
    used = weights > 0
    model = LogisticRegression(C=regularisation, max_iter=STEPS)
    return model.fit(vstack([features, features]).tocsr()[used], side[used], sample_weight=weights[used])
