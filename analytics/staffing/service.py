"""The words that every staffing model shares: what arrives, what customers get."""

from dataclasses import dataclass
from typing import Self

from analytics.inputs import not_negative, positive

HALF_HOUR_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many customers ask for a person within one interval; a forecast, so fractions are welcome."""

    contacts: float
    interval_seconds: float = HALF_HOUR_SECONDS

    def __post_init__(self) -> None:
        not_negative(contacts=self.contacts)
        positive(interval_seconds=self.interval_seconds)

    @property
    def per_second(self) -> float:
        return self.contacts / self.interval_seconds


@dataclass(frozen=True, slots=True)
class Service:
    """What a team of `agents` gives in one interval. Shares run from 0 to 1, times are seconds.

    `service_level` is the share of all arrivals that an agent takes in time; who gives up counts against it.
    `mean_wait_seconds` is over all arrivals, and infinite when nobody gives up and the team is too small.
    `occupancy` is the mean share of places (agents, or chat slots of agents) that are in use.
    `reply_seconds` is the mean time to one reply inside a chat; None where the model has no chats.
    """

    agents: int
    wait_probability: float
    service_level: float
    mean_wait_seconds: float
    abandonment: float
    occupancy: float
    reply_seconds: float | None = None

    @classmethod
    def idle(cls, agents: int) -> Self:
        """Nobody asks, so nobody waits."""
        return cls(agents, 0.0, 1.0, 0.0, 0.0, 0.0)
