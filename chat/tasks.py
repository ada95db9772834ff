"""Background jobs of the chat, by the clock (see migration 0002)."""

from chat.actions import tidying
from cscore.common import clock


def tidy() -> str:
    """Closes quiet conversations and drops empty ones; says how many. May run twice or late."""
    at = clock.now()
    return f"{tidying.close_quiet(at=at)} closed, {tidying.drop_empty(at=at)} dropped"
