"""The chat model against measured tables, against Erlang A, and against an event simulation."""

import random
from collections.abc import Callable
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.inputs import BadFigure
from analytics.staffing.chat import (
    ChatWork,
    Concurrency,
    Levels,
    chat_service,
    chat_team,
    completion_rates,
    concurrencies,
    most_chats_in_time,
)
from analytics.staffing.erlang import erlang_a_service
from analytics.staffing.service import Arrivals, Service
from analytics.staffing.targets import Constraint, Targets
from tests.analytics.desk_simulation import Desk

HUMAN = ChatWork(reply_seconds=20, customer_seconds=60, replies_per_chat=4.5, patience_seconds=180)
PLANNERS_FACTOR = {1: 1.0, 2: 1.7, 3: 2.5, 4: 2.9, 5: 3.5}
ONLY_SERVICE = Targets(service_level=0.80, within_seconds=30, abandonment=1.0, occupancy=1.0)


def planners_levels(chats: int) -> Levels:
    """A chat of 6 minutes, and a published rule of thumb for how much several at a time help."""
    return tuple(Concurrency(k, 0.0, 360 * k / PLANNERS_FACTOR[k]) for k in range(1, chats + 1))


@pytest.mark.parametrize(
    ("reply_seconds", "expected"),
    [
        (25, (25.0, 42.5, 56.1, 73.3, 140.5, 190.0)),
        (20, (20.0, 31.8, 40.8, 52.4, 101.3, 140.2)),
        (10, (10.0, 13.2, 15.4, 18.2, 31.1, 44.5)),
        (8, (8.0, 10.1, 11.5, 13.1, 20.8, 28.8)),
    ],
)
def test_mean_reply_grows_with_the_chats_at_a_time(reply_seconds: float, expected: tuple[float, ...]) -> None:
    levels = concurrencies(ChatWork(reply_seconds, 60, 4, 180), 10)

    assert [levels[k - 1].reply_seconds for k in (1, 3, 4, 5, 8, 10)] == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(
    ("reply_seconds", "within_45", "within_60"), [(25, 3, 4), (20, 4, 5), (10, 10, 11), (70, 0, 0)]
)
def test_the_most_chats_whose_replies_come_in_time(
    reply_seconds: float, within_45: int, within_60: int
) -> None:
    work = ChatWork(reply_seconds, 60, 4, 180)

    assert (most_chats_in_time(work, 45), most_chats_in_time(work, 60)) == (within_45, within_60)


def test_more_chats_alone_hardly_help_and_less_work_per_reply_helps_a_lot() -> None:
    slow, quick = (concurrencies(ChatWork(work, 60, 4, 180), 9) for work in (25, 10))

    nine_for_four = slow[8].chats_per_hour / slow[3].chats_per_hour
    assisted = quick[8].chats_per_hour / slow[3].chats_per_hour

    assert nine_for_four == pytest.approx(1.16, abs=0.005)
    assert slow[8].reply_seconds == pytest.approx(165, abs=0.5)
    assert 1 / assisted == pytest.approx(0.37, abs=0.005)
    assert quick[8].reply_seconds == pytest.approx(37, abs=0.5)


def test_one_chat_at_a_time_has_no_queue_inside_the_agent() -> None:
    (level,) = concurrencies(HUMAN, 1)

    assert (level.reply_seconds, level.handle_seconds) == (20, HUMAN.single_chat_seconds)
    assert level.chats_per_hour == pytest.approx(10)


def test_customers_who_answer_at_once_keep_the_agent_busy() -> None:
    """Without customer time k chats simply take turns: k times the wait, and no chat more per hour."""
    levels = concurrencies(ChatWork(20, 0, 4, 180), 4)

    assert [level.reply_seconds for level in levels] == pytest.approx([20, 40, 60, 80])
    assert [level.chats_per_hour for level in levels] == pytest.approx([45, 45, 45, 45])


def test_chats_spread_evenly_over_the_agents() -> None:
    levels = (Concurrency(1, 0, 100), Concurrency(2, 0, 125))

    rates = completion_rates(levels, agents=2)

    one, two = 1 / 100, 2 / 125
    assert rates.tolist() == pytest.approx([one, 2 * one, one + two, 2 * two])


@pytest.mark.parametrize(
    ("contacts", "three_chats", "five_chats"),
    [(20, 3, 2), (60, 6, 4), (150, 13, 9), (400, 32, 23), (1200, 90, 64)],
)
def test_agents_for_eighty_per_cent_in_half_a_minute(
    contacts: float, three_chats: int, five_chats: int
) -> None:
    def agents(chats: int) -> int:
        team = chat_team(
            Arrivals(contacts), levels=planners_levels(chats), patience_seconds=180, targets=ONLY_SERVICE
        )
        return team.agents

    assert (agents(3), agents(5)) == (three_chats, five_chats)


@given(
    contacts=st.floats(1, 600),
    agents=st.integers(1, 120),
    reply=st.floats(1, 60),
    customer=st.floats(0, 120),
    patience=st.floats(5, 1000),
)
def test_one_chat_at_a_time_is_erlang_a(
    contacts: float, agents: int, reply: float, customer: float, patience: float
) -> None:
    work = ChatWork(reply, customer, 4, patience)

    chats = chat_service(
        Arrivals(contacts),
        levels=concurrencies(work, 1),
        patience_seconds=patience,
        agents=agents,
        within_seconds=30,
    )

    calls = erlang_a_service(
        Arrivals(contacts),
        handle_seconds=work.single_chat_seconds,
        patience_seconds=patience,
        agents=agents,
        within_seconds=30,
    )
    for figure in ("wait_probability", "service_level", "abandonment", "occupancy", "mean_wait_seconds"):
        assert getattr(chats, figure) == pytest.approx(getattr(calls, figure), abs=1e-9, rel=1e-9)


@given(contacts=st.floats(1, 600), agents=st.integers(1, 60), chats=st.integers(1, 9))
def test_more_agents_never_serve_worse(contacts: float, agents: int, chats: int) -> None:
    levels = concurrencies(HUMAN, chats)

    few, more = (
        chat_service(Arrivals(contacts), levels=levels, patience_seconds=180, agents=n, within_seconds=30)
        for n in (agents, agents + 1)
    )

    assert more.service_level >= few.service_level - 1e-12
    assert more.abandonment <= few.abandonment + 1e-12
    assert more.occupancy <= few.occupancy + 1e-12


@given(contacts=st.floats(1, 600), chats=st.integers(1, 9))
@settings(deadline=None)
def test_more_chats_at_a_time_never_need_more_agents_only_slower_replies(contacts: float, chats: int) -> None:
    fewer, more = (
        chat_team(
            Arrivals(contacts), levels=concurrencies(HUMAN, k), patience_seconds=180, targets=ONLY_SERVICE
        )
        for k in (chats, chats + 1)
    )

    assert more.agents <= fewer.agents
    assert (more.service.reply_seconds or 0) > (fewer.service.reply_seconds or 0)


def test_in_large_teams_the_service_level_alone_wears_people_out() -> None:
    levels, arrivals = planners_levels(3), Arrivals(1200)

    loose = chat_team(arrivals, levels=levels, patience_seconds=180, targets=ONLY_SERVICE)
    capped = chat_team(arrivals, levels=levels, patience_seconds=180, targets=Targets(0.80, 30, 0.05, 0.85))

    assert loose.service.occupancy == pytest.approx(0.99, abs=0.005)
    assert loose.service.abandonment == pytest.approx(0.07, abs=0.005)
    assert capped.agents > loose.agents
    assert capped.binding == (Constraint.OCCUPANCY,)


def test_a_quiet_half_hour_serves_at_once() -> None:
    service = chat_service(
        Arrivals(0), levels=concurrencies(HUMAN, 3), patience_seconds=60, agents=2, within_seconds=30
    )

    assert service == Service.idle(2)


@pytest.mark.parametrize(
    ("agents", "chats", "contacts"), [(5, 3, 60), (3, 5, 50), (2, 8, 35), (12, 3, 150), (4, 2, 30)]
)
def test_the_model_agrees_with_a_simulated_desk(agents: int, chats: int, contacts: float) -> None:
    predicted = chat_service(
        Arrivals(contacts),
        levels=concurrencies(HUMAN, chats),
        patience_seconds=180,
        agents=agents,
        within_seconds=30,
    )

    seen = mean(
        Desk(HUMAN, agents, chats, contacts / 1800, random.Random(seed)).share_taken_in_time(60, 30)
        for seed in range(3)
    )

    assert predicted.service_level == pytest.approx(seen, abs=0.03)


@pytest.mark.parametrize(
    ("field", "attempt"),
    [
        ("reply_seconds", lambda: ChatWork(0, 60, 4, 180)),
        ("customer_seconds", lambda: ChatWork(20, -1, 4, 180)),
        ("patience_seconds", lambda: ChatWork(20, 60, 4, 0)),
        ("chats_at_a_time", lambda: concurrencies(HUMAN, 0)),
        ("chats_at_a_time", lambda: concurrencies(HUMAN, 51)),
        ("handle_seconds", lambda: Concurrency(1, 20, 0)),
    ],
)
def test_work_that_makes_no_sense_is_refused_by_name(field: str, attempt: Callable[[], object]) -> None:
    with pytest.raises(BadFigure) as refused:
        attempt()

    assert refused.value.details["field"] == field
