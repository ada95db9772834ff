"""What the bot asks of the world, small and in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from cscore.commerce.models import OrderStatus, ParcelStatus
from cscore.commerce.queries import Line, OrderCard, ParcelCard
from kb.matching import Candidate, Decision, Match
from kb.queries import LiveAnswer


class KnowsNothing:
    """A shop without articles."""

    def match(self, text: str, previous: str = "") -> Match:
        return Match(Decision.HAND_OVER, (), "nothing")

    def answer(self, key: str) -> LiveAnswer | None:
        return None


@dataclass
class Knows:
    """Answers by whole question: question -> keys; one key is answered, several are offered."""

    questions: Mapping[str, Sequence[str]]

    def match(self, text: str, previous: str = "") -> Match:
        keys = self.questions.get(text, ())
        decision = {0: Decision.HAND_OVER, 1: Decision.ANSWER}.get(len(keys), Decision.OFFER)
        return Match(decision, tuple(Candidate(key, 0.9) for key in keys), "exact")

    def answer(self, key: str) -> LiveAnswer | None:
        known = {key for keys in self.questions.values() for key in keys}
        return LiveAnswer(key, 7, 2, f"About {key}?", f"This is about {key}.") if key in known else None


@dataclass
class Owns:
    """The orders of one signed-in customer."""

    cards: Sequence[OrderCard] = field(default_factory=tuple)

    def find(self, text: str) -> OrderCard | None:
        return next((card for card in self.cards if card.number in text), None)

    def by_id(self, order_id: int | None) -> OrderCard | None:
        return next((card for card in self.cards if card.id == order_id), None)

    def recent(self) -> Sequence[OrderCard]:
        return self.cards


NoOrders = Owns


def order(number: str, *, items: Sequence[str] = ("Tent",), id: int = 1) -> OrderCard:
    return OrderCard(
        id=id,
        number=number,
        status=OrderStatus.SHIPPED,
        placed_at=datetime(2026, 6, 1, tzinfo=UTC),
        total=Decimal(100),
        lines=tuple(Line(10 * id + place, name, 1, "") for place, name in enumerate(items)),
        parcels=(ParcelCard("SF", "SF001", ParcelStatus.IN_TRANSIT, ({"text": "Left Hangzhou"},)),),
    )
