"""Who is served first, who may take a chat, how long it will be. Pure: values in, values out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from cscore.commerce.models import Tier

# A better customer is served as if he had come earlier by this much. Because it is a head start and not a rank,
# everyone who waits longer than the largest of them is before every newcomer: nobody starves.
HEAD_START: Mapping[str, timedelta] = {
    Tier.REGULAR: timedelta(0),
    Tier.SILVER: timedelta(minutes=1),
    Tier.GOLD: timedelta(minutes=3),
    Tier.VIP: timedelta(minutes=8),
}

# An agent whose desk has not been heard of for this long is not there.
PRESENT_FOR = timedelta(seconds=60)
USUAL_CAPACITY = 5
# How many finished chats an estimate needs before it is worth telling.
FEWEST_SAMPLES = 5


def queue_key(*, waiting_since: datetime, tier: str) -> datetime:
    """Chats are served in the order of this moment, the earliest first."""
    return waiting_since - HEAD_START.get(tier, timedelta(0))


def is_present(*, available: bool, seen_at: datetime, at: datetime) -> bool:
    """Whether the agent takes chats and his desk has been heard of lately."""
    return available and at - seen_at <= PRESENT_FOR


def expected_wait_s(*, ahead: int, slots: int, busy: int, handling_s: list[float]) -> int | None:
    """Seconds until a chat with `ahead` before it is taken, or None when nobody can tell.

    `slots` chats fit at a time, `busy` of them are taken, `handling_s` are the lengths of recent chats. Slots
    that become free one by one serve the queue at slots / mean length (a D/D/slots queue).
    """
    if slots <= 0:
        return None
    if ahead < slots - busy:
        return 0
    if len(handling_s) < FEWEST_SAMPLES:
        return None
    mean = sum(handling_s) / len(handling_s)
    return round((ahead + 1 - max(slots - busy, 0)) * mean / slots)
