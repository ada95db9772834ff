"""Fields that look like the theme's and speak per cent."""

from typing import Any

from django import forms
from unfold.widgets import BASE_INPUT_CLASSES

LOOK = " ".join(BASE_INPUT_CLASSES)
PERCENT = 100.0


def number_input(**attributes: str) -> forms.NumberInput:
    """A number with any decimals."""
    return forms.NumberInput(attrs={"class": LOOK, "step": "any", **attributes})


class FigureField(forms.FloatField):
    """A number that is shown without a needless .0."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.12g}" if isinstance(value, float) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class PercentField(FigureField):
    """Typed in per cent, kept as a share from 0 to 1."""

    is_percent = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"min_value": 0, "max_value": PERCENT, "widget": number_input()})

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(value * PERCENT if isinstance(value, float) else value)

    def clean(self, value: Any) -> Any:
        percent = super().clean(value)
        return None if percent is None else percent / PERCENT
