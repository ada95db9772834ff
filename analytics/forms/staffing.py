"""The staffing policy as a form, and what to try without keeping it."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from analytics.forms.fields import FigureField, PercentField, number_input
from analytics.models import StaffingPolicy
from analytics.reports.staffing import WhatIf

FIELDS = (
    "service_level",
    "within_seconds",
    "abandonment",
    "occupancy",
    "reply_target",
    "chats_at_a_time",
    "reply_seconds",
    "customer_seconds",
    "replies_per_chat",
    "patience_seconds",
    "shrinkage",
    "opens_at",
    "closes_at",
    "at_least",
    "weekly_hours",
)
SHARES = ("service_level", "abandonment", "occupancy", "shrinkage")


def _field(column: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """Shares in per cent, everything else as the column says."""
    if column.name in SHARES:
        wanted = {name: options[name] for name in ("label", "help_text", "initial") if name in options}
        return PercentField(label=column.verbose_name, help_text=column.help_text, **wanted)
    if isinstance(column, models.FloatField):
        options["form_class"] = FigureField
    return column.formfield(widget=number_input(), **options)


class PolicyForm(forms.ModelForm[StaffingPolicy]):
    class Meta:
        model = StaffingPolicy
        fields = FIELDS
        formfield_callback = _field

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("opens_at", 0) >= values.get("closes_at", 24):
            self.add_error("closes_at", _("People must come before they go."))
        return values


class WhatIfForm(forms.Form):
    times = forms.FloatField(
        label=_("times a normal day"),
        required=False,
        min_value=0,
        max_value=100,
        widget=number_input(placeholder="1"),
        help_text=_("For a promotion: what earlier ones brought."),
    )
    daily_contacts = forms.FloatField(
        label=_("customers for a person a day"),
        required=False,
        min_value=0,
        max_value=100_000,
        widget=number_input(),
        help_text=_("Instead of the forecast."),
    )

    def what_if(self) -> WhatIf:
        """Nothing to try when nothing was typed, or nothing sensible."""
        if not self.is_valid():
            return WhatIf()
        times = self.cleaned_data["times"]
        return WhatIf(1.0 if times is None else times, self.cleaned_data["daily_contacts"])
