"""Shares with their uncertainty, percentiles, and customer satisfaction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.inputs import BadFigure
from analytics.kpis.definitions import DEFINITIONS
from analytics.kpis.figures import csat, percentile, rate, reply_times, wilson


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals(hits: int, tries: int, low: float, high: float) -> None:
    """The last four are table I of Newcombe 1998, method 3."""
    assert wilson(hits, tries) == pytest.approx((low, high), abs=5e-5)


def test_four_hundred_graded_answers_are_sure_to_about_five_points() -> None:
    low, high = wilson(200, 400)

    assert (high - low) / 2 == pytest.approx(0.05, abs=0.002)


@given(tries=st.integers(1, 5000), data=st.data())
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(
    tries: int, data: st.DataObject
) -> None:
    hits = data.draw(st.integers(0, tries))

    low, high = wilson(hits, tries)

    assert 0 <= low <= hits / tries <= high <= 1


def test_of_nothing_nothing_is_known() -> None:
    empty = rate(0, 0)

    assert (empty.share, empty.low, empty.high) == (None, 0.0, 1.0)


@pytest.mark.parametrize(("numerator", "denominator"), [(3, 2), (-1, 2), (0, -1)])
def test_more_hits_than_tries_are_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(BadFigure):
        rate(numerator, denominator)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 0.5, None),
        ([7], 0.9, 7),
        ([1, 2, 3, 4], 0.5, 2.5),
        ([4, 1, 3, 2], 0.0, 1),
        ([4, 1, 3, 2], 1.0, 4),
        ([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 0.9, 90),
    ],
)
def test_percentiles_of_raw_values(values: list[float], share: float, expected: float | None) -> None:
    assert percentile(values, share) == expected


def test_reply_times_of_a_list() -> None:
    times = reply_times([2, 30, 31, 180, 181])

    assert (times.count, times.mean, times.p50) == (5, pytest.approx(84.8), 31)
    assert times.p90 == pytest.approx(180.6)
    assert (times.within_30.share, times.within_180.share) == (0.4, 0.8)


def test_no_reply_has_no_time() -> None:
    times = reply_times([])

    assert (times.count, times.mean, times.p50, times.p90, times.within_30.share) == (
        0,
        None,
        None,
        None,
        None,
    )


def test_four_and_five_stars_of_all_ratings_are_satisfied() -> None:
    result = csat({5: 20, 4: 10, 3: 5, 2: 3, 1: 2}, surveys_sent=100)

    assert (result.satisfied.numerator, result.satisfied.denominator) == (30, 40)
    assert result.satisfied.share == 0.75
    assert (result.satisfied.low, result.satisfied.high) == pytest.approx((0.5981, 0.8581), abs=5e-5)
    assert result.answered.share == 0.4


@pytest.mark.parametrize(("rated", "may_rank"), [(29, False), (30, True)])
def test_nobody_is_ranked_under_thirty_ratings(rated: int, may_rank: bool) -> None:
    assert csat({5: rated}, surveys_sent=50).may_rank is may_rank


def test_nobody_rated_yet() -> None:
    result = csat({}, surveys_sent=10)

    assert (result.satisfied.share, result.answered.share, result.may_rank) == (None, 0.0, False)


@pytest.mark.parametrize(
    ("ratings", "sent"), [({6: 1}, 10), ({0: 1}, 10), ({5: -1}, 10), ({5: 3}, 2), ({5: 1}, -1)]
)
def test_ratings_that_make_no_sense_are_refused(ratings: dict[int, int], sent: int) -> None:
    with pytest.raises(BadFigure):
        csat(ratings, surveys_sent=sent)


def test_every_figure_is_defined_under_its_key() -> None:
    assert set(DEFINITIONS) == {
        "ai_resolution_rate",
        "human_intervention_rate",
        "average_response_time",
        "csat",
        "inquiry_conversion",
    }
    assert all(key == definition.key and definition.version >= 1 for key, definition in DEFINITIONS.items())
