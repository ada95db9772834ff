"""The reference numbers of others, as long as their file is at hand."""

import re

from analytics.staffing.erlang import (
    erlang_c,
    erlang_c_service,
    erlang_c_team,
)
from analytics.staffing.plan import rostered, whole_heads
from analytics.staffing.service import Arrivals
from analytics.staffing.targets import Targets
from tests.analytics import reference
from tests.analytics.worked_examples import a_busy_minute

ONLY_SERVICE = {"abandonment": 1.0, "occupancy": 1.0}


def _number(inputs: str, pattern: str) -> float:
    match = re.search(pattern, inputs)
    assert match, f"{pattern} is not in {inputs!r}"
    return float(match.group(1))


def _arrivals(inputs: str) -> Arrivals:
    seconds = {"30 min": 1800, "min": 60, "hour": 3600}
    match = re.match(r"(\d+) per (30 min|min|hour|(\d+) s)", inputs)
    assert match, inputs
    return Arrivals(float(match[1]), float(match[3]) if match[3] else seconds[match[2]])


def _computed(row: dict[str, str]) -> float:
    """What this project computes for one row of the reference file."""
    inputs, quantity = row["inputs"], row["quantity"]
    if row["model"] == "erlang_a":
        service = a_busy_minute()
        return {
            "p_abandon": service.abandonment,
            "mean_wait_s": service.mean_wait_seconds,
            "p_wait": service.wait_probability,
        }[quantity]
    if inputs.startswith("load"):
        return erlang_c(int(_number(inputs, r"n=(\d+)")), _number(inputs, r"load ([\d.]+)"))
    arrivals, handle = _arrivals(inputs), _number(inputs, r"AHT (\d+) s")
    if quantity == "agents":
        targets = Targets(_number(inputs, r"(\d+)%") / 100, _number(inputs, r"in (\d+) s"), **ONLY_SERVICE)
        return erlang_c_team(arrivals, handle_seconds=handle, targets=targets).agents
    agents = int(_number(inputs, r"n=(\d+)"))
    if quantity == "heads":
        return whole_heads(rostered(agents, _number(inputs, r"shrinkage ([\d.]+)")))
    service = erlang_c_service(
        arrivals, handle_seconds=handle, agents=agents, within_seconds=_number(inputs, r"T=(\d+)")
    )
    return {
        "p_wait": service.wait_probability,
        "service_level": service.service_level,
        "asa_s": service.mean_wait_seconds,
        "occupancy": service.occupancy,
    }[quantity]


def test_every_erlang_number_of_the_reference_file() -> None:
    examples = [row for row in reference.rows("erlang_examples.csv") if row["model"].startswith("erlang")]

    wrong = []
    for row in examples:
        low, _, high = row["value"].partition(" to ")
        # Half a unit in the last digit that is printed.
        digits = max(1e-12, 0.5 * 10 ** -len(low.partition(".")[2]))
        if not float(low) - digits <= _computed(row) <= float(high or low) + digits:
            wrong.append((row, _computed(row)))

    assert len(examples) >= 18
    assert wrong == []
