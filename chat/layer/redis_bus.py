"""The channel layer of several processes: one channel in Redis carries every process's hints to all others."""

import json
import logging
import secrets
import threading
from collections import deque

import redis
from redis.backoff import ExponentialBackoff
from redis.retry import Retry

from chat.layer.mailbox import Hint
from chat.layer.memory import MemoryLayer

logger = logging.getLogger(__name__)

BUS = "cscore:hints"
TIMEOUT_S = 0.5
RETRY_S = 0.5
# Hints that wait while Redis is slow or dead; older ones are dropped, the database's own news replaces them.
WAITING = 10_000
BATCH = 500


class RedisLayer(MemoryLayer):
    """Delivers to its own process at once and publishes for the others, in batches, from a thread of its own.

    Redis may die at any time: senders notice nothing, sockets stay, and both threads come back by themselves.
    """

    def __init__(self, url: str, capacity: int = 1000, bus: str = BUS) -> None:
        super().__init__(capacity=capacity)
        self._url, self._bus = url, bus
        self._name = secrets.token_hex(8)
        self._outgoing: deque[str] = deque(maxlen=WAITING)
        self._something_to_send = threading.Event()
        self._starting = threading.Lock()
        self._publishes = self._listens = False

    async def new_channel(self, prefix: str = "socket") -> str:
        name = await super().new_channel(prefix)
        with self._starting:
            if not self._listens:
                self._listens = True
                threading.Thread(target=self._listen, name="hints-in", daemon=True).start()
        return name

    def hint(self, group: str, message: Hint) -> None:
        super().hint(group, message)
        self._outgoing.append(json.dumps([self._name, group, message]))
        self._something_to_send.set()
        with self._starting:
            if not self._publishes:
                self._publishes = True
                threading.Thread(target=self._publish, name="hints-out", daemon=True).start()

    def _client(self, *, reads_for_s: float) -> redis.Redis:
        return redis.Redis.from_url(
            self._url,
            socket_connect_timeout=TIMEOUT_S,
            socket_timeout=reads_for_s,
            retry=Retry(ExponentialBackoff(), 0),
        )

    def _publish(self) -> None:
        client = self._client(reads_for_s=TIMEOUT_S)
        while self._something_to_send.wait():
            self._something_to_send.clear()
            while self._outgoing:
                count = min(len(self._outgoing), BATCH)
                batch = [self._outgoing.popleft() for _ in range(count)]
                try:
                    client.publish(self._bus, f"[{','.join(batch)}]")
                except (redis.RedisError, OSError):
                    threading.Event().wait(RETRY_S)

    def _listen(self) -> None:
        while True:
            try:
                self._listen_until_it_breaks()
            except (redis.RedisError, OSError):
                threading.Event().wait(RETRY_S)

    def _listen_until_it_breaks(self) -> None:
        client = self._client(reads_for_s=30)
        with client.pubsub(ignore_subscribe_messages=True) as subscription:  # type: ignore[no-untyped-call]
            subscription.subscribe(self._bus)
            self._on_loop(self._everyone_missed_something)
            while True:
                # Returns None after each silent timeout; a dead peer raises.
                news = subscription.get_message(timeout=20)
                if news:
                    self._on_loop(self._hear, news["data"])

    def _hear(self, data: bytes) -> None:
        try:
            for sender, group, message in json.loads(data):
                if sender != self._name:
                    self._deliver(group, message)
        except (ValueError, TypeError):
            logger.warning("Something that is no hint came over Redis.")
