"""Two published worked examples that several tests look at."""

from analytics.staffing.erlang import erlang_a_service, erlang_c_service
from analytics.staffing.service import Arrivals, Service


def hundred_calls(agents: int) -> Service:
    """The worked example of R ErlangC and of pyworkforce: 100 calls in half an hour, 3 minutes each."""
    return erlang_c_service(Arrivals(100), handle_seconds=180, agents=agents, within_seconds=20)


def a_busy_minute() -> Service:
    """Garnett, Mandelbaum and Reiman 2002, table 1: 48 calls a minute, 50 agents, patience 2 minutes."""
    return erlang_a_service(
        Arrivals(48, 60), handle_seconds=60, patience_seconds=120, agents=50, within_seconds=20
    )
