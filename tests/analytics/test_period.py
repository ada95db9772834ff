from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from analytics.period import BadPeriod, Period

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_day_begins_at_midnight_of_the_shop() -> None:
    period = Period(date(2026, 6, 1), date(2026, 6, 7), SHANGHAI)

    assert period.since == datetime(2026, 5, 31, 16, tzinfo=UTC)
    assert period.until == datetime(2026, 6, 7, 16, tzinfo=UTC)


def test_the_last_seven_days_hold_today_as_the_shop_sees_it() -> None:
    half_past_midnight = datetime(2026, 6, 7, 16, 30, tzinfo=UTC)

    period = Period.until_today(7, half_past_midnight, SHANGHAI)

    assert (period.first, period.last) == (date(2026, 6, 2), date(2026, 6, 8))
    assert len(period.days()) == period.length == 7


def test_the_period_before_is_as_long_and_ends_where_this_one_begins() -> None:
    period = Period(date(2026, 3, 1), date(2026, 3, 30), SHANGHAI)

    assert period.before.until == period.since
    assert period.before.length == period.length


def test_a_period_with_a_change_of_clocks_has_whole_days() -> None:
    period = Period(date(2026, 3, 28), date(2026, 3, 30), ZoneInfo("Europe/Berlin"))

    assert period.until - period.since == timedelta(days=3)
    assert period.until.astimezone(UTC) - period.since.astimezone(UTC) == timedelta(days=3, hours=-1)


@pytest.mark.parametrize(("first", "last"), [("2026-06-02", "2026-06-01"), ("2025-01-01", "2026-06-01")])
def test_periods_that_run_backwards_or_beyond_a_year_are_refused(first: str, last: str) -> None:
    with pytest.raises(BadPeriod):
        Period(date.fromisoformat(first), date.fromisoformat(last), SHANGHAI)
