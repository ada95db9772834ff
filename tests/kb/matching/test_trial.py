from dataclasses import replace

import numpy as np
import pytest
from scipy.special import logit

from kb.matching import Matcher, Trial, train
from kb.matching.confidence import Calibration
from tests.kb.matching.shop import GARDEN_SHOP


@pytest.fixture
def trial() -> Trial:
    """Four wordings of three entries: two right, and entries 0 and 2 taken for each other."""
    odds = Calibration((1.0, 0.0, 0.0, 0.0, 0.0))
    confidence = np.array([0.9, 0.8, 0.6, 0.4])
    return Trial(
        odds,
        proof=np.outer(logit(confidence), [1, 0, 0, 0, 0]) + 1e-6,
        truth=np.array([0, 1, 2, 0]),
        given=np.array([0, 1, 0, 2]),
        among_three=np.array([True, True, True, False]),
        learned=odds,
    )


@pytest.mark.parametrize(
    ("threshold", "coverage", "precision"),
    [(0.0, 1.0, 0.5), (0.5, 0.75, pytest.approx(2 / 3)), (0.8, 0.5, 1.0), (0.95, 0.0, None)],
)
def test_the_curve_says_how_many_would_be_answered_and_how_many_of_them_rightly(
    trial: Trial, threshold: float, coverage: float, precision: float | None
) -> None:
    [point] = trial.curve([threshold])

    assert (point.coverage, point.precision) == (coverage, precision)


def test_two_entries_taken_for_each_other_are_one_confusion(trial: Trial) -> None:
    assert trial.confusions() == [(0, 2, 2)]


def test_a_wording_judged_in_several_deals_counts_once(trial: Trial) -> None:
    thrice = replace(
        trial,
        proof=np.tile(trial.proof, (3, 1)),
        truth=np.tile(trial.truth, 3),
        given=np.tile(trial.given, 3),
        among_three=np.tile(trial.among_three, 3),
        deals=3,
    )

    assert thrice.confusions() == trial.confusions()
    assert thrice.curve([0.5]) == trial.curve([0.5])
    thresholds = trial.thresholds(0.6, 0.5)
    assert thrice.report("blend", thresholds, 0.6) == trial.report("blend", thresholds, 0.6)


def test_a_shop_too_small_to_judge_has_no_curve_and_no_confusions() -> None:
    nothing = train([]).trial

    assert nothing.confusions() == []
    assert nothing.curve([0.5])[0].precision is None


def test_the_trial_is_saved_with_the_matcher(garden: Matcher) -> None:
    loaded = Matcher.load(garden.save())

    heights = [0.2, 0.5, 0.8]
    assert loaded.trial.curve(heights) == garden.trial.curve(heights)
    assert loaded.trial.confusions() == garden.trial.confusions()


def test_other_precisions_need_no_other_training(garden: Matcher) -> None:
    trained = train(GARDEN_SHOP, use_vectors=False, answer_precision=0.7, offer_precision=0.5)

    moved = Matcher.load(garden.save()).keeping(answer_precision=0.7, offer_precision=0.5)

    assert moved.thresholds == trained.thresholds
    assert moved.report == trained.report


def test_likeness_is_one_for_the_same_words_and_small_for_others(garden: Matcher) -> None:
    alike = garden.likeness(GARDEN_SHOP[0].question)

    assert alike.keys() == {entry.id for entry in GARDEN_SHOP}
    assert alike[GARDEN_SHOP[0].id] == pytest.approx(1, abs=1e-5)
    assert max(value for id, value in alike.items() if id != GARDEN_SHOP[0].id) < 0.9
