"""How sure the savings are: every assumption drawn from its triangle, many times, always the same way."""

import math
from dataclasses import dataclass

import numpy as np

from analytics.inputs import between, positive
from analytics.savings.inputs import CaseRange, CostInputs
from analytics.savings.report import Savings, savings

MOST_DRAWS = 200_000
SHARES = (0.10, 0.50, 0.90)


@dataclass(frozen=True, slots=True)
class Spread:
    """One draw in ten lies below `p10`, half below `p50`, nine in ten below `p90`. None stands for never."""

    p10: float | None
    p50: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class SimulatedSavings:
    """The spread of each line over `draws` draws, and the shares of draws that pay back at all and in time.

    Assumptions are drawn independently. Real ones go together, so the spreads are if anything too narrow.
    """

    draws: int
    cash_share: Spread
    cash_released: Spread
    freed_hours: Spread
    yearly_net: Spread
    first_year_net: Spread
    payback_months: Spread
    pays_back: float
    pays_back_in_time: float


def simulate(
    cases: CaseRange, *, draws: int = 10_000, seed: int = 1, in_time_months: float = 6.0
) -> SimulatedSavings:
    """Low, expected and high of each assumption become a triangle; the same seed gives the same answer."""
    between(1, MOST_DRAWS, draws=draws)
    positive(in_time_months=in_time_months)
    results = [savings(case) for case in _drawn(cases, draws, seed)]
    months = [_months(result) for result in results]
    return SimulatedSavings(
        draws=draws,
        cash_share=_spread([result.cash_share for result in results]),
        cash_released=_spread([result.cash_released for result in results]),
        freed_hours=_spread([result.freed_hours for result in results]),
        yearly_net=_spread([result.yearly_net for result in results]),
        first_year_net=_spread([result.first_year_net for result in results]),
        payback_months=_spread(months),
        pays_back=sum(map(math.isfinite, months)) / draws,
        pays_back_in_time=sum(month <= in_time_months for month in months) / draws,
    )


def _drawn(cases: CaseRange, draws: int, seed: int) -> list[CostInputs]:
    random = np.random.default_rng(seed)
    low, high = cases.low.figures(), cases.high.figures()
    columns = {}
    for field, middle in cases.expected.figures().items():
        left, right = sorted((low[field], high[field]))
        columns[field] = random.triangular(left, middle, right, draws) if left < right else [middle] * draws
    rows = zip(*columns.values(), strict=True)
    return [CostInputs(**dict(zip(columns, map(float, row), strict=True))) for row in rows]


def _months(result: Savings) -> float:
    return math.inf if result.payback_months is None else result.payback_months


def _spread(values: list[float]) -> Spread:
    # "inverted_cdf" takes values that were drawn; between a month and never there is no middle.
    cuts = np.quantile(values, SHARES, method="inverted_cdf")
    return Spread(*(float(cut) if math.isfinite(cut) else None for cut in cuts))
