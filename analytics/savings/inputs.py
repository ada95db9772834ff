"""Everything a savings report assumes: each assumption is a field that the manager sees and edits."""

from dataclasses import dataclass, fields
from typing import Self

from django.utils.translation import gettext_lazy as _

from analytics.inputs import BadFigure, between, not_negative

SHARES = (
    "basic_share",
    "eligible_share",
    "answer_quality",
    "recontact_share",
    "realisation",
    "staffing_cut_limit",
)


class NotInOrder(BadFigure):
    sentence = _("The expected %(field)s must lie between the low and the high one, not at %(value)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostInputs:
    """One case. Money is yuan per year as float (an estimate, not bookkeeping); shares run from 0 to 1.

    The team now: `wages`, `social_insurance`, `bonus`, `recruitment`, `training`, `management_share`, `seats`,
    `outsourcing`; `basic_share` of it is basic service, which is what an AI can take over, and `paid_hours`
    are the hours of the basic team per year.

    The AI: `eligible_share` of the conversations is answerable from the knowledge base, `answer_quality` of
    these were graded correct by a person, `recontact_share` of those customers came back all the same.
    `complexity_factor`: handle time of what remains / handle time of all. `staffing_cut_limit`: the share of
    agent hours that two staffing plans (now, and with the remaining contacts) show can really be spared.
    `realisation`: the share of the spared capacity that leaves the payroll.

    What it costs: `licence_and_hosting`, `tokens`, `upkeep_hours` of the knowledge base at
    `upkeep_wage_per_hour`, `quality_assurance`, `wrong_answer_refunds` a year, and `one_off` once.

    `proven_margin`: extra contribution margin that a randomised holdout supports; it stays a line of its own.
    """

    wages: float
    social_insurance: float = 0.0
    bonus: float = 0.0
    recruitment: float = 0.0
    training: float = 0.0
    management_share: float = 0.0
    seats: float = 0.0
    outsourcing: float = 0.0
    basic_share: float = 1.0
    paid_hours: float = 0.0
    eligible_share: float
    answer_quality: float
    recontact_share: float
    complexity_factor: float
    staffing_cut_limit: float = 1.0
    realisation: float
    licence_and_hosting: float = 0.0
    tokens: float = 0.0
    upkeep_hours: float = 0.0
    upkeep_wage_per_hour: float = 0.0
    quality_assurance: float = 0.0
    wrong_answer_refunds: float = 0.0
    one_off: float = 0.0
    proven_margin: float = 0.0

    def __post_init__(self) -> None:
        not_negative(**self.figures())
        between(0.0, 1.0, **{name: getattr(self, name) for name in SHARES})

    def figures(self) -> dict[str, float]:
        """Every assumption by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def team_cost(self) -> float:
        """The loaded cost of the team now."""
        people = self.wages + self.social_insurance + self.bonus + self.recruitment + self.training
        return people + self.management_share + self.seats + self.outsourcing


@dataclass(frozen=True, slots=True)
class CaseRange:
    """Three cases, `low` being the one that saves least. Every assumption of `expected` lies between the two."""

    low: CostInputs
    expected: CostInputs
    high: CostInputs

    def __post_init__(self) -> None:
        low, high = self.low.figures(), self.high.figures()
        for field, value in self.expected.figures().items():
            if not min(low[field], high[field]) <= value <= max(low[field], high[field]):
                raise NotInOrder(field=field, value=value)

    @classmethod
    def certain(cls, case: CostInputs) -> Self:
        """A range without width."""
        return cls(case, case, case)
