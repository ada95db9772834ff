"""The staffing plan of a week: which teams, why not fewer, and what is rounded when."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.inputs import BadFigure
from analytics.staffing.chat import ChatWork, chat_service, concurrencies
from analytics.staffing.plan import HalfHour, Policy, rostered, staffing_plan, whole_heads
from analytics.staffing.service import Arrivals, Service
from analytics.staffing.targets import Constraint, Targets

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WORK = ChatWork(reply_seconds=20, customer_seconds=60, replies_per_chat=4.5, patience_seconds=180)
POLICY = Policy(WORK, Targets(), shrinkage=0.30, chats_at_a_time=(1, 3, 5, 8))


def half_hours(*contacts: float) -> list[HalfHour]:
    return [HalfHour(MONDAY + timedelta(minutes=30 * i), count) for i, count in enumerate(contacts)]


def test_a_half_hour_says_what_arrives_who_it_takes_and_what_customers_get() -> None:
    (row,) = staffing_plan(half_hours(100), POLICY).half_hours

    assert row.load_erlangs == pytest.approx(100 * 4.5 * 80 / 1800)
    assert dict(row.agents_by_chats)[3] == row.agents == 9
    assert row.rostered == pytest.approx(9 / 0.7)
    assert row.service == chat_service(
        Arrivals(100), levels=concurrencies(WORK, 3), patience_seconds=180, agents=9, within_seconds=30
    )


def test_the_plan_uses_the_most_chats_whose_replies_come_in_time() -> None:
    plan = staffing_plan(half_hours(100), POLICY)

    assert plan.chats_at_a_time == 3
    assert plan.reply_seconds == pytest.approx(31.8, abs=0.05)
    assert plan.replies_in_time


def test_slower_promises_allow_more_chats_and_fewer_agents() -> None:
    patient = replace(POLICY, targets=Targets(reply_seconds=60))

    quick, slow = (staffing_plan(half_hours(100), policy) for policy in (POLICY, patient))

    assert slow.chats_at_a_time == 5
    assert slow.agent_hours < quick.agent_hours


def test_the_reply_time_binds_where_more_chats_would_spare_agents() -> None:
    plan = staffing_plan(half_hours(100), POLICY)

    assert Constraint.REPLY_TIME in plan.half_hours[0].binding


def test_the_reply_time_does_not_bind_when_nothing_more_is_compared() -> None:
    plan = staffing_plan(half_hours(100), replace(POLICY, chats_at_a_time=(1, 3)))

    assert Constraint.REPLY_TIME not in plan.half_hours[0].binding


def test_replies_that_no_team_can_speed_up_are_reported_not_refused() -> None:
    slow = replace(POLICY, work=replace(WORK, reply_seconds=90))

    plan = staffing_plan(half_hours(10), slow)

    assert plan.chats_at_a_time == 1
    assert not plan.replies_in_time


def test_large_teams_are_bound_by_occupancy() -> None:
    (row,) = staffing_plan(half_hours(1200), replace(POLICY, chats_at_a_time=(3,))).half_hours

    assert row.binding == (Constraint.OCCUPANCY,)


def test_a_quiet_half_hour_has_the_minimum_cover_and_no_more() -> None:
    quiet = HalfHour(MONDAY, 0, at_least=1)

    (row,) = staffing_plan([quiet], POLICY).half_hours

    assert (row.agents, row.binding) == (1, (Constraint.MINIMUM_COVER,))
    assert row.service is not None
    assert row.service.service_level == 1.0


def test_a_quiet_half_hour_without_cover_has_nobody() -> None:
    (row,) = staffing_plan(half_hours(0), POLICY).half_hours

    assert (row.agents, row.rostered) == (0, 0)


def test_minimum_cover_holds_where_less_would_do() -> None:
    (row,) = staffing_plan([HalfHour(MONDAY, 1, at_least=4)], POLICY).half_hours

    assert row.agents == 4
    assert Constraint.MINIMUM_COVER in row.binding


def test_at_night_the_ai_may_be_alone_and_nothing_is_promised() -> None:
    (row,) = staffing_plan([HalfHour(MONDAY, 12, ai_only=True)], POLICY).half_hours

    assert (row.agents, row.service) == (0, None)


def test_heads_are_rounded_once_for_the_whole_plan() -> None:
    plan = staffing_plan(half_hours(*[1] * 80), replace(POLICY, shrinkage=0.35))

    rounded_each_half_hour = sum(math.ceil(row.rostered) for row in plan.half_hours) / 2

    assert plan.paid_hours == pytest.approx(40 / 0.65)
    assert (plan.heads(10), rounded_each_half_hour / 10) == (7, 8)


@given(agents=st.integers(0, 5000), shrinkage=st.integers(0, 90))
def test_rostered_heads_are_always_enough_and_never_one_too_many(agents: int, shrinkage: int) -> None:
    """In whole numbers: heads x (100 - s) >= agents x 100, and one head fewer would not be."""
    heads = whole_heads(rostered(agents, shrinkage / 100))

    assert heads * (100 - shrinkage) >= agents * 100
    assert agents == 0 or (heads - 1) * (100 - shrinkage) < agents * 100


@pytest.mark.parametrize(("agents", "heads"), [(14, 20), (38, 55), (63, 90), (119, 170), (126, 180)])
def test_heads_at_thirty_per_cent_shrinkage(agents: int, heads: int) -> None:
    assert whole_heads(rostered(agents, 0.30)) == heads


def test_the_sums_of_a_plan() -> None:
    plan = staffing_plan(half_hours(0, 20, 60), POLICY)
    agents = [row.agents for row in plan.half_hours]

    assert plan.peak_agents == max(agents)
    assert plan.agent_hours == sum(agents) / 2
    assert plan.paid_hours == pytest.approx(sum(agents) / 0.7 / 2)


def test_an_empty_plan_is_an_empty_plan() -> None:
    plan = staffing_plan([], POLICY)

    assert (plan.half_hours, plan.peak_agents, plan.heads(40)) == ((), 0, 0)


@given(contacts=st.floats(0.1, 800), level=st.floats(0.5, 0.95), cap=st.floats(0.5, 0.95))
@settings(deadline=None)
def test_every_half_hour_keeps_the_promises(contacts: float, level: float, cap: float) -> None:
    targets = Targets(service_level=level, occupancy=cap)

    (row,) = staffing_plan(half_hours(contacts), replace(POLICY, targets=targets)).half_hours

    assert row.service is not None
    assert targets.missed(row.service) == ()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The teams that are tried while a plan is made: nearly all of its work."""
    tried: list[int] = []

    def counted(arrivals: Arrivals, *, agents: int, **how: Any) -> Service:
        tried.append(agents)
        return chat_service(arrivals, agents=agents, **how)

    monkeypatch.setattr("analytics.staffing.chat.chat_service", counted)
    return tried


def test_a_team_is_found_by_halving(asked: list[int]) -> None:
    (row,) = staffing_plan(half_hours(800), replace(POLICY, chats_at_a_time=(1,))).half_hours

    assert row.agents > 150
    assert len(asked) <= 2 * math.ceil(math.log2(row.agents)) + 2


def test_half_hours_that_are_alike_are_planned_once(asked: list[int]) -> None:
    staffing_plan(half_hours(60), POLICY)
    once = len(asked)

    plan = staffing_plan(half_hours(*[60] * 336), POLICY)

    assert len(plan.half_hours) == 336
    assert len(asked) == 2 * once


@pytest.mark.parametrize(
    ("field", "attempt"),
    [
        ("contacts", lambda: HalfHour(MONDAY, -1)),
        ("at_least", lambda: HalfHour(MONDAY, 1, at_least=-1)),
        ("shrinkage", lambda: replace(POLICY, shrinkage=1.0)),
        ("chats_at_a_time", lambda: replace(POLICY, chats_at_a_time=())),
        ("chats_at_a_time", lambda: staffing_plan([], replace(POLICY, chats_at_a_time=(0,)))),
        ("paid_hours_each", lambda: staffing_plan([], POLICY).heads(0)),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_by_name(field: str, attempt: Callable[[], object]) -> None:
    with pytest.raises(BadFigure) as refused:
        attempt()

    assert refused.value.details["field"] == field
