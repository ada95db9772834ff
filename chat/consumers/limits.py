"""How much one visitor, agent or address may ask of this process."""

import math
from collections import Counter, OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from chat.protocol.refusals import RateLimited


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at a steady rate, up to `burst` of them."""

    per_s: float
    burst: float
    tokens: float
    filled_at: float

    def take(self, now: float) -> float:
        """Takes one token; returns 0, or the seconds until there is one."""
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.per_s)
        self.filled_at = now
        if self.tokens < 1:
            return (1 - self.tokens) / self.per_s
        self.tokens -= 1
        return 0.0


class Rates:
    """A bucket for each key, at most `most` of them; the longest unused is forgotten first."""

    def __init__(self, *, per_minute: float, burst: float, most: int = 100_000) -> None:
        self._per_s, self._burst, self._most = per_minute / 60, max(burst, per_minute / 60), most
        self._buckets: OrderedDict[Hashable, Bucket] = OrderedDict()

    def check(self, key: Hashable, *, now: float) -> None:
        """Counts one. Raises RateLimited with the seconds to wait."""
        bucket = self._buckets.setdefault(key, Bucket(self._per_s, self._burst, self._burst, now))
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        if wait := bucket.take(now):
            raise RateLimited(retry_after=math.ceil(wait))


class Places:
    """How many sockets a key may hold at a time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: Counter[Hashable] = Counter()

    def enter(self, key: Hashable) -> bool:
        """Takes a place, or returns False when all are taken."""
        if self._held[key] >= self._most:
            return False
        self._held[key] += 1
        return True

    def leave(self, key: Hashable) -> None:
        self._held[key] -= 1
        if self._held[key] <= 0:
            del self._held[key]
