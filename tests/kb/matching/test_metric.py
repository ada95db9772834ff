import numpy as np
import pytest

from kb.matching.metric import Metric
from kb.matching.vocabulary import Floats

OWNERS = np.repeat(np.arange(30), 4)


@pytest.fixture
def vectors() -> Floats:
    """Thirty entries whose wordings differ in the first direction only, and much."""
    generator = np.random.default_rng(0)
    centres = np.repeat(generator.normal(size=(30, 8)), 4, axis=0)
    centres[:, 0] += generator.normal(size=120, scale=3)
    return (centres / np.linalg.norm(centres, axis=1, keepdims=True)).astype(np.float32)


def test_what_differs_within_entries_counts_less(vectors: Floats) -> None:
    seen = Metric.learn(vectors, OWNERS).apply(vectors)

    assert np.abs(seen[:, 0]).mean() < 0.95 * np.abs(vectors[:, 0]).mean()


def test_wordings_of_one_entry_come_closer(vectors: Floats) -> None:
    def within(rows: Floats) -> float:
        return float((rows[0::4] * rows[1::4]).sum(axis=1).mean())

    assert within(Metric.learn(vectors, OWNERS).apply(vectors)) > within(vectors)


def test_vectors_keep_length_one(vectors: Floats) -> None:
    seen = Metric.learn(vectors, OWNERS).apply(vectors)

    np.testing.assert_allclose(np.linalg.norm(seen, axis=1), 1, rtol=1e-5)


def test_a_handful_of_wordings_teaches_nothing(vectors: Floats) -> None:
    metric = Metric.learn(vectors[:8], OWNERS[:8])

    assert metric.matrix is None
    assert metric.apply(vectors) is vectors
