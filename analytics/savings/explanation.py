"""The savings arithmetic as a person reads it: one step a line, with the numbers filled in."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.savings.inputs import CostInputs
from analytics.savings.report import MONTHS, Savings, savings


class Unit(StrEnum):
    """What a value counts; `UNIT_NAMES` has the words."""

    SHARE = "share"
    YUAN_PER_YEAR = "yuan_per_year"
    HOURS_PER_YEAR = "hours_per_year"
    MONTHS = "months"


UNIT_NAMES: dict[Unit, Promise] = {
    Unit.SHARE: _("share"),
    Unit.YUAN_PER_YEAR: _("yuan per year"),
    Unit.HOURS_PER_YEAR: _("hours per year"),
    Unit.MONTHS: _("months"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working. `formula` holds numbers and signs only, so it reads alike in every language.

    `key` is the name of the figure in `Savings`. `value` None means never.
    """

    key: str
    label: Promise
    formula: str
    value: float | None
    unit: Unit


def explain(case: CostInputs) -> tuple[Step, ...]:
    """Every step from the team's cost to the payback, in order; the steps are the same for every case.

    A page that shows a range zips the steps of the low, the expected and the high case.
    """
    return _team_steps(case) + _capacity_steps(case) + _money_steps(case)


def _team_steps(case: CostInputs) -> tuple[Step, ...]:
    result = savings(case)
    parts = (
        case.wages,
        case.social_insurance,
        case.bonus,
        case.recruitment,
        case.training,
        case.management_share,
        case.seats,
        case.outsourcing,
    )
    return (
        _step("team_cost", _("Cost of the team now"), _sum(*parts), result, Unit.YUAN_PER_YEAR),
        _step(
            "basic_cost",
            _("Of this, basic service"),
            f"{_yuan(case.team_cost)} × {_percent(case.basic_share)}",
            result,
            Unit.YUAN_PER_YEAR,
        ),
    )


def _capacity_steps(case: CostInputs) -> tuple[Step, ...]:
    result = savings(case)
    automated = (
        f"{_percent(case.eligible_share)} × {_percent(case.answer_quality)}"
        f" × (1 − {_percent(case.recontact_share)})"
    )
    cut = (
        f"min(max(0, 1 − (1 − {_percent(result.automated_share)}) × {case.complexity_factor:.2f}),"
        f" {_percent(case.staffing_cut_limit)})"
    )
    cash = f"{_percent(result.capacity_cut)} × {_percent(case.realisation)}"
    hours = f"{_percent(result.capacity_cut)} × (1 − {_percent(case.realisation)}) × {case.paid_hours:,.0f}"
    return (
        _step("automated_share", _("Conversations the AI ends for good"), automated, result, Unit.SHARE),
        _step("capacity_cut", _("Agent time spared"), cut, result, Unit.SHARE),
        _step("cash_share", _("Share of the basic team's cost released"), cash, result, Unit.SHARE),
        _step("freed_hours", _("Hours freed that stay on the payroll"), hours, result, Unit.HOURS_PER_YEAR),
    )


def _money_steps(case: CostInputs) -> tuple[Step, ...]:
    result = savings(case)
    bills = _sum(case.licence_and_hosting, case.tokens, case.quality_assurance, case.wrong_answer_refunds)
    upkeep = f"{case.upkeep_hours:,.0f} × {case.upkeep_wage_per_hour:,.2f}"
    released, running = _yuan(result.cash_released), _yuan(result.running_cost)
    cash = f"{_percent(result.cash_share)} × {_yuan(result.basic_cost)}"
    first_year = f"{_yuan(result.yearly_net)} − {_yuan(case.one_off)}"
    payback = f"{_yuan(case.one_off)} ÷ (({released} − {running}) ÷ {MONTHS})"
    yuan = Unit.YUAN_PER_YEAR
    return (
        _step("cash_released", _("Cash released"), cash, result, yuan),
        _step("running_cost", _("Running cost of the AI"), f"{bills} + {upkeep}", result, yuan),
        _step("yearly_net", _("Net per year"), f"{released} − {running}", result, yuan),
        _step("first_year_net", _("Net in the first year, one-off cost included"), first_year, result, yuan),
        _step("payback_months", _("Payback"), payback, result, Unit.MONTHS),
        _step("proven_margin", _("Margin proven by a holdout"), _yuan(case.proven_margin), result, yuan),
    )


def _step(key: str, label: Promise, formula: str, result: Savings, unit: Unit) -> Step:
    return Step(key, label, formula, getattr(result, key), unit)


def _percent(share: float) -> str:
    return f"{share:.2%}"


def _yuan(amount: float) -> str:
    return f"{amount:,.0f}"


def _sum(*amounts: float) -> str:
    return " + ".join(_yuan(amount) for amount in amounts if amount) or "0"
