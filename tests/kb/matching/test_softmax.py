import numpy as np
import pytest
from scipy import optimize, special

from kb.matching import softmax
from kb.matching.vocabulary import Floats


@pytest.fixture
def likeness() -> Floats:
    points = np.random.default_rng(0).normal(size=(24, 6)).astype(np.float32)
    points[:12] += 1.5
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return points @ points.T


OWNERS = np.repeat([0, 1], 12)
ONES = np.ones(24, dtype=np.float32)


def loss(coefficients: Floats, kernel: Floats) -> float:
    scores = kernel @ coefficients
    penalty = softmax.DECAY / 2 * float((coefficients * scores).sum())
    return -float(special.log_softmax(scores, axis=1)[np.arange(24), OWNERS].mean()) + penalty


def test_it_reaches_the_minimum_a_general_optimiser_finds(likeness: Floats) -> None:
    kernel = 3 * likeness.astype(np.float64) + 1
    best = optimize.minimize(lambda flat: loss(flat.reshape(24, 2), kernel), np.zeros(48), method="L-BFGS-B")

    found = softmax.fit(likeness, OWNERS, ONES, 2)

    assert loss(found, kernel) == pytest.approx(best.fun, abs=0.02)


def test_it_separates_what_can_be_separated(likeness: Floats) -> None:
    scores = softmax.predict(softmax.fit(likeness, OWNERS, ONES, 2), likeness)

    assert (scores.argmax(axis=1) == OWNERS).mean() > 0.9


def test_a_text_without_weight_teaches_nothing(likeness: Floats) -> None:
    weights = ONES.copy()
    weights[5] = 0

    coefficients = softmax.fit(likeness, OWNERS, weights, 2)

    assert np.abs(coefficients[5]).max() < 1e-3 * np.abs(coefficients).max()


def test_chances_of_every_row_sum_to_one_even_for_huge_scores() -> None:
    chances = softmax.chances(np.array([[1000.0, 0.0], [0.0, 0.0]], dtype=np.float32))

    assert chances.tolist() == [[1.0, 0.0], [0.5, 0.5]]
