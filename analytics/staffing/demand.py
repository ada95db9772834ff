"""How many customers will ask, per half-hour of a day: the median of recent same weekdays, and a safe figure.

On 273 days of a real call centre no weighting beat the median of the last 6 same weekdays, and a Poisson margin
was far too narrow; so the safe figure comes from how wrong the same forecast was in the last weeks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils.translation import gettext_lazy as _

from analytics.inputs import BadFigure, not_negative, positive
from analytics.staffing.impatience import Floats

HALF_HOURS = 48
WEEKDAYS_USED = 6
ERROR_DAYS = 42
FEWEST_WEEKDAYS = 2
NEIGHBOURS = 200
SAFE_SHARE = 0.80
PRIOR_EVENTS = 3

# Keeps ratios finite where nobody was expected.
HALF = 0.5


class NoHistory(BadFigure):
    sentence = _(
        "No earlier day of the same weekday is known to forecast %(value)s from. Type the expected number."
    )


class NotADay(BadFigure):
    sentence = _("%(field)s must hold 48 half-hours, not %(value)s.")


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Customers who asked for a person on one local day, by half-hour from midnight.

    Days with a promotion are kept out of the baseline: a shop that sold 8 times as much is another shop.
    """

    day: date
    counts: tuple[float, ...]
    promotion: bool = False

    def __post_init__(self) -> None:
        _check_half_hours(counts=self.counts)


@dataclass(frozen=True, slots=True)
class DayForecast:
    """`p50` is as often too high as too low; `p80` is enough on 4 days of 5, None until errors are known.

    `based_on` are the days behind the median, newest first; empty when a person typed the figure.
    """

    day: date
    p50: tuple[float, ...]
    p80: tuple[float, ...] | None
    based_on: tuple[date, ...] = ()

    def times(self, multiplier: float) -> "DayForecast":
        """The same day under a promotion."""
        not_negative(multiplier=multiplier)
        p80 = self.p80 and tuple(multiplier * count for count in self.p80)
        return DayForecast(self.day, tuple(multiplier * count for count in self.p50), p80, self.based_on)


def forecast(history: Iterable[DayCounts], days: Sequence[date]) -> tuple[DayForecast, ...]:
    """One forecast per day asked for, from the ordinary days of `history` before the first of them.

    Raises NoHistory when a weekday never occurred.
    """
    known = {row.day: np.asarray(row.counts) for row in history if not row.promotion and row.day < min(days)}
    errors = _recent_errors(known)
    return tuple(_forecast_day(known, errors, day) for day in days)


def promotion_multiplier(past_events: Sequence[float], category_mean: float) -> float:
    """How many times a normal day: the mean of this shop's own events, drawn toward the category's mean.

    Each entry is observed / baseline of one event; with n events the shop's own mean weighs n / (n + 3).
    """
    positive(category_mean=category_mean)
    total = sum(past_events) + PRIOR_EVENTS * category_mean
    return total / (len(past_events) + PRIOR_EVENTS)


def spread_day(day: date, contacts: float, shape: Sequence[float]) -> DayForecast:
    """A typed number of contacts, spread over the half-hours in proportion to `shape`."""
    not_negative(contacts=contacts)
    _check_half_hours(shape=shape)
    positive(shape=sum(shape))
    return DayForecast(day, tuple(contacts * part / sum(shape) for part in shape), None)


def _check_half_hours(**rows: Sequence[float]) -> None:
    for field, row in rows.items():
        if len(row) != HALF_HOURS:
            raise NotADay(field=field, value=len(row))
        for count in row:
            not_negative(**{field: count})


def _same_weekdays(known: dict[date, Floats], day: date) -> tuple[date, ...]:
    """The last six ordinary days of the same weekday before `day`, newest first."""
    same = (known_day for known_day in known if known_day < day and known_day.weekday() == day.weekday())
    return tuple(sorted(same, reverse=True)[:WEEKDAYS_USED])


def _median(known: dict[date, Floats], days: tuple[date, ...]) -> Floats:
    middle: Floats = np.median([known[day] for day in days], axis=0)
    return middle


def _recent_errors(known: dict[date, Floats]) -> tuple[Floats, Floats]:
    """(expected, observed / expected) of every half-hour of the last weeks, ordered by expected."""
    newest = max(known, default=date.min)
    pairs = [
        (_median(known, before), observed)
        for day, observed in known.items()
        if newest - day < timedelta(days=ERROR_DAYS)
        and len(before := _same_weekdays(known, day)) >= FEWEST_WEEKDAYS
    ]
    expected = np.array([pair[0] for pair in pairs]).ravel()
    observed = np.array([pair[1] for pair in pairs]).ravel()
    order = np.argsort(expected, kind="stable")
    return expected[order], ((observed + HALF) / (expected + HALF))[order]


def _forecast_day(known: dict[date, Floats], errors: tuple[Floats, Floats], day: date) -> DayForecast:
    based_on = _same_weekdays(known, day)
    if not based_on:
        raise NoHistory(field="history", value=day)
    middle = _median(known, based_on)
    p80 = tuple(_safe(middle, *errors)) if len(errors[0]) >= NEIGHBOURS else None
    return DayForecast(day, tuple(middle.tolist()), p80, based_on)


def _safe(middle: Floats, expected: Floats, ratios: Floats) -> list[float]:
    """The 80 % quantile of the errors of those half-hours that were expected to be about as busy."""
    starts = np.searchsorted(expected, middle) - NEIGHBOURS // 2
    starts = np.clip(starts, 0, len(expected) - NEIGHBOURS)
    alike = np.lib.stride_tricks.sliding_window_view(ratios, NEIGHBOURS)[starts]
    safe = (middle + HALF) * np.quantile(alike, SAFE_SHARE, axis=1) - HALF
    result: list[float] = np.maximum(safe, middle).tolist()
    return result
