"""Forecasts for shops where most half-hours have no contact: the level of the day times the shape of all days.

With less than one contact in most half-hours the median half-hour is 0, and a plan made from it would staff nobody.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from analytics.staffing.demand import (
    ERROR_DAYS,
    HALF_HOURS,
    SAFE_SHARE,
    WEEKDAYS_USED,
    DayCounts,
    DayForecast,
    NoHistory,
    forecast,
)

QUIET_BELOW = float(HALF_HOURS)
FEWEST_DAYS_FOR_P80 = 10


def forecast_any(history: Iterable[DayCounts], days: Sequence[date]) -> tuple[DayForecast, ...]:
    """`demand.forecast`, or the quiet one when the median day holds less than a contact in a half-hour.

    Raises NoHistory without an ordinary day before the first of `days`, or when a busy shop never knew a weekday.
    """
    known = [row for row in history if not row.promotion and row.day < min(days)]
    if not known:
        raise NoHistory(field="history", value=min(days))
    if np.median([sum(row.counts) for row in known]) >= QUIET_BELOW:
        return forecast(known, days)
    return tuple(_quiet_day(known, day) for day in days)


def shape_of(history: Sequence[DayCounts]) -> tuple[float, ...] | None:
    """Contacts by half-hour over all days, each averaged with its neighbours; None without any contact."""
    total = np.sum([row.counts for row in history], axis=0) if history else np.zeros(HALF_HOURS)
    smooth = (np.roll(total, 1) + total + np.roll(total, -1)) / 3
    return tuple(smooth.tolist()) if smooth.sum() else None


def _quiet_day(known: Sequence[DayCounts], day: date) -> DayForecast:
    """The mean of the last six same weekdays (of all recent days when there are none), spread by the shape."""
    recent = [row for row in known if day - row.day <= timedelta(days=ERROR_DAYS)] or known
    same = [row for row in recent if row.day.weekday() == day.weekday()][-WEEKDAYS_USED:] or recent
    totals = [sum(row.counts) for row in recent]
    level = float(np.mean([sum(row.counts) for row in same]))
    shape = np.array(shape_of(known) or [1.0] * HALF_HOURS)
    shape /= shape.sum()
    safe = max(level, float(np.quantile(totals, SAFE_SHARE)))
    p80 = tuple((safe * shape).tolist()) if len(recent) >= FEWEST_DAYS_FOR_P80 else None
    return DayForecast(day, tuple((level * shape).tolist()), p80, tuple(row.day for row in reversed(same)))
