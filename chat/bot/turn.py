"""What goes into the bot and what comes out."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from chat.bot.memory import Memory
from chat.models import HandOffReason
from cscore.commerce.queries import OrderCard
from kb.matching import Match
from kb.queries import LiveAnswer
from tickets.queries import TicketCard


class Knowledge(Protocol):
    """What the bot asks of kb.live.Knowledge."""

    def match(self, text: str, previous: str = "") -> Match: ...
    def answer(self, key: str) -> LiveAnswer | None: ...


class Orders(Protocol):
    """The orders this customer may ask about."""

    def find(self, text: str) -> OrderCard | None:
        """The order whose number stands in the text: own ones of who is signed in, else with proof."""

    def by_id(self, order_id: int | None) -> OrderCard | None:
        """An order that find() or recent() returned earlier in this conversation."""

    def recent(self) -> Sequence[OrderCard]:
        """The newest orders of who is signed in, else none."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing the customer said or chose (`choice` is empty for what was typed)."""

    text: str
    knowledge: Knowledge
    orders: Orders
    choice: str = ""
    memory: Memory = dataclasses.field(default_factory=Memory)
    signed_in: bool = False
    presence: Callable[[], bool] = lambda: True

    @property
    def someone_there(self) -> bool:
        """Whether an agent takes chats now; asked only when it matters."""
        return self.presence()

    @property
    def question(self) -> str:
        """What the next message may lean on: what is typed. A chosen order or item leaves the question before."""
        return self.memory.last_text if self.choice else self.text

    @property
    def same_again(self) -> bool:
        """Whether the customer says word for word what he said before."""
        return bool(self.text) and self.text == self.memory.last_text


@dataclass(frozen=True, slots=True)
class TicketWish:
    """A ticket to open with the reply; `told` makes the reply's words once its number is known."""

    kind: str
    reason: str
    told: Callable[[TicketCard], str]
    order_id: int | None = None
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says, and what should follow from it. `step` and `decision` are kept as its reasons."""

    step: str
    decision: str
    body: str
    parts: tuple[dict[str, Any], ...] = ()
    memory: Memory = dataclasses.field(default_factory=Memory)
    hand_over: HandOffReason | None = None
    ticket: TicketWish | None = None
    answer: LiveAnswer | None = None
    match: Match | None = None
    release: int = 0
    thresholds: dict[str, float] = dataclasses.field(default_factory=dict)


Step = Callable[[Turn], Reply | None]
