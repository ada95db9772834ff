"""How many agents, half-hour by half-hour: a forecast, a way of working and promises in; a plan out."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from analytics.inputs import between, not_negative, positive
from analytics.staffing.chat import ChatWork, Levels, chat_team, concurrencies
from analytics.staffing.service import HALF_HOUR_SECONDS, Arrivals, Service
from analytics.staffing.targets import Constraint, Targets, Team

# 63 / (1 - 0.3) is 90.00000000000001 in floats; nobody hires a person for that.
ROUNDING_ERROR = 1e-9


@dataclass(frozen=True, slots=True)
class HalfHour:
    """What is expected from `starts_at` on: `contacts` for a person, and the fewest agents the shop wants there.

    `ai_only` means that nobody is on duty; who needs a person is called back later.
    """

    starts_at: datetime
    contacts: float
    at_least: int = 0
    ai_only: bool = False

    def __post_init__(self) -> None:
        not_negative(contacts=self.contacts, at_least=self.at_least)


@dataclass(frozen=True, slots=True)
class Policy:
    """How the team works and what it promises.

    `shrinkage`: share of paid time that is not spent with customers (breaks, leave, training), 0 to 0.9.
    `chats_at_a_time`: the levels to compare; the plan uses the highest whose replies come in time.
    """

    work: ChatWork
    targets: Targets
    shrinkage: float = 0.30
    chats_at_a_time: tuple[int, ...] = (1, 3, 5, 8)

    def __post_init__(self) -> None:
        between(0.0, 0.9, shrinkage=self.shrinkage)
        positive(chats_at_a_time=len(self.chats_at_a_time))

    def levels(self) -> dict[int, Levels]:
        """One agent at every number of chats to compare, fewest first."""
        return {chats: concurrencies(self.work, chats) for chats in sorted(self.chats_at_a_time)}

    def chats_in_time(self) -> int:
        """The most chats whose mean reply keeps the target; the fewest compared when none does."""
        slow = self.targets.reply_seconds
        in_time = [chats for chats, rows in self.levels().items() if rows[-1].reply_seconds <= slow]
        return max(in_time, default=min(self.chats_at_a_time))


@dataclass(frozen=True, slots=True)
class HalfHourPlan:
    """`agents` at work with customers, `rostered` paid for (a fraction: round only sums of it).

    `load_erlangs` is the work in chats that have their agent alone. `agents_by_chats` pairs chats at a time
    with the agents it would take. `service` is what the plan predicts, None while only the AI is there.
    """

    starts_at: datetime
    contacts: float
    load_erlangs: float
    agents_by_chats: tuple[tuple[int, int], ...]
    agents: int
    rostered: float
    binding: tuple[Constraint, ...]
    service: Service | None


@dataclass(frozen=True, slots=True)
class StaffingPlan:
    """`replies_in_time` is False when even the fewest chats at a time are too slow: agents cannot cure that."""

    policy: Policy
    chats_at_a_time: int
    reply_seconds: float
    half_hours: tuple[HalfHourPlan, ...]

    @property
    def replies_in_time(self) -> bool:
        return self.reply_seconds <= self.policy.targets.reply_seconds

    @property
    def peak_agents(self) -> int:
        return max((row.agents for row in self.half_hours), default=0)

    @property
    def agent_hours(self) -> float:
        """Hours with customers."""
        return sum(row.agents for row in self.half_hours) / 2

    @property
    def paid_hours(self) -> float:
        """Hours to pay for, with shrinkage."""
        return sum(row.rostered for row in self.half_hours) / 2

    def heads(self, paid_hours_each: float) -> int:
        """People to employ when each is paid so many hours in the time of the plan. The one rounding there is."""
        positive(paid_hours_each=paid_hours_each)
        return whole_heads(self.paid_hours / paid_hours_each)


def rostered(agents: float, shrinkage: float) -> float:
    """Agents to roster so that `agents` are at work: a fraction, to be summed before it is rounded."""
    between(0.0, 0.9, shrinkage=shrinkage)
    return agents / (1 - shrinkage)


def whole_heads(fraction: float) -> int:
    """Up to the next whole person, forgiving the last digits of a float."""
    return math.ceil(fraction - ROUNDING_ERROR)


def staffing_plan(half_hours: Iterable[HalfHour], policy: Policy) -> StaffingPlan:
    """The smallest teams that keep the promises; half-hours are taken as independent of each other."""
    levels, chosen = policy.levels(), policy.chats_in_time()

    # Half-hours of a week are often alike, and a team is slow to find.
    @cache
    def teams(contacts: float, at_least: int, ai_only: bool) -> dict[int, Team]:
        return {chats: _team(contacts, at_least, ai_only, policy, rows) for chats, rows in levels.items()}

    rows = tuple(
        _plan_half_hour(row, policy, teams(row.contacts, row.at_least, row.ai_only), chosen)
        for row in half_hours
    )
    return StaffingPlan(policy, chosen, levels[chosen][-1].reply_seconds, rows)


def _plan_half_hour(half_hour: HalfHour, policy: Policy, teams: dict[int, Team], chosen: int) -> HalfHourPlan:
    arrivals, team = Arrivals(half_hour.contacts), teams[chosen]
    too_slow = any(other.agents < team.agents for chats, other in teams.items() if chats > chosen)
    return HalfHourPlan(
        starts_at=half_hour.starts_at,
        contacts=half_hour.contacts,
        load_erlangs=arrivals.per_second * policy.work.single_chat_seconds,
        agents_by_chats=tuple((chats, other.agents) for chats, other in teams.items()),
        agents=team.agents,
        rostered=rostered(team.agents, policy.shrinkage),
        binding=team.binding + ((Constraint.REPLY_TIME,) if too_slow else ()),
        service=None if half_hour.ai_only else team.service,
    )


def _team(contacts: float, at_least: int, ai_only: bool, policy: Policy, levels: Levels) -> Team:
    if ai_only or contacts == 0:
        agents = 0 if ai_only else at_least
        return Team(agents, Service.idle(agents), (Constraint.MINIMUM_COVER,))
    return chat_team(
        Arrivals(contacts, HALF_HOUR_SECONDS),
        levels=levels,
        patience_seconds=policy.work.patience_seconds,
        targets=policy.targets,
        at_least=max(1, at_least),
    )
