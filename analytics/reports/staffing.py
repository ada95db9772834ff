"""How many agents each half-hour of the coming week needs, and how many chats at a time one agent may have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from django.utils.functional import Promise

from analytics.models import StaffingPolicy
from analytics.queries.demand import chats_with_people, days_of_demand
from analytics.staffing.chat import ChatWork, concurrencies, most_chats_in_time
from analytics.staffing.demand import HALF_HOURS, DayCounts, DayForecast, NoHistory, spread_day
from analytics.staffing.erlang import erlang_c_team
from analytics.staffing.measured import MeasuredWork, measure
from analytics.staffing.names import CONSTRAINT_NAMES
from analytics.staffing.plan import HalfHour, HalfHourPlan, Policy, StaffingPlan, staffing_plan
from analytics.staffing.quiet import forecast_any, shape_of
from analytics.staffing.service import Arrivals, Service
from analytics.staffing.targets import Targets
from cscore.commerce.models import Shop

DAYS_AHEAD, MOST_COMPARED = 7, 12


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What to try without keeping it: so many times a normal day, or a typed number of contacts a day."""

    times: float = 1.0
    daily_contacts: float | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One half-hour: expected contacts, and agents for the safe (P80) and the middle (P50) figure.

    `erlang_c` agents: one chat at a time and nobody gives up. `rostered` is paid for, with shrinkage. `service`
    is None while only the AI is there.
    """

    starts_at: datetime
    p50: float
    p80: float
    load: float
    agents: int
    agents_p50: int
    erlang_c: int
    rostered: float
    because: tuple[Promise, ...]
    service: Service | None


@dataclass(frozen=True, slots=True)
class StaffedDay:
    """One day of the plan. `called_back`: contacts expected (P80) while only the AI is there."""

    day: date
    slots: tuple[Slot, ...]
    called_back: float

    @property
    def p50(self) -> float:
        return sum(slot.p50 for slot in self.slots)

    @property
    def p80(self) -> float:
        return sum(slot.p80 for slot in self.slots)

    @property
    def peak(self) -> int:
        return max(slot.agents for slot in self.slots)

    @property
    def agent_hours(self) -> float:
        return sum(slot.agents for slot in self.slots) / 2

    @property
    def paid_hours(self) -> float:
        return sum(slot.rostered for slot in self.slots) / 2


@dataclass(frozen=True, slots=True)
class Level:
    """One agent with so many chats: mean reply, chats finished in an hour, and whether replies come in time."""

    chats: int
    reply_seconds: float
    chats_per_hour: float
    in_time: bool


@dataclass(frozen=True, slots=True)
class StaffingReport:
    """`days` is empty when nothing is known to forecast from. `allowed`: the most chats at a time in time."""

    shop: Shop
    policy: StaffingPolicy
    measured: MeasuredWork | None
    history_days: int
    days: tuple[StaffedDay, ...]
    plan: StaffingPlan | None
    levels: tuple[Level, ...]
    allowed: int

    @property
    def handle_seconds(self) -> float:
        """Handle time of a chat that has its agent alone."""
        return work_of(self.policy).single_chat_seconds

    @property
    def heads(self) -> int:
        """People to employ for the week."""
        return self.plan.heads(self.policy.weekly_hours) if self.plan else 0


def measured_work(shop: Shop, at: datetime) -> MeasuredWork | None:
    """How chats with people ran in the last four weeks."""
    return measure(chats_with_people(shop, at=at))


def staffing(
    policy: StaffingPolicy, what_if: WhatIf, *, measured: MeasuredWork | None, at: datetime, zone: tzinfo
) -> StaffingReport:
    """The coming seven days, from tomorrow on. Two queries."""
    today = at.astimezone(zone).date()
    history = days_of_demand(policy.shop, before=today, zone=zone)
    forecasts = _forecasts(
        history, [today + timedelta(days=n + 1) for n in range(DAYS_AHEAD)], what_if, policy
    )
    safe = _plan(policy, forecasts, zone, safe=True) if forecasts else None
    middle = _plan(policy, forecasts, zone, safe=False) if forecasts else None
    return StaffingReport(
        shop=policy.shop,
        policy=policy,
        measured=measured,
        history_days=len(history),
        days=_days(forecasts, safe, middle) if safe and middle else (),
        plan=safe,
        levels=_levels(policy),
        allowed=most_chats_in_time(work_of(policy), policy.reply_target),
    )


def work_of(policy: StaffingPolicy) -> ChatWork:
    return ChatWork(
        reply_seconds=policy.reply_seconds,
        customer_seconds=policy.customer_seconds,
        replies_per_chat=policy.replies_per_chat,
        patience_seconds=policy.patience_seconds,
    )


def _rules(policy: StaffingPolicy) -> Policy:
    """Compares one chat at a time, the most whose replies come in time, and the most that is allowed."""
    work, most = work_of(policy), policy.chats_at_a_time
    in_time = min(max(1, most_chats_in_time(work, policy.reply_target)), most)
    targets = Targets(
        service_level=policy.service_level,
        within_seconds=policy.within_seconds,
        abandonment=policy.abandonment,
        occupancy=policy.occupancy,
        reply_seconds=policy.reply_target,
    )
    return Policy(work, targets, policy.shrinkage, tuple(sorted({1, in_time, most})))


def _forecasts(
    history: Sequence[DayCounts], days: Sequence[date], what_if: WhatIf, policy: StaffingPolicy
) -> tuple[DayForecast, ...]:
    if what_if.daily_contacts is not None:
        shape = shape_of(history) or [float(_on_duty(policy, slot)) for slot in range(HALF_HOURS)]
        expected = tuple(spread_day(day, what_if.daily_contacts, shape) for day in days)
    else:
        try:
            expected = forecast_any(history, days)
        except NoHistory:
            return ()
    return tuple(forecast.times(what_if.times) for forecast in expected)


def _plan(
    policy: StaffingPolicy, forecasts: Iterable[DayForecast], zone: tzinfo, *, safe: bool
) -> StaffingPlan:
    half_hours = (
        HalfHour(
            datetime.combine(forecast.day, time(slot // 2, slot % 2 * 30), zone),
            contacts,
            policy.at_least,
            ai_only=not _on_duty(policy, slot),
        )
        for forecast in forecasts
        for slot, contacts in enumerate((safe and forecast.p80) or forecast.p50)
    )
    return staffing_plan(half_hours, _rules(policy))


def _on_duty(policy: StaffingPolicy, slot: int) -> bool:
    return policy.opens_at <= slot / 2 < policy.closes_at


def _days(
    forecasts: Sequence[DayForecast], safe: StaffingPlan, middle: StaffingPlan
) -> tuple[StaffedDay, ...]:
    expected = [contacts for forecast in forecasts for contacts in forecast.p50]
    slots = [
        _slot(p50, row, other, safe.policy)
        for p50, row, other in zip(expected, safe.half_hours, middle.half_hours, strict=True)
    ]
    parts = (slots[start : start + HALF_HOURS] for start in range(0, len(slots), HALF_HOURS))
    return tuple(
        StaffedDay(forecast.day, tuple(part), sum(slot.p80 for slot in part if slot.service is None))
        for forecast, part in zip(forecasts, parts, strict=True)
    )


def _slot(p50: float, row: HalfHourPlan, middle: HalfHourPlan, policy: Policy) -> Slot:
    return Slot(
        starts_at=row.starts_at,
        p50=p50,
        p80=row.contacts,
        load=row.load_erlangs,
        agents=row.agents,
        agents_p50=middle.agents,
        erlang_c=_erlang_c(row.contacts, policy) if row.service else 0,
        rostered=row.rostered,
        because=tuple(CONSTRAINT_NAMES[constraint] for constraint in row.binding),
        service=row.service,
    )


@lru_cache(maxsize=4096)
def _erlang_c(contacts: float, policy: Policy) -> int:
    if contacts == 0:
        return 0
    handle_seconds = policy.work.single_chat_seconds
    return erlang_c_team(Arrivals(contacts), handle_seconds=handle_seconds, targets=policy.targets).agents


def _levels(policy: StaffingPolicy) -> tuple[Level, ...]:
    most = max(MOST_COMPARED, policy.chats_at_a_time)
    return tuple(
        Level(row.chats, row.reply_seconds, row.chats_per_hour, row.reply_seconds <= policy.reply_target)
        for row in concurrencies(work_of(policy), most)
    )
