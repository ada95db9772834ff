"""How displeased customers sounded of late, how many senior agents would hear of at each threshold, and what the shop's
rated chats taught."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chat.models import BotSettings, DispleasureLesson
from cscore.commerce.models import Shop
from cscore.language.displeasure import HEIGHTS, THRESHOLD, Seen

# Numbers of customers an hour that a shop may think of.
TAKEABLE: Final = (1, 2, 3, 5, 8, 12, 20)


@dataclass(frozen=True, slots=True)
class Option:
    """So many an hour at most, the threshold that follows, and how many it would really be."""

    most: int
    is_chosen: bool
    threshold: float
    expected: float
    share: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """Areas under the curve on the shop's own rated chats, None with too few of them."""

    at: datetime
    chats: int
    bad: int
    shipped: float | None
    taught: float | None
    is_kept: bool


@dataclass(frozen=True, slots=True)
class UpsetReport:
    """`threshold` is the one in use; `most` how many an hour were asked for, None for the measured threshold."""

    threshold: float
    most: int | None
    seen: Seen | None
    options: Sequence[Option]
    lesson: Lesson | None

    @property
    def expected(self) -> float:
        """Customers an hour that the threshold in use would have given to senior agents."""
        return self.seen.expected(self.threshold) if self.seen else 0.0

    @property
    def curve(self) -> Sequence[tuple[float, float]]:
        """Thresholds with the customers an hour that each would have given to senior agents."""
        return tuple(zip(HEIGHTS, self.seen.per_hour, strict=True)) if self.seen else ()


def upset_report(shop: Shop) -> UpsetReport:
    """Two queries."""
    settings = BotSettings.objects.filter(shop=shop).first() or BotSettings(shop=shop)
    seen, most = settings.seen, settings.upset_per_hour
    threshold = THRESHOLD if settings.upset_threshold is None else settings.upset_threshold
    asked = sorted({*TAKEABLE, *([most] if most is not None else [])})
    options = [_option(seen, one, is_chosen=one == most) for one in asked] if seen and seen.chats else []
    # Once everybody who may sound upset is given to people, a greater number changes nothing.
    lowest = next((option.most for option in options if option.threshold == HEIGHTS[0]), None)
    shown = [option for option in options if lowest is None or option.most <= lowest or option.is_chosen]
    return UpsetReport(threshold, most, seen, shown, _lesson(shop))


def _option(seen: Seen, most: int, *, is_chosen: bool) -> Option:
    threshold = seen.threshold(most)
    expected = seen.expected(threshold)
    return Option(most, is_chosen, threshold, expected, expected * seen.hours / seen.chats)


def _lesson(shop: Shop) -> Lesson | None:
    columns = ("trained_at", "report", "data")
    row = DispleasureLesson.objects.filter(shop=shop).values_list(*columns).first()
    return Lesson(row[0], **row[1], is_kept=bool(row[2])) if row else None
