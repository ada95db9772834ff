"""What waits for one socket: bounded, so that a socket that does not read costs its own news alone."""

import asyncio
from collections import deque
from typing import Any

Hint = dict[str, Any]
# After an overflow the socket learns that it missed something and looks into the database.
MISSED: Hint = {"type": "hints.missed"}


class Mailbox:
    """A queue of hints for one reader. Used from one event loop only."""

    __slots__ = ("_arrived", "_capacity", "_hints")

    def __init__(self, capacity: int) -> None:
        self._hints: deque[Hint] = deque()
        self._capacity = capacity
        self._arrived = asyncio.Event()

    def put(self, hint: Hint) -> None:
        """Over capacity, everything that waits is replaced by one MISSED."""
        if len(self._hints) >= self._capacity:
            self._hints.clear()
            hint = MISSED
        self._hints.append(hint)
        self._arrived.set()

    async def get(self) -> Hint:
        """The oldest hint, as soon as there is one."""
        while not self._hints:
            self._arrived.clear()
            await self._arrived.wait()
        return self._hints.popleft()
