"""The days that a report is about."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Self

from django.utils.translation import gettext_lazy as _

from analytics.inputs import BadFigure

MOST_DAYS = 366
DAY = timedelta(days=1)


class BadPeriod(BadFigure):
    sentence = _("A period runs from a day to a later one, over at most %(days)s days.")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the shop's time zone, `first` to `last`, both included; 1 to 366 of them."""

    first: date
    last: date
    zone: tzinfo

    def __post_init__(self) -> None:
        if not 1 <= self.length <= MOST_DAYS:
            raise BadPeriod(days=MOST_DAYS)

    @classmethod
    def until_today(cls, days: int, at: datetime, zone: tzinfo) -> Self:
        """The last `days` days, today included."""
        today = at.astimezone(zone).date()
        return cls(today - (days - 1) * DAY, today, zone)

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def since(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time(), self.zone)

    @property
    def until(self) -> datetime:
        """The first moment after."""
        return datetime.combine(self.last + DAY, time(), self.zone)

    @property
    def before(self) -> "Period":
        """As many days right before."""
        return Period(self.first - self.length * DAY, self.first - DAY, self.zone)

    def days(self) -> tuple[date, ...]:
        return tuple(self.first + number * DAY for number in range(self.length))
