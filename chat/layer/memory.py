"""The channel layer of a single process."""

import asyncio
import secrets
from collections import defaultdict

from channels.layers import BaseChannelLayer

from chat.layer.mailbox import MISSED, Hint, Mailbox


class MemoryLayer(BaseChannelLayer):  # type: ignore[misc]
    """Groups and mailboxes in memory: no copying, no expiry scans, a marker instead of a silent loss.

    The coroutines are Channels' interface, for use on the event loop; `hint` may be called from any thread.
    """

    extensions = ("groups",)

    def __init__(self, capacity: int = 1000, **_ignored: object) -> None:
        super().__init__(capacity=capacity)
        self._mailboxes: dict[str, Mailbox] = {}
        self._groups: defaultdict[str, set[str]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None

    async def new_channel(self, prefix: str = "socket") -> str:
        self._loop = asyncio.get_running_loop()
        name = f"{prefix}.{secrets.token_hex(8)}"
        self._mailboxes[name] = Mailbox(self.capacity)
        return name

    def forget(self, channel: str) -> None:
        """Drops the mailbox of a socket that is gone."""
        self._mailboxes.pop(channel, None)

    async def receive(self, channel: str) -> Hint:
        return await self._mailboxes[channel].get()

    async def send(self, channel: str, message: Hint) -> None:
        self.put(channel, message)

    def put(self, channel: str, message: Hint) -> None:
        """send() for callbacks of the loop; a socket that is gone is no error."""
        if mailbox := self._mailboxes.get(channel):
            mailbox.put(message)

    async def group_add(self, group: str, channel: str) -> None:
        self._groups[group].add(channel)

    async def group_discard(self, group: str, channel: str) -> None:
        self.leave(group, channel)

    def leave(self, group: str, channel: str) -> None:
        """group_discard for who cannot wait, such as a socket that is gone."""
        members = self._groups.get(group)
        if members is not None:
            members.discard(channel)
            if not members:
                del self._groups[group]

    async def group_send(self, group: str, message: Hint) -> None:
        self.hint(group, message)

    def hint(self, group: str, message: Hint) -> None:
        """Wakes the group's sockets in this process; from any thread, never waits, never raises."""
        self._on_loop(self._deliver, group, message)

    def _on_loop(self, function: object, *arguments: object) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(function, *arguments)  # type: ignore[arg-type]

    def _deliver(self, group: str, message: Hint) -> None:
        for channel in self._groups.get(group, ()):
            if mailbox := self._mailboxes.get(channel):
                mailbox.put(message)

    def _everyone_missed_something(self) -> None:
        for mailbox in self._mailboxes.values():
            mailbox.put(MISSED)
