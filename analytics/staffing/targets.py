"""What a shop promises its customers and its agents, and the smallest team that keeps it."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from analytics.inputs import between, not_negative, positive
from analytics.staffing.service import Service


class Constraint(StrEnum):
    """Why one agent fewer would not do."""

    SERVICE_LEVEL = "service_level"
    ABANDONMENT = "abandonment"
    OCCUPANCY = "occupancy"
    REPLY_TIME = "reply_time"
    MINIMUM_COVER = "minimum_cover"


@dataclass(frozen=True, slots=True)
class Targets:
    """`service_level` of the arrivals taken within `within_seconds`, with limits on lost customers and on load.

    Shares run from 0 to 1. `reply_seconds` limits the mean reply inside a chat: it decides how many chats
    an agent may have at a time, never how many agents there are.
    """

    service_level: float = 0.80
    within_seconds: float = 30.0
    abandonment: float = 0.05
    occupancy: float = 0.85
    reply_seconds: float = 45.0

    def __post_init__(self) -> None:
        # No finite team reaches 100 %, and the last digits of a float must not decide.
        between(0.0, 0.999, service_level=self.service_level)
        not_negative(within_seconds=self.within_seconds)
        between(0.0001, 1.0, abandonment=self.abandonment)
        between(0.01, 1.0, occupancy=self.occupancy)
        positive(reply_seconds=self.reply_seconds)

    def missed(self, service: Service) -> tuple[Constraint, ...]:
        """The promises that this service breaks."""
        checks = (
            (Constraint.SERVICE_LEVEL, service.service_level < self.service_level),
            (Constraint.ABANDONMENT, service.abandonment > self.abandonment),
            (Constraint.OCCUPANCY, service.occupancy > self.occupancy),
        )
        return tuple(constraint for constraint, broken in checks if broken)


@dataclass(frozen=True, slots=True)
class Team:
    """The smallest team that keeps the targets, what it gives, and why one agent fewer would not do."""

    agents: int
    service: Service
    binding: tuple[Constraint, ...]


def smallest_team(service_with: Callable[[int], Service], targets: Targets, at_least: int = 1) -> Team:
    """Search upward from `at_least` (1 or more): more agents never serve worse, so halving is exact."""
    positive(at_least=at_least)
    ask = cache(service_with)
    enough = at_least
    while targets.missed(ask(enough)):
        enough *= 2
    candidates = range(at_least, enough + 1)
    agents = at_least + bisect_left(candidates, True, key=lambda n: not targets.missed(ask(n)))
    one_fewer = targets.missed(ask(agents - 1)) if agents > at_least else (Constraint.MINIMUM_COVER,)
    return Team(agents, ask(agents), one_fewer)
