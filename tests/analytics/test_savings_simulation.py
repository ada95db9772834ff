"""How sure the savings are: seeded draws from the triangles of the assumptions."""

from dataclasses import replace

import pytest

from analytics.inputs import BadFigure
from analytics.savings.inputs import CaseRange, CostInputs
from analytics.savings.report import savings
from analytics.savings.simulation import simulate

EXPECTED = CostInputs(
    wages=1_250_000,
    paid_hours=30_000,
    eligible_share=0.70,
    answer_quality=0.68,
    recontact_share=0.10,
    complexity_factor=1.2,
    realisation=0.75,
    licence_and_hosting=60_000,
    one_off=80_000,
)
LOW = replace(
    EXPECTED, eligible_share=0.6, answer_quality=0.55, complexity_factor=1.35, licence_and_hosting=90_000
)
HIGH = replace(
    EXPECTED, eligible_share=0.8, answer_quality=0.82, complexity_factor=1.1, licence_and_hosting=30_000
)
CASES = CaseRange(LOW, EXPECTED, HIGH)


def test_the_same_seed_gives_the_same_answer_and_another_seed_nearly_so() -> None:
    first, again, other = simulate(CASES), simulate(CASES), simulate(CASES, seed=2)

    assert first == again
    assert other != first
    assert other.yearly_net.p50 == pytest.approx(first.yearly_net.p50, rel=0.03)


def test_without_any_width_every_draw_is_the_expected_case() -> None:
    result, exact = simulate(CaseRange.certain(EXPECTED), draws=10), savings(EXPECTED)

    assert result.yearly_net.p10 == result.yearly_net.p50 == result.yearly_net.p90 == exact.yearly_net
    assert result.payback_months.p50 == exact.payback_months


def test_one_uncertain_figure_gives_the_percentiles_of_its_triangle() -> None:
    """Released cash is proportional to the realised share; a triangle 0, 0.5, 1 has its P10 at sqrt(0.05)."""
    middle = replace(EXPECTED, realisation=0.5)
    cases = CaseRange(replace(middle, realisation=0.0), middle, replace(middle, realisation=1.0))
    full = savings(replace(middle, realisation=1.0)).cash_released

    spread = simulate(cases, draws=40_000).cash_released

    expected = [full * share for share in (0.05**0.5, 0.5, 1 - 0.05**0.5)]
    assert [spread.p10, spread.p50, spread.p90] == pytest.approx(expected, rel=0.02)


def test_a_figure_that_falls_as_savings_rise_is_drawn_as_well() -> None:
    dear, cheap = (replace(EXPECTED, licence_and_hosting=cost) for cost in (90_000, 30_000))

    spread = simulate(CaseRange(dear, EXPECTED, cheap), draws=40_000).yearly_net

    middle = savings(EXPECTED).yearly_net
    reach = 30_000 * (1 - 0.2**0.5)
    assert [spread.p10, spread.p50, spread.p90] == pytest.approx(
        [middle - reach, middle, middle + reach], abs=300
    )


def test_the_spread_lies_between_the_low_and_the_high_case() -> None:
    spread = simulate(CASES).yearly_net

    assert spread.p10 is not None
    assert spread.p90 is not None
    assert savings(LOW).yearly_net < spread.p10 < spread.p90 < savings(HIGH).yearly_net


def test_more_cash_means_a_shorter_payback() -> None:
    months = simulate(CASES).payback_months

    assert months.p10 is not None
    assert months.p50 is not None
    assert months.p10 < months.p50


def test_a_costly_licence_never_pays_back_for_most_draws() -> None:
    costly = CaseRange(*(replace(case, licence_and_hosting=320_000) for case in (LOW, EXPECTED, HIGH)))

    result = simulate(costly)

    assert result.payback_months.p90 is None
    assert result.pays_back < 0.5
    assert result.pays_back_in_time <= result.pays_back


def test_the_chance_to_pay_back_in_time_grows_with_the_time() -> None:
    quick, slow = (simulate(CASES, in_time_months=months).pays_back_in_time for months in (3, 24))

    assert quick < slow <= 1


def test_an_expected_figure_at_the_edge_of_its_range_can_be_drawn() -> None:
    edge = CaseRange(LOW, replace(EXPECTED, answer_quality=LOW.answer_quality), HIGH)

    assert simulate(edge, draws=100).draws == 100


@pytest.mark.parametrize("draws", [0, 200_001])
def test_a_senseless_number_of_draws_is_refused(draws: int) -> None:
    with pytest.raises(BadFigure):
        simulate(CASES, draws=draws)
