"""Figures in words: shares, seconds, money and changes."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from analytics.reports.figures import Figure

register = template.Library()
UNKNOWN = "–"
MINUTE = 60
SHADES = 5


@register.filter
def share(value: float | None) -> str:
    """0.341 is 34.1%."""
    return UNKNOWN if value is None else f"{value:.1%}"


@register.filter
def seconds(value: float | None) -> str:
    """0.004 s, 0.3 s, 45 s, 3 min 20 s."""
    if value is None:
        return UNKNOWN
    if abs(value) < MINUTE:
        digits = 3 if abs(value) < 0.1 else 1
        return _("%(seconds)s s") % {"seconds": f"{value:.{digits}f}"}
    minutes, rest = divmod(round(abs(value)), MINUTE)
    sign = "-" if value < 0 else ""
    return _("%(minutes)s min %(seconds)s s") % {"minutes": f"{sign}{minutes}", "seconds": rest}


@register.filter
def in_unit(value: float | None, unit: str) -> str:
    """A share or a time."""
    return seconds(value) if unit == "seconds" else share(value)


@register.filter
def change(figure: Figure) -> str:
    """Against the period before, with its sign."""
    if figure.change is None:
        return ""
    sign = "+" if figure.change > 0 else "−" if figure.change < 0 else "±"
    if figure.unit == "seconds":
        return sign + seconds(abs(figure.change))
    return _("%(points)s points") % {"points": f"{sign}{abs(figure.change) * 100:.1f}"}


@register.filter
def yuan(value: float | None) -> str:
    """Whole yuan with thousands parted, as in the formulas beside them."""
    if value is None:
        return UNKNOWN
    return f"{'−' if round(value) < 0 else ''}¥{abs(round(value)):,}"


@register.filter
def decimal(value: float | None, places: int = 1) -> str:
    """A number with so many places."""
    return UNKNOWN if value is None else f"{value:,.{places}f}"


@register.filter
def step_value(step: Any) -> str:
    """The result of one step of the savings, in its unit."""
    if step.value is None:
        return _("never")
    return {"share": share, "yuan_per_year": yuan}.get(step.unit, decimal)(step.value)


@register.filter
def shade(count: int, most: int) -> int:
    """0 for nothing, 1 to 5 for how near it comes to the most."""
    return 0 if not count or not most else max(1, round(SHADES * count / most))


@register.filter
def at(row: Any, place: int) -> Any:
    """The entry at this place."""
    return row[place]


@register.filter
def percent(value: float | None) -> str:
    """0.341 is 34.1, for a field that asks for per cent; a point whatever the language."""
    return "" if value is None else f"{value * 100:.2f}"
