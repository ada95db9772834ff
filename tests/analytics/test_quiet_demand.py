from datetime import date, timedelta

import pytest

from analytics.staffing.demand import HALF_HOURS, DayCounts, NoHistory
from analytics.staffing.demand import forecast as median_forecast
from analytics.staffing.quiet import forecast_any, shape_of

MONDAY = date(2026, 6, 1)
NEXT_WEEK = [MONDAY + timedelta(days=28 + number) for number in range(7)]


def day(number: int, **contacts: float) -> DayCounts:
    """The day so many days after the first Monday; `h9=2` are two contacts from nine o'clock on."""
    counts = [0.0] * HALF_HOURS
    for slot, count in contacts.items():
        counts[int(slot[1:]) * 2] = count
    return DayCounts(MONDAY + timedelta(days=number), tuple(counts))


QUIET = [day(number, h10=2 if number % 7 < 5 else 0, h15=1) for number in range(28)]


def test_a_quiet_shop_keeps_the_level_of_each_weekday() -> None:
    totals = [sum(one.p50) for one in forecast_any(QUIET, NEXT_WEEK)]

    assert totals == pytest.approx([3, 3, 3, 3, 3, 1, 1])


def test_where_the_median_half_hour_is_empty_the_quiet_forecast_still_expects_somebody() -> None:
    rare = [day(number, **{f"h{9 + number % 5}": 1}) for number in range(28)]

    assert sum(median_forecast(rare, NEXT_WEEK)[0].p50) == 0
    assert sum(forecast_any(rare, NEXT_WEEK)[0].p50) == pytest.approx(1)


def test_the_safe_figure_is_never_below_the_middle_one() -> None:
    for one in forecast_any(QUIET, NEXT_WEEK):
        assert one.p80 is not None
        assert all(safe >= middle for safe, middle in zip(one.p80, one.p50, strict=True))


def test_the_safe_figure_waits_for_ten_days_of_history() -> None:
    assert forecast_any(QUIET[:9], NEXT_WEEK)[0].p80 is None
    assert forecast_any(QUIET[:10], NEXT_WEEK)[0].p80 is not None


def test_a_busy_shop_is_forecast_by_the_median_of_half_hours() -> None:
    busy = [DayCounts(MONDAY + timedelta(days=number), (2.0,) * HALF_HOURS) for number in range(28)]

    assert forecast_any(busy, NEXT_WEEK) == median_forecast(busy, NEXT_WEEK)


def test_promotions_and_the_future_are_no_history() -> None:
    promotion = DayCounts(MONDAY, (9.0,) * HALF_HOURS, promotion=True)

    with pytest.raises(NoHistory):
        forecast_any([promotion, day(40, h10=5)], NEXT_WEEK)


def test_a_shape_smooths_neighbours_and_is_none_without_contacts() -> None:
    shape = shape_of([day(0, h9=3)])

    assert shape is not None
    assert shape[17:20] == (1.0, 1.0, 1.0)
    assert sum(shape) == 3
    assert shape_of([day(0)]) is None
