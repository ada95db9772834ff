"""The cost inputs in words: what to ask a manager for, in which unit, and which of them a report cannot do without."""

from dataclasses import fields

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.savings.inputs import SHARES, CostInputs


class CostInput(models.TextChoices):
    """The fields of CostInputs, in their order."""

    WAGES = "wages", _("Wages")
    SOCIAL_INSURANCE = "social_insurance", _("Social insurance")
    BONUS = "bonus", _("Bonus")
    RECRUITMENT = "recruitment", _("Recruitment")
    TRAINING = "training", _("Training")
    MANAGEMENT_SHARE = "management_share", _("Management, this team's part")
    SEATS = "seats", _("Seats: room, computer, network")
    OUTSOURCING = "outsourcing", _("Outsourcing")
    BASIC_SHARE = "basic_share", _("Basic service, of the team's cost")
    PAID_HOURS = "paid_hours", _("Paid hours of the basic team")
    ELIGIBLE_SHARE = "eligible_share", _("Conversations the articles can answer")
    ANSWER_QUALITY = "answer_quality", _("Of these, answered right")
    RECONTACT_SHARE = "recontact_share", _("Of these, customers who come back")
    COMPLEXITY_FACTOR = "complexity_factor", _("Handle time of what remains / of all")
    STAFFING_CUT_LIMIT = "staffing_cut_limit", _("Agent hours that promises let you spare")
    REALISATION = "realisation", _("Of the spared time, leaves the payroll")
    LICENCE_AND_HOSTING = "licence_and_hosting", _("Licence and hosting")
    TOKENS = "tokens", _("Language model, paid by use")
    UPKEEP_HOURS = "upkeep_hours", _("Hours for the articles")
    UPKEEP_WAGE_PER_HOUR = "upkeep_wage_per_hour", _("Cost of one such hour")
    QUALITY_ASSURANCE = "quality_assurance", _("Checking conversations")
    WRONG_ANSWER_REFUNDS = "wrong_answer_refunds", _("Refunds for wrong answers")
    ONE_OFF = "one_off", _("One-off: set-up, first articles, training")
    PROVEN_MARGIN = "proven_margin", _("Extra margin proven by a holdout")


YUAN_A_YEAR, HOURS_A_YEAR = _("yuan a year"), _("hours a year")
UNITS: dict[str, Promise] = {
    CostInput.PAID_HOURS: HOURS_A_YEAR,
    CostInput.COMPLEXITY_FACTOR: _("ratio"),
    CostInput.UPKEEP_HOURS: HOURS_A_YEAR,
    CostInput.UPKEEP_WAGE_PER_HOUR: _("yuan an hour"),
    CostInput.ONE_OFF: _("yuan once"),
    **dict.fromkeys(SHARES, _("%")),
}

HELP: dict[str, Promise] = {
    CostInput.WAGES: _("All basic and other service staff, before tax, with commission."),
    CostInput.BASIC_SHARE: _("The part of the cost that goes into questions an AI could take over."),
    CostInput.ELIGIBLE_SHARE: _(
        "From a sample, or measured here: conversations in which the AI had an answer."
    ),
    CostInput.ANSWER_QUALITY: _("From a sample that a person graded."),
    CostInput.COMPLEXITY_FACTOR: _("What is left for people is harder; 1.2 means 20 percent longer."),
    CostInput.STAFFING_CUT_LIMIT: _("Compare two staffing plans; 100 percent if you have not."),
    CostInput.REALISATION: _(
        "Leavers not replaced, overtime and outsourcing cancelled. The rest is hours, not money."
    ),
    CostInput.PROVEN_MARGIN: _("Leave 0 without an experiment."),
}

GROUPS: tuple[tuple[Promise, tuple[CostInput, ...]], ...] = (
    (
        _("The team now"),
        (
            CostInput.WAGES,
            CostInput.SOCIAL_INSURANCE,
            CostInput.BONUS,
            CostInput.RECRUITMENT,
            CostInput.TRAINING,
            CostInput.MANAGEMENT_SHARE,
            CostInput.SEATS,
            CostInput.OUTSOURCING,
            CostInput.BASIC_SHARE,
            CostInput.PAID_HOURS,
        ),
    ),
    (
        _("What the AI takes over"),
        (
            CostInput.ELIGIBLE_SHARE,
            CostInput.ANSWER_QUALITY,
            CostInput.RECONTACT_SHARE,
            CostInput.COMPLEXITY_FACTOR,
            CostInput.STAFFING_CUT_LIMIT,
            CostInput.REALISATION,
        ),
    ),
    (
        _("What the AI costs"),
        (
            CostInput.LICENCE_AND_HOSTING,
            CostInput.TOKENS,
            CostInput.UPKEEP_HOURS,
            CostInput.UPKEEP_WAGE_PER_HOUR,
            CostInput.QUALITY_ASSURANCE,
            CostInput.WRONG_ANSWER_REFUNDS,
            CostInput.ONE_OFF,
        ),
    ),
    (_("Revenue"), (CostInput.PROVEN_MARGIN,)),
)

DEFAULTS: dict[str, float] = {
    field.name: field.default for field in fields(CostInputs) if isinstance(field.default, float)
}
REQUIRED = tuple(name for name in CostInput if name.value not in DEFAULTS)


def unit_of(name: str) -> Promise:
    """The unit in which people type the input."""
    return UNITS.get(name, YUAN_A_YEAR)


def is_share(name: str) -> bool:
    """Shares are typed in per cent and kept from 0 to 1."""
    return name in SHARES
