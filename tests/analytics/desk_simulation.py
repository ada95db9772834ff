"""Chats on a desk, event by event: an independent witness against which the chat model is tested.

Nothing is shared with the model: agents answer the oldest waiting message, customers read and type, chats queue
for the agent with the fewest chats, and customers give up. All times are exponential.
"""

import random
from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush

from analytics.staffing.chat import ChatWork


@dataclass
class Desk:
    """One run of a desk; `share_taken_in_time` is what the model calls the service level."""

    work: ChatWork
    agents: int
    chats_at_a_time: int
    per_second: float
    random: random.Random
    events: list[tuple[float, int, str, int]] = field(default_factory=list)
    line: deque[tuple[int, float]] = field(default_factory=deque)
    gone: set[int] = field(default_factory=set)
    agent_of: dict[int, int] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    arrived: int = 0
    clock: float = 0.0
    count: int = 0

    def __post_init__(self) -> None:
        self.chats = [0] * self.agents
        self.inbox: list[deque[int]] = [deque() for _ in range(self.agents)]
        self.writing = [False] * self.agents

    def share_taken_in_time(self, hours: float, within_seconds: float) -> float:
        self._later(1 / self.per_second, "arrive", 0)
        while self.clock < hours * 3600:
            self.clock, _, what, who = heappop(self.events)
            getattr(self, f"_{what}")(who)
        return sum(wait <= within_seconds for wait in self.waits) / self.arrived

    def _later(self, mean: float, what: str, who: int) -> None:
        self.count += 1
        heappush(self.events, (self.clock + self.random.expovariate(1 / mean), self.count, what, who))

    def _arrive(self, _: int) -> None:
        self._later(1 / self.per_second, "arrive", 0)
        self.arrived += 1
        self.line.append((self.arrived, self.clock))
        self._later(self.work.patience_seconds, "give_up", self.arrived)
        self._seat()

    def _give_up(self, chat: int) -> None:
        if chat not in self.agent_of:
            self.gone.add(chat)

    def _seat(self) -> None:
        while self.line and self.line[0][0] in self.gone:
            self.gone.discard(self.line.popleft()[0])
        agent = min(range(self.agents), key=self.chats.__getitem__)
        if self.line and self.chats[agent] < self.chats_at_a_time:
            chat, since = self.line.popleft()
            self.waits.append(self.clock - since)
            self.agent_of[chat] = agent
            self.chats[agent] += 1
            self._ask(chat)

    def _ask(self, chat: int) -> None:
        agent = self.agent_of[chat]
        self.inbox[agent].append(chat)
        self._write(agent)

    def _write(self, agent: int) -> None:
        if self.inbox[agent] and not self.writing[agent]:
            self.writing[agent] = True
            self._later(self.work.reply_seconds, "reply", agent)

    def _reply(self, agent: int) -> None:
        chat = self.inbox[agent].popleft()
        self.writing[agent] = False
        self._later(max(self.work.customer_seconds, 1e-9), "read", chat)
        self._write(agent)

    def _read(self, chat: int) -> None:
        if self.random.random() < 1 / self.work.replies_per_chat:
            self.chats[self.agent_of[chat]] -= 1
            self._seat()
        else:
            self._ask(chat)
