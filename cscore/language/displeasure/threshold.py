"""From how many upset customers senior agents can take to how displeased one must sound."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Below an even chance nobody is disturbed, however much time he has; an overt threat scores 1 and reaches any height.
LOWEST: Final = 0.5
HEIGHTS: Final = tuple(LOWEST + step / 100 for step in range(51))


@dataclass(frozen=True, slots=True)
class Seen:
    """Chats of some weeks and how displeased each sounded at its worst: how many reached each of HEIGHTS, and in how
    many hours there was a chat at all."""

    chats: int
    hours: int
    reached: tuple[int, ...]

    @classmethod
    def of(cls, worst: Sequence[float], hours: int) -> "Seen":
        """The worst score of each chat; a score reaches a height that it equals."""
        ranked = sorted(worst)
        return cls(len(ranked), hours, tuple(len(ranked) - bisect_left(ranked, height) for height in HEIGHTS))

    @property
    def per_hour(self) -> tuple[float, ...]:
        """Customers that each of HEIGHTS would have given to senior agents, in an hour with chats."""
        return tuple(count / max(self.hours, 1) for count in self.reached)

    def threshold(self, most_per_hour: float) -> float:
        """The lowest of HEIGHTS that gives them no more an hour; the highest when even threats alone are more."""
        fitting = (
            height for height, found in zip(HEIGHTS, self.per_hour, strict=True) if found <= most_per_hour
        )
        return next(fitting, HEIGHTS[-1])

    def expected(self, threshold: float) -> float:
        """Customers an hour whom this threshold would have given to senior agents."""
        place = min(math.ceil(round((threshold - LOWEST) * 100, 6)), len(HEIGHTS) - 1)
        return self.per_hour[max(place, 0)]
