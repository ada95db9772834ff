"""The demand forecast: which days teach it, and how wide its safe figure is."""

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.inputs import BadFigure
from analytics.staffing.demand import (
    DayCounts,
    DayForecast,
    NoHistory,
    NotADay,
    forecast,
    promotion_multiplier,
    spread_day,
)
from tests.analytics import reference

MONDAY = date(2026, 3, 2)
NEXT_MONDAY = MONDAY + timedelta(weeks=10)


def flat(day: date, count: float, *, promotion: bool = False) -> DayCounts:
    """The same number of contacts in every half-hour."""
    return DayCounts(day, (count,) * 48, promotion)


def mondays(*counts: float) -> list[DayCounts]:
    """One Monday a week, the last of them a week before NEXT_MONDAY."""
    last = len(counts)
    return [flat(NEXT_MONDAY - timedelta(weeks=last - i), count) for i, count in enumerate(counts)]


def noisy_weeks(weeks: int, mean: float) -> list[DayCounts]:
    """Days whose half-hours differ by chance, weekends at half the mean."""
    chance = random.Random(7)
    days = (MONDAY + timedelta(days=i) for i in range(7 * weeks))
    return [
        DayCounts(
            day, tuple(chance.gauss(1, 0.25) * mean * (0.5 if day.weekday() > 4 else 1) for _ in range(48))
        )
        for day in days
    ]


def test_the_median_of_the_last_six_same_weekdays() -> None:
    (day,) = forecast(mondays(1000, 1, 2, 3, 10, 20, 90), [NEXT_MONDAY])

    assert day.p50 == (6.5,) * 48
    assert len(day.based_on) == 6
    assert day.based_on[0] == NEXT_MONDAY - timedelta(weeks=1)


def test_other_weekdays_teach_nothing() -> None:
    history = [*mondays(4, 4), flat(NEXT_MONDAY - timedelta(days=1), 500)]

    (day,) = forecast(history, [NEXT_MONDAY])

    assert day.p50[0] == 4


def test_a_promotion_day_is_replaced_by_an_older_ordinary_day() -> None:
    history = mondays(5, 5, 5, 5, 5, 5, 5)
    big = flat(history[-1].day, 400, promotion=True)

    (day,) = forecast([*history[:-1], big], [NEXT_MONDAY])

    assert day.p50[0] == 5
    assert big.day not in day.based_on
    assert len(day.based_on) == 6


def test_each_half_hour_has_its_own_median() -> None:
    history = [DayCounts(row.day, tuple(range(48))) for row in mondays(0, 0, 0)]

    (day,) = forecast(history, [NEXT_MONDAY])

    assert day.p50 == tuple(range(48))


def test_days_that_are_forecast_together_do_not_teach_each_other() -> None:
    week_ahead = NEXT_MONDAY + timedelta(weeks=1)
    history = [*mondays(4), flat(NEXT_MONDAY, 90)]

    first, second = forecast(history, [NEXT_MONDAY, week_ahead])

    assert first.p50 == second.p50 == (4,) * 48


def test_no_same_weekday_means_no_forecast() -> None:
    with pytest.raises(NoHistory):
        forecast(mondays(1, 2), [NEXT_MONDAY + timedelta(days=1)])


def test_the_safe_figure_waits_until_errors_are_known() -> None:
    (young,) = forecast(mondays(9, 11, 10), [NEXT_MONDAY])
    old = forecast(noisy_weeks(10, 20), [NEXT_MONDAY])[0]

    assert young.p80 is None
    assert old.p80 is not None


def test_the_safe_figure_is_enough_on_four_days_of_five() -> None:
    history = noisy_weeks(30, 40)
    enough = []
    for week in range(12, 30):
        known, coming = history[: 7 * week], history[7 * week : 7 * week + 7]
        for day, seen in zip(forecast(known, [row.day for row in coming]), coming, strict=True):
            assert day.p80 is not None
            enough += [count <= safe for count, safe in zip(seen.counts, day.p80, strict=True)]

    assert sum(enough) / len(enough) == pytest.approx(0.80, abs=0.03)


@given(counts=st.lists(st.floats(0, 200), min_size=48, max_size=48))
@settings(deadline=None)
def test_the_safe_figure_is_never_below_the_middle_one(counts: list[float]) -> None:
    history = [*noisy_weeks(9, 15), DayCounts(MONDAY + timedelta(weeks=9), tuple(counts))]

    (day,) = forecast(history, [NEXT_MONDAY])

    assert day.p80 is not None
    assert all(safe >= middle for safe, middle in zip(day.p80, day.p50, strict=True))


def test_a_promotion_multiplies_both_figures() -> None:
    (day,) = forecast(noisy_weeks(10, 20), [NEXT_MONDAY])

    tripled = day.times(3)

    assert tripled.p50 == pytest.approx([3 * count for count in day.p50])
    assert tripled.p80 == pytest.approx([3 * count for count in day.p80 or ()])
    assert tripled.based_on == day.based_on


@pytest.mark.parametrize(
    ("past", "expected"), [((), 5.0), ((8.0,), 5.75), ((8.0, 8.0, 8.0), 6.5), ((2.0, 4.0, 6.0), 4.5)]
)
def test_few_past_events_lean_on_the_category(past: tuple[float, ...], expected: float) -> None:
    assert promotion_multiplier(past, category_mean=5.0) == pytest.approx(expected)


def test_a_typed_day_is_spread_in_proportion() -> None:
    day = spread_day(MONDAY, 96, (1.0,) * 24 + (3.0,) * 24)

    assert day == DayForecast(MONDAY, (1.0,) * 24 + (3.0,) * 24, None)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: DayCounts(MONDAY, (1.0,) * 47),
        lambda: DayCounts(MONDAY, (-1.0,) * 48),
        lambda: spread_day(MONDAY, -1, (1.0,) * 48),
        lambda: spread_day(MONDAY, 10, (0.0,) * 48),
        lambda: promotion_multiplier((), 0),
    ],
)
def test_counts_that_make_no_sense_are_refused(attempt: Callable[[], object]) -> None:
    with pytest.raises(BadFigure):
        attempt()


def test_a_day_of_another_length_says_so() -> None:
    with pytest.raises(NotADay) as refused:
        DayCounts(MONDAY, (1.0,) * 50)

    assert refused.value.details["value"] == 50


def test_a_real_call_centre_is_forecast_better_than_by_last_week() -> None:
    by_day: dict[date, list[float]] = defaultdict(lambda: [0.0] * 48)
    for row in reference.rows("technion_bank_1999_jan_sep_6min.csv"):
        hour, minute = map(int, row["time"].split(":"))
        by_day[date.fromisoformat(row["date"])][2 * hour + minute // 30] += float(row["calls"])
    history = [DayCounts(day, tuple(counts)) for day, counts in sorted(by_day.items())]
    missed = missed_by_last_week = total = 0.0
    enough = []
    for start in range(91, len(history) - 6, 7):
        coming = history[start : start + 7]
        for offset, day in enumerate(forecast(history[:start], [row.day for row in coming])):
            seen, last_week = coming[offset].counts, history[start + offset - 7].counts
            missed += sum(abs(a - b) for a, b in zip(seen, day.p50, strict=True))
            missed_by_last_week += sum(abs(a - b) for a, b in zip(seen, last_week, strict=True))
            total += sum(seen)
            assert day.p80 is not None
            enough += [count <= safe for count, safe in zip(seen, day.p80, strict=True)]

    assert missed / total < 0.32
    assert missed < 0.85 * missed_by_last_week
    assert 0.75 <= sum(enough) / len(enough) <= 0.85
