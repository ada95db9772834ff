"""What goes into the bot and what comes out."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from chat.bot.memory import Memory
from chat.models import HandOffReason
from chat.queries.telling import Telling, as_written
from cscore.commerce.queries import OrderCard
from cscore.language.displeasure import THRESHOLD, Behaviour, shipped
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


class Mood(Protocol):
    """How displeased the customer is, as this shop hears it."""

    @property
    def threshold(self) -> float:
        """The score from which he counts as upset."""

    def score(self, text: str) -> float:
        """How displeased he is who says this, from 0 to 1."""


class Unheard:
    """The mood of somebody of whom nothing is known but his words."""

    threshold = THRESHOLD

    def score(self, text: str) -> float:
        return shipped().score(Behaviour(text))


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing the customer said, chose (`choice` is empty for what was typed) or showed (`photo`).

    `case` is the number of the ticket that the photo goes to, if one is open.
    """

    text: str
    knowledge: Knowledge
    orders: Orders
    choice: str = ""
    memory: Memory = dataclasses.field(default_factory=Memory)
    signed_in: bool = False
    presence: Callable[[], bool] = lambda: True
    mood: Mood = dataclasses.field(default_factory=Unheard)
    tell: Callable[[LiveAnswer], Telling] = as_written
    photo: bool = False
    case: str = ""

    @property
    def someone_there(self) -> bool:
        """Whether an agent takes chats now; asked only when it matters."""
        return self.presence()

    @property
    def question(self) -> str:
        """What the next message may lean on: what is typed. What is chosen or shown leaves the question before."""
        return self.memory.last_text if self.choice or self.photo else self.text

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
class Section:
    """One of several questions in a message; `step` is empty and `answer` None for what nobody knows.

    `body` is what was said to it, `chosen` which of the article's answers that is.
    """

    question: str
    step: str = ""
    answer: LiveAnswer | None = None
    confidence: float = 0.0
    body: str = ""
    chosen: int = 0

    def as_reason(self) -> dict[str, Any]:
        """What is kept of it, to be told in words later."""
        return {
            "text": self.question,
            "step": self.step,
            "article": self.answer.key if self.answer else "",
            "confidence": round(self.confidence, 4),
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says, and what should follow from it. `step` and `decision` are kept as its reasons.

    `sections` are there when the message held several questions; `answer` is then the first article said.
    `chosen` is which of its answers was said: 0 for the base answer, else the other answer counted from 1.
    """

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
    sections: tuple[Section, ...] = ()
    chosen: int = 0


Step = Callable[[Turn], Reply | None]
