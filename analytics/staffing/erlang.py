"""Erlang B, C and A: agents who serve one customer at a time.

B and C by the recursion B(k) = a B(k-1) / (k + a B(k-1)), C = n B / (n - a (1 - B)), which neither overflows
nor loses digits; no factorials, no powers. Erlang A (Palm 1943) adds customers who give up.
"""

import math

import numpy as np

from analytics.inputs import not_negative, positive
from analytics.staffing.impatience import impatient_queue
from analytics.staffing.service import Arrivals, Service
from analytics.staffing.targets import Targets, Team, smallest_team


def erlang_b(servers: int, load: float) -> float:
    """The chance that an arrival finds all servers busy and is turned away. `load` in erlangs."""
    not_negative(servers=servers, load=load)
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = load * blocked / (server + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """The chance that an arrival must wait: 0 without load, 1 when the load is more than the servers carry."""
    blocked = erlang_b(servers, load)
    if load == 0:
        return 0.0
    if servers <= load:
        return 1.0
    return servers * blocked / (servers - load * (1 - blocked))


def erlang_c_service(
    arrivals: Arrivals, *, handle_seconds: float, agents: int, within_seconds: float
) -> Service:
    """What `agents` give when nobody gives up: SL = 1 - C exp(-(n - a) t / AHT), ASA = C AHT / (n - a)."""
    positive(handle_seconds=handle_seconds, agents=agents)
    not_negative(within_seconds=within_seconds)
    load = arrivals.per_second * handle_seconds
    waits = erlang_c(agents, load)
    if agents <= load:
        return Service(agents, waits, 0.0, math.inf, 0.0, 1.0)
    spare = agents - load
    late = waits * math.exp(-spare * within_seconds / handle_seconds)
    return Service(agents, waits, 1 - late, waits * handle_seconds / spare, 0.0, load / agents)


def erlang_a_service(
    arrivals: Arrivals, *, handle_seconds: float, patience_seconds: float, agents: int, within_seconds: float
) -> Service:
    """What `agents` give when a waiting customer gives up after `patience_seconds` on average."""
    positive(handle_seconds=handle_seconds, patience_seconds=patience_seconds, agents=agents)
    if arrivals.contacts == 0:
        return Service.idle(agents)
    queue = impatient_queue(
        arrivals.per_second,
        np.arange(1, agents + 1) / handle_seconds,
        patience_seconds=patience_seconds,
        within_seconds=within_seconds,
    )
    return Service(
        agents=agents,
        wait_probability=queue.wait_probability,
        service_level=queue.served_in_time,
        mean_wait_seconds=queue.mean_wait_seconds,
        abandonment=queue.abandonment,
        occupancy=queue.mean_in_service / agents,
    )


def erlang_c_team(arrivals: Arrivals, *, handle_seconds: float, targets: Targets, at_least: int = 1) -> Team:
    """The fewest agents that keep the targets when nobody gives up."""

    def service_with(agents: int) -> Service:
        return erlang_c_service(
            arrivals, handle_seconds=handle_seconds, agents=agents, within_seconds=targets.within_seconds
        )

    return smallest_team(service_with, targets, at_least)


def erlang_a_team(
    arrivals: Arrivals,
    *,
    handle_seconds: float,
    patience_seconds: float,
    targets: Targets,
    at_least: int = 1,
) -> Team:
    """The fewest agents that keep the targets when customers give up."""

    def service_with(agents: int) -> Service:
        return erlang_a_service(
            arrivals,
            handle_seconds=handle_seconds,
            patience_seconds=patience_seconds,
            agents=agents,
            within_seconds=targets.within_seconds,
        )

    return smallest_team(service_with, targets, at_least)
