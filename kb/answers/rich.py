"""The form of an answer: safe HTML whose words are the plain answer, and the cards below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from kb.answers.cards import Card, card_as_json, card_from_json


@dataclass(frozen=True, slots=True)
class Rich:
    """`html` is empty for an answer in plain text."""

    html: str = ""
    cards: tuple[Card, ...] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        html = stored.get("html", "")
        if not isinstance(html, str):
            raise TypeError("HTML is text.")
        return cls(html, tuple(map(card_from_json, stored.get("cards", ()))))

    def as_json(self) -> dict[str, Any]:
        """Empty for an answer that is nothing but text."""
        cards = {"cards": [card_as_json(card) for card in self.cards]} if self.cards else {}
        return cards | ({"html": self.html} if self.html else {})
