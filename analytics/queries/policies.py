"""What a shop has typed: its cost inputs and its staffing policy."""

from analytics.models import CostAssumption, StaffingPolicy
from analytics.savings.inputs import CaseRange, CostInputs
from analytics.savings.names import REQUIRED
from cscore.commerce.models import Shop


def assumptions(shop: Shop) -> dict[str, CostAssumption]:
    """The shop's cost inputs by name."""
    rows = CostAssumption.objects.filter(shop=shop).select_related("set_by")
    return {row.name: row for row in rows}


def missing(rows: dict[str, CostAssumption]) -> list[str]:
    """The inputs without which no savings can be worked out, by their labels."""
    return [str(name.label) for name in REQUIRED if name.value not in rows]


def case_range(rows: dict[str, CostAssumption]) -> CaseRange:
    """Three cases; what is not typed has its default in all of them. Needs every required input."""
    return CaseRange(
        low=CostInputs(**{name: row.low for name, row in rows.items()}),
        expected=CostInputs(**{name: row.expected for name, row in rows.items()}),
        high=CostInputs(**{name: row.high for name, row in rows.items()}),
    )


def staffing_policy(shop: Shop) -> StaffingPolicy | None:
    """What the shop has saved, if anything."""
    return StaffingPolicy.objects.filter(shop=shop).select_related("set_by").first()
