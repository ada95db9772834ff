"""Savings: the worked example of a shop, and what must never be mixed."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.inputs import BadFigure
from analytics.savings.explanation import UNIT_NAMES, explain
from analytics.savings.inputs import CaseRange, CostInputs, NotInOrder
from analytics.savings.report import Savings, capacity_cut, payback_months, savings, savings_range

# "70 % of the questions are repetitive" in a basic team that costs 1.25 million yuan a year.
SHOP = CostInputs(
    wages=1_250_000,
    paid_hours=30_000,
    eligible_share=0.70,
    answer_quality=0.68,
    recontact_share=0.10,
    complexity_factor=1.2,
    realisation=0.75,
)
MATURE = replace(SHOP, answer_quality=0.82, complexity_factor=1.1, realisation=0.95)
CAUTIOUS = replace(SHOP, answer_quality=0.60, complexity_factor=1.3, realisation=0.60)

shares = st.floats(0, 1)
money = st.floats(0, 1e7)


def test_seventy_per_cent_repetitive_questions_do_not_save_forty_per_cent() -> None:
    result = savings(SHOP)

    assert result.automated_share == pytest.approx(0.4284)
    assert result.capacity_cut == pytest.approx(0.3141, abs=5e-5)
    assert result.cash_share == pytest.approx(0.236, abs=5e-4)
    assert result.cash_released == pytest.approx(294_450, abs=1)


@pytest.mark.parametrize(("automated", "complexity"), [(0.40, 1.0), (0.50, 1.2)])
def test_what_it_takes_to_spare_forty_per_cent(automated: float, complexity: float) -> None:
    case = replace(
        SHOP,
        eligible_share=automated,
        answer_quality=1,
        recontact_share=0,
        complexity_factor=complexity,
        realisation=1,
    )

    assert savings(case).cash_released == pytest.approx(500_000)


@pytest.mark.parametrize(
    ("running", "three_months", "six_months"),
    [
        (0, 125_000, 250_000),
        (60_000, 110_000, 220_000),
        (120_000, 95_000, 190_000),
        (200_000, 75_000, 150_000),
    ],
)
def test_what_may_be_spent_once_for_a_payback_in_three_to_six_months(
    running: float, three_months: float, six_months: float
) -> None:
    assert payback_months(three_months, 500_000, running) == pytest.approx(3)
    assert payback_months(six_months, 500_000, running) == pytest.approx(6)


def test_all_cost_of_a_team_counts_and_only_the_basic_part_can_be_spared() -> None:
    case = replace(
        SHOP,
        wages=600,
        social_insurance=200,
        bonus=60,
        recruitment=40,
        training=30,
        management_share=50,
        seats=20,
        outsourcing=100,
        basic_share=0.5,
    )

    result = savings(case)

    assert (result.team_cost, result.basic_cost) == (1100, 550)
    assert result.cash_released == pytest.approx(550 * 0.31408 * 0.75)


def test_running_cost_is_taken_off_every_year_and_the_one_off_cost_once() -> None:
    case = replace(
        SHOP,
        licence_and_hosting=40_000,
        tokens=10_000,
        upkeep_hours=300,
        upkeep_wage_per_hour=60,
        quality_assurance=8_000,
        wrong_answer_refunds=4_000,
        one_off=100_000,
    )

    result = savings(case)

    assert result.running_cost == 80_000
    assert result.yearly_net == pytest.approx(214_450)
    assert result.first_year_net == pytest.approx(114_450)
    assert result.payback_months == pytest.approx(12 * 100_000 / 214_450)


def test_an_ai_that_costs_more_than_it_releases_never_pays_back() -> None:
    result = savings(replace(SHOP, licence_and_hosting=320_000, one_off=1))

    assert result.payback_months is None
    assert result.yearly_net < 0


def test_nothing_spent_once_is_paid_back_at_once() -> None:
    assert savings(SHOP).payback_months == 0


def test_hours_that_stay_on_the_payroll_are_hours_and_no_money() -> None:
    kept = savings(replace(SHOP, realisation=0))

    assert kept.cash_released == 0
    assert kept.freed_hours == pytest.approx(0.31408 * 30_000)


def test_proven_margin_is_shown_and_pays_for_nothing() -> None:
    with_margin = savings(replace(SHOP, proven_margin=900_000, one_off=100_000))

    assert with_margin.proven_margin == 900_000
    assert replace(with_margin, proven_margin=0) == savings(replace(SHOP, one_off=100_000))


def test_service_promises_keep_a_floor_under_the_team() -> None:
    assert savings(replace(SHOP, staffing_cut_limit=0.2)).capacity_cut == 0.2


def test_when_only_hard_questions_remain_nothing_may_be_spared() -> None:
    assert capacity_cut(automated=0.1, complexity=1.5) == 0


def test_the_range_takes_each_case_from_its_own_assumptions() -> None:
    result = savings_range(CaseRange(CAUTIOUS, SHOP, MATURE))

    assert (result.low, result.expected, result.high) == (savings(CAUTIOUS), savings(SHOP), savings(MATURE))
    assert result.low.cash_released < result.expected.cash_released < result.high.cash_released


def test_an_expected_figure_outside_its_range_is_refused_by_name() -> None:
    with pytest.raises(NotInOrder) as refused:
        CaseRange(CAUTIOUS, replace(SHOP, tokens=5), MATURE)

    assert refused.value.details["field"] == "tokens"


@pytest.mark.parametrize(
    ("field", "value"),
    [("wages", -1.0), ("answer_quality", 1.2), ("realisation", -0.1), ("one_off", float("inf"))],
)
def test_an_assumption_that_makes_no_sense_is_refused_by_name(field: str, value: float) -> None:
    with pytest.raises(BadFigure) as refused:
        replace(SHOP, **{field: value})

    assert refused.value.details["field"] == field


@given(
    eligible=shares, quality=shares, recontact=shares, complexity=st.floats(0.5, 3), kept=shares, cost=money
)
def test_cash_is_never_more_than_the_team_costs_and_never_less_than_nothing(
    eligible: float, quality: float, recontact: float, complexity: float, kept: float, cost: float
) -> None:
    result = savings(
        CostInputs(
            wages=cost,
            paid_hours=1000,
            eligible_share=eligible,
            answer_quality=quality,
            recontact_share=recontact,
            complexity_factor=complexity,
            realisation=kept,
        )
    )

    assert 0 <= result.cash_released <= cost
    assert 0 <= result.freed_hours <= 1000


@given(better=shares, quality=shares)
def test_better_answers_never_save_less(better: float, quality: float) -> None:
    low, high = sorted((better, quality))

    assert (
        savings(replace(SHOP, answer_quality=low)).cash_released
        <= savings(replace(SHOP, answer_quality=high)).cash_released
    )


def test_every_figure_of_the_report_is_explained() -> None:
    assert {step.key for step in explain(SHOP)} == {field.name for field in fields(Savings)}


def test_each_step_carries_the_value_of_the_report() -> None:
    result = savings(SHOP)

    assert all(step.value == getattr(result, step.key) for step in explain(SHOP))
    assert all(step.unit in UNIT_NAMES for step in explain(SHOP))


def test_formulas_are_shown_with_their_numbers() -> None:
    case = replace(
        SHOP, licence_and_hosting=60_000, upkeep_hours=100, upkeep_wage_per_hour=50, one_off=100_000
    )
    formula = {step.key: step.formula for step in explain(case)}

    assert formula == {
        "team_cost": "1,250,000",
        "basic_cost": "1,250,000 × 100.00%",
        "automated_share": "70.00% × 68.00% × (1 − 10.00%)",
        "capacity_cut": "min(max(0, 1 − (1 − 42.84%) × 1.20), 100.00%)",
        "cash_share": "31.41% × 75.00%",
        "freed_hours": "31.41% × (1 − 75.00%) × 30,000",
        "cash_released": "23.56% × 1,250,000",
        "running_cost": "60,000 + 100 × 50.00",
        "yearly_net": "294,450 − 65,000",
        "first_year_net": "229,450 − 100,000",
        "payback_months": "100,000 ÷ ((294,450 − 65,000) ÷ 12)",
        "proven_margin": "0",
    }


def test_the_steps_of_three_cases_can_be_read_side_by_side() -> None:
    low, expected, high = ([step.key for step in explain(case)] for case in (CAUTIOUS, SHOP, MATURE))

    assert low == expected == high
