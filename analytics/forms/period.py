"""Which days: the last 7, 30 or 90, or two dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.forms.fields import LOOK
from analytics.period import BadPeriod, Period

PRESETS = (7, 30, 90)
USUAL = 30


def _date_field(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"class": LOOK, "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class PeriodForm(forms.Form):
    days = forms.TypedChoiceField(choices=[(days, days) for days in PRESETS], coerce=int, required=False)
    first = _date_field(_("From"))
    last = _date_field(_("To"))


@dataclass(frozen=True)
class Asked:
    """The period that was asked for, or the usual one with a `problem`. `days` is None for two dates."""

    period: Period
    days: int | None
    form: PeriodForm
    problem: str = ""


def period_of(query: Mapping[str, Any], *, at: datetime, zone: tzinfo) -> Asked:
    """Reads `first` and `last`, or `days`, from the address. Never raises."""
    form = PeriodForm(query)
    usual = Period.until_today(USUAL, at, zone)
    if not form.is_valid():
        return _asked(usual, USUAL, problem=str(_("A period needs a first and a last day.")))
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    if not (first and last):
        days = form.cleaned_data["days"] or USUAL
        return _asked(Period.until_today(days, at, zone), days)
    try:
        return _asked(Period(first, last, zone), None)
    except BadPeriod as refusal:
        return _asked(usual, USUAL, problem=str(refusal))


def _asked(period: Period, days: int | None, problem: str = "") -> Asked:
    return Asked(period, days, PeriodForm(initial={"first": period.first, "last": period.last}), problem)
