"""The demo shop's cost inputs: what its bookkeeper knows, as the figures that a savings report takes."""

from collections.abc import Mapping

from analytics import actions
from cscore.demo import files
from cscore.demo.stock import World

MONTHS = 12
CASES = ("low", "expected", "high")
# Which remark of the bookkeeper belongs to a figure that is called otherwise.
REMARKS = {
    "wages": "monthly_wage_yuan",
    "social_insurance": "social_insurance_share",
    "bonus": "bonus_months",
    "recruitment": "recruitment_yuan_per_hire",
    "training": "training_yuan_per_hire",
    "seats": "seat_yuan_per_month",
    "outsourcing": "outsourcing_yuan_per_year",
    "paid_hours": "paid_hours_per_person_year",
    "licence_and_hosting": "hosting_yuan_per_year",
    "tokens": "tokens_yuan_per_year",
    "upkeep_hours": "kb_upkeep_hours_per_month",
    "upkeep_wage_per_hour": "kb_upkeep_wage_yuan_per_hour",
    "quality_assurance": "quality_check_hours_per_month",
    "wrong_answer_refunds": "wrong_answer_refunds_yuan_per_year",
    "one_off": "one_off_yuan",
}


def load(world: World) -> int:
    """Every input of cost.json that bears on a cost input, through the verb; returns how many were set."""
    count = 0
    for row in files.rows("cost.json"):
        inputs = row["inputs"]
        cases = [figures({name: one[case] for name, one in inputs.items()}) for case in CASES]
        for name in cases[0]:
            low, expected, high = (case[name] for case in cases)
            actions.set_assumption(
                shop=world.shops[row["shop"]],
                name=name,
                low=low,
                expected=expected,
                high=high,
                note=inputs[REMARKS.get(name, name)]["note"],
                by=None,
                at=world.now,
            )
            count += 1
    return count


def figures(known: Mapping[str, float]) -> dict[str, float]:
    """One case: heads, months and hires multiplied out to yuan and hours a year."""
    wages = known["headcount"] * known["monthly_wage_yuan"] * MONTHS
    return {
        "wages": wages,
        "social_insurance": wages * known["social_insurance_share"],
        "bonus": known["headcount"] * known["monthly_wage_yuan"] * known["bonus_months"],
        "recruitment": known["hires_per_year"] * known["recruitment_yuan_per_hire"],
        "training": known["hires_per_year"] * known["training_yuan_per_hire"],
        "management_share": wages * known["management_share"],
        "seats": known["headcount"] * known["seat_yuan_per_month"] * MONTHS,
        "outsourcing": known["outsourcing_yuan_per_year"],
        "basic_share": known["basic_share"],
        "paid_hours": known["headcount"] * known["paid_hours_per_person_year"],
        "eligible_share": known["eligible_share"],
        "answer_quality": known["answer_quality"],
        "recontact_share": known["recontact_share"],
        "complexity_factor": known["complexity_factor"],
        "staffing_cut_limit": known["staffing_cut_limit"],
        "realisation": known["realisation"],
        "licence_and_hosting": known["licence_yuan_per_year"] + known["hosting_yuan_per_year"],
        "tokens": known["tokens_yuan_per_year"],
        "upkeep_hours": known["kb_upkeep_hours_per_month"] * MONTHS,
        "upkeep_wage_per_hour": known["kb_upkeep_wage_yuan_per_hour"],
        "quality_assurance": known["quality_check_hours_per_month"]
        * MONTHS
        * known["kb_upkeep_wage_yuan_per_hour"],
        "wrong_answer_refunds": known["wrong_answer_refunds_yuan_per_year"],
        "one_off": known["one_off_yuan"],
    }
