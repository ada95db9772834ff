"""Checks of the figures that go into a report. Each refusal names the field, so a form can put it there."""

import math

from django.utils.translation import gettext_lazy as _

from cscore.common.errors import Refusal


class BadFigure(Refusal, ValueError):  # noqa: N818 - a refusal, as its parent says
    """No report can be computed from this figure. `details` holds `field`, `value` and the limits."""

    code = "analytics.bad-figure"
    sentence = _("%(field)s cannot be %(value)s.")


class MustBePositive(BadFigure):
    sentence = _("%(field)s must be more than 0, not %(value)s.")


class MustNotBeNegative(BadFigure):
    sentence = _("%(field)s must be 0 or more, not %(value)s.")


class OutOfRange(BadFigure):
    sentence = _("%(field)s must lie between %(low)s and %(high)s, not %(value)s.")


def positive(**figures: float) -> None:
    """Refuse every figure that is not a finite number above 0."""
    for field, value in figures.items():
        if not (math.isfinite(value) and value > 0):
            raise MustBePositive(field=field, value=value)


def not_negative(**figures: float) -> None:
    """Refuse every figure that is not a finite number from 0 up."""
    for field, value in figures.items():
        if not (math.isfinite(value) and value >= 0):
            raise MustNotBeNegative(field=field, value=value)


def between(low: float, high: float, **figures: float) -> None:
    """Refuse every figure outside low..high, both ends allowed."""
    for field, value in figures.items():
        if not low <= value <= high:
            raise OutOfRange(field=field, value=value, low=low, high=high)
