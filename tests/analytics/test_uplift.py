import pytest

from analytics.inputs import BadFigure
from analytics.savings.uplift import smallest_visible_lift


@pytest.mark.parametrize(("inquiries", "lift"), [(30_000, 0.108), (90_000, 0.062)])
def test_a_holdout_of_one_in_ten_shows_only_large_changes(inquiries: int, lift: float) -> None:
    assert smallest_visible_lift(0.20, inquiries) == pytest.approx(lift, abs=0.0006)


def test_an_even_split_shows_five_per_cent_with_the_usual_sample() -> None:
    """25,579 in each arm is the textbook sample for +5 % of 20 %; it allows for the larger variance of the raise."""
    assert smallest_visible_lift(0.20, 2 * 25_579, holdout_share=0.5) == pytest.approx(0.05, rel=0.02)


@pytest.mark.parametrize(("baseline", "inquiries"), [(0.2, 0), (0.0, 100), (1.0, 100)])
def test_nothing_can_be_seen_without_inquiries_or_variation(baseline: float, inquiries: int) -> None:
    assert smallest_visible_lift(baseline, inquiries) is None


def test_impossible_rates_are_refused() -> None:
    with pytest.raises(BadFigure):
        smallest_visible_lift(1.2, 100)
