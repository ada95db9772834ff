import numpy as np
import pytest

from kb.matching.confidence import UNTRAINED, calibrate, evidence, threshold
from kb.matching.vocabulary import Floats


def some_evidence(count: int) -> tuple[Floats, Floats]:
    """Evidence of random messages, and the true chance that each is answered rightly."""
    generator = np.random.default_rng(1)
    proof = np.column_stack([
        *(generator.uniform(-4, 4, count) for _ in range(2)),
        *(generator.uniform(0, 1, count) for _ in range(2)),
        np.ones(count),
    ])  # fmt: skip
    truth = 1 / (1 + np.exp(-(proof @ [0.5, 0.3, 3.0, 1.0, -2.0])))
    return proof.astype(np.float32), truth


def test_confidence_is_the_chance_to_be_right() -> None:
    proof, truth = some_evidence(4000)
    right = np.random.default_rng(2).uniform(size=4000) < truth

    confidence = calibrate(proof, right).confidence(proof)

    for low in (0.1, 0.3, 0.5, 0.7, 0.9):
        within = np.abs(confidence - low) < 0.1
        assert right[within].mean() == pytest.approx(confidence[within].mean(), abs=0.06)


def test_without_wordings_nothing_is_learned() -> None:
    assert calibrate(np.zeros((0, 5), dtype=np.float32), np.zeros(0, dtype=bool)) == UNTRAINED


def test_more_evidence_never_hurts() -> None:
    proof, truth = some_evidence(200)

    calibration = calibrate(proof, truth < 0.5)  # everything upside down

    assert min(calibration.weights[:-1]) >= 0


def test_long_odds_are_cut() -> None:
    chances = np.array([[1.0, 0.0], [0.5, 0.5]], dtype=np.float32)

    odds = evidence(chances, np.ones(2, np.float32), np.ones(2, np.float32), np.array([0, 0]))[:, 0]

    assert odds.tolist() == [4, 0]


def test_a_lead_over_one_rival_is_less_when_that_rival_has_all_the_rest() -> None:
    chances = np.array([[0.6, 0.4, 0.0], [0.6, 0.2, 0.2]], dtype=np.float32)

    proof = evidence(chances, np.ones(2, np.float32), np.ones(2, np.float32), np.array([0, 0]))

    assert proof[0, 0] == pytest.approx(proof[1, 0])
    assert proof[:, 1].tolist() == pytest.approx(np.log([1.5, 3.0]))


def test_above_the_threshold_the_asked_share_is_right() -> None:
    confidence = np.linspace(1, 0, 1000, dtype=np.float32)
    right = np.arange(1000) % 100 >= np.arange(1000) // 10  # ever fewer

    found = threshold(confidence, right, 0.9)

    assert right[confidence >= found].mean() == pytest.approx(0.9, abs=0.02)


def test_where_nothing_keeps_the_precision_the_threshold_is_above_all() -> None:
    confidence = np.full(50, 0.97, dtype=np.float32)

    assert threshold(confidence, np.zeros(50, dtype=bool), 0.95) >= 0.97


def test_a_wording_judged_again_and_again_is_still_one_wording() -> None:
    confidence, right = np.full(15, 0.97, dtype=np.float32), np.ones(15, dtype=bool)

    again = threshold(np.tile(confidence, 3), np.tile(right, 3), 0.9, deals=3)

    assert again == threshold(confidence, right, 0.9) == 0.9


def test_a_handful_of_wordings_is_no_evidence() -> None:
    assert threshold(np.full(5, 0.4, dtype=np.float32), np.ones(5, dtype=bool), 0.95) == 0.95
