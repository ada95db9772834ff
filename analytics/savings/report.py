"""What an AI saves: cash, hours and revenue apart; for one case, and from low to high."""

from dataclasses import dataclass

from analytics.savings.inputs import CaseRange, CostInputs

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Savings:
    """One case, worked out. Money is yuan per year, shares run from 0 to 1.

    `automated_share` of the conversations is ended by the AI for good; `capacity_cut` of the agents' time is
    spared; `cash_share` of the basic team's cost leaves the payroll, which is `cash_released`.
    `first_year_net` carries the whole one-off cost. `payback_months` is None when it is never earned back.
    `freed_hours` stay on the payroll and `proven_margin` is revenue: neither is part of any other line.
    """

    team_cost: float
    basic_cost: float
    automated_share: float
    capacity_cut: float
    cash_share: float
    cash_released: float
    freed_hours: float
    running_cost: float
    yearly_net: float
    first_year_net: float
    payback_months: float | None
    proven_margin: float


@dataclass(frozen=True, slots=True)
class SavingsRange:
    """The three cases of a CaseRange."""

    low: Savings
    expected: Savings
    high: Savings


def savings(case: CostInputs) -> Savings:
    """The arithmetic of one case; `explanation.explain` shows it step by step."""
    basic_cost = case.team_cost * case.basic_share
    automated = case.eligible_share * case.answer_quality * (1 - case.recontact_share)
    cut = capacity_cut(automated, case.complexity_factor, case.staffing_cut_limit)
    released = cut * case.realisation * basic_cost
    running = running_cost(case)
    return Savings(
        team_cost=case.team_cost,
        basic_cost=basic_cost,
        automated_share=automated,
        capacity_cut=cut,
        cash_share=cut * case.realisation,
        cash_released=released,
        freed_hours=cut * (1 - case.realisation) * case.paid_hours,
        running_cost=running,
        yearly_net=released - running,
        first_year_net=released - running - case.one_off,
        payback_months=payback_months(case.one_off, released, running),
        proven_margin=case.proven_margin,
    )


def savings_range(cases: CaseRange) -> SavingsRange:
    """Low, expected and high, each from its own assumptions."""
    return SavingsRange(savings(cases.low), savings(cases.expected), savings(cases.high))


def capacity_cut(automated: float, complexity: float, staffing_limit: float = 1.0) -> float:
    """Share of agent time spared: what remains is harder, and promises keep a floor under the team."""
    return min(max(0.0, 1 - (1 - automated) * complexity), staffing_limit)


def running_cost(case: CostInputs) -> float:
    """What the AI costs every year, in yuan."""
    bills = case.licence_and_hosting + case.tokens + case.quality_assurance + case.wrong_answer_refunds
    return bills + case.upkeep_hours * case.upkeep_wage_per_hour


def payback_months(one_off: float, released: float, running: float) -> float | None:
    """Months to earn `one_off` back from yearly figures; None when running costs eat what is released."""
    if released <= running:
        return None
    return one_off * MONTHS / (released - running)
