"""Shares in words."""

from django import template

register = template.Library()


@register.filter
def share(value: float | None) -> str:
    """0.341 is 34.1%; a dash where there is nothing to divide by."""
    return "–" if value is None else f"{value:.1%}"
