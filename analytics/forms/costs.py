"""The cost inputs as one form: three figures and a source for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.forms.fields import LOOK, FigureField, PercentField, number_input
from analytics.models import CostAssumption
from analytics.reports.savings import MeasuredInput, OwnData
from analytics.savings.names import DEFAULTS, GROUPS, HELP, CostInput, is_share, unit_of

CASES: dict[str, Promise] = {"low": _("Cautious"), "expected": _("Expected"), "high": _("Optimistic")}


@dataclass(frozen=True)
class InputRow:
    """One cost input on the page."""

    name: CostInput
    unit: Promise
    help: Promise | str
    low: forms.BoundField
    expected: forms.BoundField
    high: forms.BoundField
    note: forms.BoundField
    measured: MeasuredInput | None

    @property
    def errors(self) -> list[str]:
        fields = (self.low, self.expected, self.high, self.note)
        return [str(error) for field in fields for error in field.errors]


class CostForm(forms.Form):
    """Each input is left empty, or has all three figures; of a figure that is certain, the expected one is enough."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, rows: Mapping[str, CostAssumption], own: OwnData
    ) -> None:
        super().__init__(data)
        self._own = own
        for name in CostInput:
            self._add(name, rows.get(name.value))

    def _add(self, name: CostInput, row: CostAssumption | None) -> None:
        for case, label in CASES.items():
            field = PercentField if is_share(name) else FigureField
            options: dict[str, Any] = {} if is_share(name) else {"min_value": 0, "widget": number_input()}
            self.fields[f"{name}-{case}"] = field(
                label=f"{name.label}: {label}",
                required=False,
                initial=getattr(row, case) if row else DEFAULTS.get(name.value) or None,
                **options,
            )
        self.fields[f"{name}-note"] = forms.CharField(
            label=f"{name.label}: {_('source')}",
            required=False,
            max_length=200,
            initial=row.note if row else "",
            widget=forms.TextInput(attrs={"class": LOOK}),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in CostInput:
            figures = [values.get(f"{name}-{case}") for case in CASES]
            if figures[1] is None and any(figure is not None for figure in figures):
                self.add_error(f"{name}-expected", _("The expected figure is missing."))
        return values

    def figures(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(name, what set_assumption takes) of every input that was typed."""
        for name in CostInput:
            values = {case: self.cleaned_data[f"{name}-{case}"] for case in CASES}
            expected = values["expected"]
            if expected is not None:
                filled = {case: expected if value is None else value for case, value in values.items()}
                yield name.value, filled | {"note": self.cleaned_data[f"{name}-note"]}

    def groups(self) -> list[tuple[Promise, list[InputRow]]]:
        """The rows as the page shows them."""
        return [(title, [self._row(name) for name in names]) for title, names in GROUPS]

    def _row(self, name: CostInput) -> InputRow:
        return InputRow(
            name=name,
            unit=unit_of(name),
            help=HELP.get(name, ""),
            low=self[f"{name}-low"],
            expected=self[f"{name}-expected"],
            high=self[f"{name}-high"],
            note=self[f"{name}-note"],
            measured=self._own.of(name),
        )
