"""Erlang A: customers who give up, against published numbers, a closed form and its own laws."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import hyp1f1

from analytics.staffing.erlang import (
    erlang_a_service,
    erlang_a_team,
    erlang_b,
    erlang_c_service,
)
from analytics.staffing.service import Arrivals, Service
from analytics.staffing.targets import Constraint, Targets
from tests.analytics.worked_examples import a_busy_minute

loads = st.floats(0.01, 400)
teams = st.integers(1, 500)


def test_customers_who_give_up_relieve_the_queue() -> None:
    service = a_busy_minute()

    assert service.abandonment == pytest.approx(0.0309122, abs=5e-8)
    assert service.mean_wait_seconds == pytest.approx(3.7095, abs=5e-5)
    assert service.wait_probability == pytest.approx(0.467774, abs=5e-7)
    assert service.occupancy == pytest.approx(0.930324, abs=5e-7)
    assert service.service_level == pytest.approx(0.9430, abs=5e-5)


def test_without_giving_up_the_same_minute_looks_far_worse() -> None:
    service = erlang_c_service(Arrivals(48, 60), handle_seconds=60, agents=50, within_seconds=20)

    assert service.mean_wait_seconds == pytest.approx(20.83, abs=5e-3)


@given(load=st.floats(0.1, 80), agents=st.integers(1, 100), patience=st.floats(5, 2000))
def test_erlang_a_agrees_with_palms_closed_form(load: float, agents: int, patience: float) -> None:
    """P(wait) and P(abandon) by Kummer's function, a computation that shares nothing with ours."""
    handle = 100.0
    x, y = agents * patience / handle, load * patience / handle
    assume(y < 600)
    line = float(hyp1f1(1, x + 1, y))
    blocked = erlang_b(agents, load)
    waits = line * blocked / (1 + (line - 1) * blocked)

    service = erlang_a_service(
        Arrivals(load, 100),
        handle_seconds=handle,
        patience_seconds=patience,
        agents=agents,
        within_seconds=10,
    )

    assert service.wait_probability == pytest.approx(waits, rel=1e-6, abs=1e-12)
    rho = load / agents
    gives_up = (1 / (rho * line) + 1 - 1 / rho) * waits
    assert service.abandonment == pytest.approx(gives_up, rel=1e-5, abs=1e-9)


@given(load=loads, agents=teams, patience=st.floats(10, 1000))
def test_who_is_not_served_has_given_up(load: float, agents: int, patience: float) -> None:
    service = erlang_a_service(
        Arrivals(load, 60), handle_seconds=60, patience_seconds=patience, agents=agents, within_seconds=1e7
    )

    assert service.service_level == pytest.approx(1 - service.abandonment, abs=1e-9)
    assert service.occupancy * agents == pytest.approx(load * (1 - service.abandonment), rel=1e-8)


@given(load=loads, spare=st.integers(1, 20))
@settings(deadline=None)
def test_erlang_a_becomes_erlang_c_when_patience_has_no_end(load: float, spare: int) -> None:
    agents = math.ceil(load) + spare
    patient = erlang_a_service(
        Arrivals(load, 60), handle_seconds=60, patience_seconds=1e8, agents=agents, within_seconds=20
    )

    endless = erlang_c_service(Arrivals(load, 60), handle_seconds=60, agents=agents, within_seconds=20)

    assert patient.service_level == pytest.approx(endless.service_level, abs=1e-4)
    assert patient.wait_probability == pytest.approx(endless.wait_probability, abs=1e-4)


@given(load=loads, agents=teams, patience=st.floats(1, 5000))
def test_more_agents_never_serve_worse(load: float, agents: int, patience: float) -> None:
    few, more = (
        erlang_a_service(
            Arrivals(load, 60), handle_seconds=60, patience_seconds=patience, agents=n, within_seconds=20
        )
        for n in (agents, agents + 1)
    )

    assert more.service_level >= few.service_level - 1e-12
    assert more.abandonment <= few.abandonment + 1e-12
    assert more.occupancy <= few.occupancy + 1e-12


def test_a_quiet_interval_serves_at_once() -> None:
    service = erlang_a_service(
        Arrivals(0), handle_seconds=60, patience_seconds=60, agents=2, within_seconds=0
    )

    assert service == Service.idle(2)


def test_the_occupancy_cap_can_ask_for_more_agents_than_the_service_level() -> None:
    arrivals, handle = Arrivals(1200), 360.0
    loose = erlang_a_team(
        arrivals, handle_seconds=handle, patience_seconds=180, targets=Targets(0.8, 30, 1.0, 1.0)
    )

    capped = erlang_a_team(
        arrivals, handle_seconds=handle, patience_seconds=180, targets=Targets(0.8, 30, 1.0, 0.85)
    )

    assert capped.agents > loose.agents
    assert loose.binding == (Constraint.SERVICE_LEVEL,)
    assert capped.binding == (Constraint.OCCUPANCY,)


def test_the_abandonment_cap_can_ask_for_more_agents_than_the_service_level() -> None:
    arrivals, handle = Arrivals(1200), 360.0

    team = erlang_a_team(
        arrivals, handle_seconds=handle, patience_seconds=180, targets=Targets(0.8, 30, 0.01, 1.0)
    )

    assert team.binding == (Constraint.ABANDONMENT,)
    assert team.service.abandonment <= 0.01


@given(load=st.floats(0.1, 200), target=st.floats(0.1, 0.99), cap=st.floats(0.3, 1.0))
@settings(deadline=None)
def test_the_team_keeps_every_promise_and_one_fewer_breaks_what_binds(
    load: float, target: float, cap: float
) -> None:
    targets = Targets(service_level=target, abandonment=0.05, occupancy=cap)

    team = erlang_a_team(Arrivals(load, 60), handle_seconds=60, patience_seconds=120, targets=targets)

    assert targets.missed(team.service) == ()
    if team.agents > 1:
        fewer = erlang_a_service(
            Arrivals(load, 60),
            handle_seconds=60,
            patience_seconds=120,
            agents=team.agents - 1,
            within_seconds=30,
        )
        assert targets.missed(fewer) == team.binding != ()
