"""What may stand below an answer: a product, a link, a coupon, a picture."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class ProductCard:
    """One of the shop's products; name, price and picture are looked up when it is shown."""

    sku: str


@dataclass(frozen=True, slots=True)
class LinkCard:
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class CouponCard:
    """A code with what it is worth in words, and the last day on which it is."""

    code: str
    words: str
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class ImageCard:
    """A picture; `words` say what it shows to whoever cannot see it."""

    url: str
    words: str


Card = ProductCard | LinkCard | CouponCard | ImageCard
KINDS: Final[Mapping[str, type[Card]]] = {
    "product": ProductCard,
    "link": LinkCard,
    "coupon": CouponCard,
    "image": ImageCard,
}
_NAMES: Final = {kind: name for name, kind in KINDS.items()}


def card_as_json(card: Card) -> dict[str, Any]:
    """The card as it is stored: its kind, and its fields as texts."""
    fields = {name: str(value) for name, value in asdict(card).items() if value is not None}
    return {"kind": _NAMES[type(card)]} | fields


def card_from_json(stored: Mapping[str, Any]) -> Card:
    """The card that `card_as_json` stored. Raises KeyError, TypeError or ValueError for anything else."""
    fields = {name: value for name, value in stored.items() if name != "kind"}
    if not all(isinstance(value, str) for value in fields.values()):
        raise TypeError("A card's fields are texts.")
    if "ends" in fields:
        fields["ends"] = date.fromisoformat(fields["ends"])
    return KINDS[stored["kind"]](**fields)
