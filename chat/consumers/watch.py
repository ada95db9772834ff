"""The slow look of a process at the database: finds what no wake-up told, whoever wrote it and wherever."""

import asyncio
import logging
from collections import defaultdict
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from django.conf import settings

from chat import events
from chat.consumers.socket import Socket
from chat.consumers.threads import in_thread
from chat.models import State
from chat.queries.inbox import Head, heads

K = TypeVar("K")
logger = logging.getLogger(__name__)

TICK_S: float = settings.CHAT_LIMITS["tick_s"]
# Often enough that an agent whose desk is open is never taken for gone (rules.PRESENT_FOR).
RIGHTS_EVERY_S = 20.0
CHECK_RIGHTS: dict[str, object] = {"type": "rights.changed"}


class Watch:
    """Which conversations and shops the sockets of this process watch, and how they stood at the last look.

    Used on the event loop only. One query per tick, whatever the number of sockets.
    """

    def __init__(self) -> None:
        self._customers: defaultdict[UUID, set[Socket]] = defaultdict(set)
        self._desks: defaultdict[int, set[Socket]] = defaultdict(set)
        self._stood: dict[UUID, Head] = {}
        self._task: asyncio.Task[None] | None = None

    def customer(self, conversation_id: UUID, socket: Socket) -> None:
        """Wakes the socket whenever the conversation has changed, until it is gone."""
        self._customers[conversation_id].add(socket)
        socket.at_the_end(lambda: _drop(self._customers, conversation_id, socket))
        self._begin()

    def desk(self, shop_id: int, socket: Socket) -> None:
        """Wakes the socket whenever an open conversation of the shop has changed, until it is gone."""
        self._desks[shop_id].add(socket)
        socket.at_the_end(lambda: _drop(self._desks, shop_id, socket))
        self._begin()

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if self._task is None or self._task.done() or self._task.get_loop() is not loop:
            self._stood.clear()
            self._task = loop.create_task(self._look_again_and_again())

    async def _look_again_and_again(self) -> None:
        rights_at = asyncio.get_running_loop().time() + RIGHTS_EVERY_S
        while self._customers or self._desks:
            await asyncio.sleep(TICK_S)
            try:
                await self.look()
            except Exception:
                # The database may be away for a while; the next look may find it again.
                logger.warning("A look for missed news failed.", exc_info=True)
            if asyncio.get_running_loop().time() >= rights_at:
                rights_at += RIGHTS_EVERY_S
                await self._wake(set().union(*self._desks.values()), CHECK_RIGHTS)

    async def look(self) -> None:
        """Compares how things stand with how they stood, and wakes whoever watches what differs."""
        conversations, shops = list(self._customers), list(self._desks)
        found = await in_thread(settings.LANGUAGE_CODE, heads, conversations=conversations, shops=shops)
        before, self._stood = self._stood, {head.id: head for head in found}
        changed = [head for head in found if before.get(head.id) != head]
        # Only open conversations are looked for: one that is not found any more was closed, or dropped.
        gone = [replace(head, state=State.CLOSED) for key, head in before.items() if key not in self._stood]
        for head in changed + gone:
            customers = self._customers.get(head.id, set())
            hint = events.changed_hint(head.id, seq=head.last_seq, state=head.state)
            await self._wake(customers | self._desks.get(head.shop_id, set()), hint)
            strangers = {
                socket
                for socket in customers
                if head.id not in self._stood or socket.credential != head.token_hash
            }
            await self._wake(strangers, CHECK_RIGHTS)
        await self._tell_queues(
            {h.shop_id for h in changed + gone if _was_or_is_waiting(before.get(h.id), h)}
        )

    async def _tell_queues(self, shops: set[int]) -> None:
        """Whoever waits in one of these shops may have moved forward."""
        for head in self._stood.values():
            if head.shop_id in shops and head.state == State.WAITING:
                await self._wake(self._customers.get(head.id, set()), {"type": "queue.moved"})

    async def _wake(self, sockets: set[Socket], hint: dict[str, object]) -> None:
        for socket in tuple(sockets):
            await socket.channel_layer.send(socket.channel_name, hint)


def _drop(watched: dict[K, set[Socket]], key: K, socket: Socket) -> None:
    watched[key].discard(socket)
    if not watched[key]:
        del watched[key]


def _was_or_is_waiting(before: Head | None, now: Head) -> bool:
    return State.WAITING in {now.state, before.state if before else ""}


watch = Watch()
