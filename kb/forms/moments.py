"""Days and moments as browsers let people choose them."""

from typing import Any

from django import forms
from unfold.widgets import INPUT_CLASSES


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": " ".join(INPUT_CLASSES)}, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """In the server's time zone, to the minute."""

    input_type = "datetime-local"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs={"class": " ".join(INPUT_CLASSES)} | attrs, format="%Y-%m-%dT%H:%M")
