"""What the AI saves this shop, from its own cost inputs; and which of them its own conversations can measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from analytics.kpis.conversion import inquiry_conversion
from analytics.kpis.figures import Rate, rate
from analytics.models import CostAssumption
from analytics.period import Period
from analytics.queries import policies
from analytics.queries.cases import cases
from analytics.queries.rows import Span
from analytics.reports.figures import Cases, chosen
from analytics.savings.explanation import Step, explain
from analytics.savings.inputs import CaseRange
from analytics.savings.names import CostInput
from analytics.savings.report import SavingsRange, savings_range
from analytics.savings.simulation import SimulatedSavings, simulate
from analytics.savings.uplift import smallest_visible_lift
from cscore.commerce.models import Shop

MEASURED_DAYS, DAYS_IN_MONTH = 90, 30
IN_TIME_MONTHS, DRAWS = 6.0, 4_000

# The same inputs give the same draws: who only looks again need not wait again.
_simulated = lru_cache(maxsize=64)(simulate)


@dataclass(frozen=True, slots=True)
class MeasuredInput:
    """A cost input as the shop's own conversations show it; `low` is the end of the interval that saves least."""

    name: CostInput
    share: Rate
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OwnData:
    """The last 90 days. `automated`: settled conversations that the AI ended for good, of all settled ones.

    `visible_lift`: the smallest relative change of conversion that a 10 % holdout of a quarter would show.
    """

    days: int
    conversations: int
    per_month: float
    automated: Rate
    inputs: tuple[MeasuredInput, ...]
    inquiries: int
    visible_lift: float | None

    def of(self, name: str) -> MeasuredInput | None:
        return next((row for row in self.inputs if row.name == name), None)


@dataclass(frozen=True, slots=True)
class StepRange:
    """One step of the working in the three cases."""

    low: Step
    expected: Step
    high: Step


@dataclass(frozen=True, slots=True)
class SavingsReport:
    """`range`, `steps` and `simulated` are None or empty while an input is `missing`."""

    shop: Shop
    assumptions: Mapping[str, CostAssumption]
    missing: tuple[str, ...]
    own: OwnData
    range: SavingsRange | None = None
    steps: tuple[StepRange, ...] = ()
    simulated: SimulatedSavings | None = None


def savings_report(shop: Shop, *, at: datetime, zone: tzinfo) -> SavingsReport:
    """Everything on the page. Eight queries."""
    rows = policies.assumptions(shop)
    missing, own = tuple(policies.missing(rows)), own_data(shop, at=at, zone=zone)
    if missing:
        return SavingsReport(shop, rows, missing, own)
    three = policies.case_range(rows)
    return SavingsReport(
        shop,
        rows,
        missing,
        own,
        range=savings_range(three),
        steps=_steps(three),
        simulated=_simulated(three, draws=DRAWS, in_time_months=IN_TIME_MONTHS),
    )


def own_data(shop: Shop, *, at: datetime, zone: tzinfo) -> OwnData:
    """What the last 90 days show."""
    period = Period.until_today(MEASURED_DAYS, at, zone)
    known = cases(Span(shop, period.since, period.until), at)
    settled = [case for case in known if case.watched]
    first = known[0].opened_at if known else at
    days = max(1, min(MEASURED_DAYS, (at - first) // timedelta(days=1) + 1))
    inquiries = inquiry_conversion(case.inquiry for case in known if case.inquiry).converted
    return OwnData(
        days=days,
        conversations=len(known),
        per_month=len(known) / days * DAYS_IN_MONTH,
        automated=rate(len(chosen(settled, "ai_resolved")), len(settled)),
        inputs=_inputs(settled),
        inquiries=inquiries.denominator,
        visible_lift=smallest_visible_lift(inquiries.share or 0.0, inquiries.denominator),
    )


def _inputs(settled: Cases) -> tuple[MeasuredInput, ...]:
    """How many conversations the AI had an answer for, and how many of those it ended came back."""
    back, resolved = len(chosen(settled, "came_back")), len(chosen(settled, "ai_resolved"))
    eligible = rate(sum(case.bot_answered for case in settled), len(settled))
    recontact = rate(back, back + resolved)
    return (
        MeasuredInput(CostInput.ELIGIBLE_SHARE, eligible, eligible.low, eligible.high),
        MeasuredInput(CostInput.RECONTACT_SHARE, recontact, recontact.high, recontact.low),
    )


def _steps(three: CaseRange) -> tuple[StepRange, ...]:
    working = zip(explain(three.low), explain(three.expected), explain(three.high), strict=True)
    return tuple(StepRange(*steps) for steps in working)
