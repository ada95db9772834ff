"""Erlang B and C against published numbers and their own laws."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln

from analytics.inputs import BadFigure
from analytics.staffing.erlang import (
    erlang_a_service,
    erlang_b,
    erlang_c,
    erlang_c_service,
    erlang_c_team,
)
from analytics.staffing.plan import rostered, whole_heads
from analytics.staffing.service import Arrivals
from analytics.staffing.targets import Constraint, Targets
from tests.analytics.worked_examples import hundred_calls

ONLY_SERVICE = {"abandonment": 1.0, "occupancy": 1.0}
loads = st.floats(0.01, 400)
teams = st.integers(1, 500)


def test_fourteen_agents_for_a_hundred_calls() -> None:
    service = hundred_calls(14)

    assert service.wait_probability == pytest.approx(0.17413193359504983, abs=1e-12)
    assert service.service_level == pytest.approx(0.8883500191794669, abs=1e-12)
    assert service.mean_wait_seconds == pytest.approx(7.83593701177724, abs=1e-9)
    assert service.occupancy == pytest.approx(0.7142857142857143, abs=1e-12)


@pytest.mark.parametrize(
    ("agents", "level"), [(11, 0.3896138), (12, 0.6402), (13, 0.7956), (14, 0.8884), (15, 0.9415)]
)
def test_service_level_grows_agent_by_agent(agents: int, level: float) -> None:
    assert hundred_calls(agents).service_level == pytest.approx(level, abs=5e-5)


def test_eleven_agents_let_two_in_three_wait() -> None:
    assert hundred_calls(11).wait_probability == pytest.approx(0.6821182, abs=1e-6)


@pytest.mark.parametrize(
    ("servers", "load", "waits"),
    [
        (2, 1.5, 9 / 14),
        (3, 2.5, 0.7022),
        (4, 2.5, 0.3199),
        (5, 2.5, 0.1304),
        (6, 2.5, 0.0474),
        (55, 48, 0.2387009),
        (1000, 950, 0.0682534154),
        (2000, 1950, 0.1786750682),
        (10000, 9900, 0.2227769289),
    ],
)
def test_the_chance_to_wait(servers: int, load: float, waits: float) -> None:
    digits = 5e-5 if load == 2.5 else 5e-8

    assert erlang_c(servers, load) == pytest.approx(waits, abs=digits)


@pytest.mark.parametrize(
    ("agents", "load", "handle_seconds", "level"),
    [(24, 20, 160, 0.8192), (112, 100, 300, 0.9247), (8, 5, 400, 0.8560)],
)
def test_levels_that_are_printed_wrong_elsewhere(
    agents: int, load: float, handle_seconds: float, level: float
) -> None:
    """Fixtures of other projects say .85, .85 and .75; two independent computations agree on these."""
    arrivals = Arrivals(load, handle_seconds)

    service = erlang_c_service(arrivals, handle_seconds=handle_seconds, agents=agents, within_seconds=20)

    assert service.service_level == pytest.approx(level, abs=5e-5)


def test_chances_that_are_printed_wrong_elsewhere() -> None:
    assert erlang_b(200, 180) == pytest.approx(0.01032, abs=5e-6)
    assert erlang_c(25, 20) == pytest.approx(0.2091, abs=5e-5)


def test_erlang_b_is_the_truncated_poisson_distribution() -> None:
    servers, load = 30, 24.0
    terms = [k * math.log(load) - float(gammaln(k + 1)) for k in range(servers + 1)]
    top = max(terms)

    assert erlang_b(servers, load) == pytest.approx(
        math.exp(terms[-1] - top) / sum(math.exp(term - top) for term in terms), rel=1e-12
    )


@pytest.mark.parametrize(
    ("arrivals", "handle_seconds", "target", "within_seconds", "agents"),
    [
        (Arrivals(25, 900), 752, 0.90, 20, 28),
        (Arrivals(250, 3600), 330, 0.80, 30, 28),
        (Arrivals(100), 180, 0.80, 20, 14),
    ],
)
def test_the_fewest_agents(
    arrivals: Arrivals, handle_seconds: float, target: float, within_seconds: float, agents: int
) -> None:
    targets = Targets(service_level=target, within_seconds=within_seconds, **ONLY_SERVICE)

    team = erlang_c_team(arrivals, handle_seconds=handle_seconds, targets=targets)

    assert team.agents == agents
    assert team.binding == (Constraint.SERVICE_LEVEL,)


@pytest.mark.parametrize(
    ("arrivals", "handle_seconds", "agents", "within_seconds", "level"),
    [
        (Arrivals(25, 900), 752, 27, 20, 0.8776),
        (Arrivals(25, 900), 752, 28, 20, 0.9195),
        (Arrivals(35, 900), 752, 37, 20, 0.904216),
        (Arrivals(250, 3600), 330, 27, 30, 0.7822),
        (Arrivals(250, 3600), 330, 28, 30, 0.8569),
        (Arrivals(360), 240, 55, 15, 0.845883),
    ],
)
def test_service_levels_on_both_sides_of_a_target(
    arrivals: Arrivals, handle_seconds: float, agents: int, within_seconds: float, level: float
) -> None:
    service = erlang_c_service(
        arrivals, handle_seconds=handle_seconds, agents=agents, within_seconds=within_seconds
    )

    assert service.service_level == pytest.approx(level, abs=5e-5)


def test_one_transaction_that_may_wait_three_minutes_needs_one_agent() -> None:
    targets = Targets(service_level=0.80, within_seconds=180, **ONLY_SERVICE)

    team = erlang_c_team(Arrivals(0.6, 60), handle_seconds=60, targets=targets)

    assert team.agents == 1
    assert team.service.service_level == pytest.approx(0.819, abs=5e-4)
    assert team.binding == (Constraint.MINIMUM_COVER,)


@pytest.mark.parametrize(
    ("contacts", "handle_seconds", "agents", "heads", "waits", "mean_wait"),
    [(120, 480, 38, 55, 0.2237, 17.9), (120, 192, 16, 23, 0.3049, 18.3), (36, 192, 6, 9, 0.2472, 22.0)],
)
def test_seventy_per_cent_fewer_contacts_do_not_spare_seventy_per_cent_of_the_team(
    contacts: float, handle_seconds: float, agents: int, heads: int, waits: float, mean_wait: float
) -> None:
    team = erlang_c_team(
        Arrivals(contacts), handle_seconds=handle_seconds, targets=Targets(0.80, 30, 1.0, 0.85)
    )

    assert team.agents == agents
    assert whole_heads(rostered(team.agents, 0.30)) == heads
    assert team.service.wait_probability == pytest.approx(waits, abs=5e-5)
    assert team.service.mean_wait_seconds == pytest.approx(mean_wait, abs=0.05)


@given(load=loads, servers=teams)
def test_more_servers_never_make_anyone_wait_more(load: float, servers: int) -> None:
    assert erlang_b(servers + 1, load) <= erlang_b(servers, load)
    assert erlang_c(servers + 1, load) <= erlang_c(servers, load)
    assert 0 <= erlang_b(servers, load) <= erlang_c(servers, load) <= 1


@given(servers=st.integers(0, 300), overload=st.floats(0, 100))
def test_everyone_waits_when_the_load_is_more_than_the_servers(servers: int, overload: float) -> None:
    if servers + overload > 0:
        assert erlang_c(servers, servers + overload) == 1.0


@given(servers=st.integers(0, 300))
def test_nobody_waits_without_load(servers: int) -> None:
    assert erlang_c(servers, 0) == 0.0


def test_far_too_many_servers_are_no_trouble() -> None:
    assert erlang_c(2000, 50) == 0.0


def test_an_overloaded_team_is_said_to_be_overloaded() -> None:
    service = hundred_calls(10)

    assert (service.service_level, service.occupancy, service.wait_probability) == (0.0, 1.0, 1.0)
    assert math.isinf(service.mean_wait_seconds)


@pytest.mark.parametrize(
    ("field", "attempt"),
    [
        ("contacts", lambda: Arrivals(-1)),
        ("contacts", lambda: Arrivals(math.nan)),
        ("interval_seconds", lambda: Arrivals(1, 0)),
        ("servers", lambda: erlang_b(-1, 1)),
        ("load", lambda: erlang_c(1, math.inf)),
        ("service_level", lambda: Targets(service_level=1.0)),
        ("abandonment", lambda: Targets(abandonment=0)),
        ("occupancy", lambda: Targets(occupancy=1.2)),
        ("agents", lambda: hundred_calls(0)),
        (
            "people_in_line",
            lambda: erlang_a_service(
                Arrivals(1e6, 1), handle_seconds=60, patience_seconds=1e6, agents=1, within_seconds=1
            ),
        ),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused_by_name(field: str, attempt: Callable[[], object]) -> None:
    with pytest.raises(BadFigure) as refused:
        attempt()

    assert refused.value.details["field"] == field
    assert isinstance(refused.value, ValueError)
