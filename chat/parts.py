"""Blocks that stand beside a message's plain text; see docs/protocol.md."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from cscore.commerce.models import Product
from cscore.commerce.queries import picture
from kb.answers.nodes import Node, is_link
from kb.queries import LiveAnswer
from tickets.queries import TicketCard

Part = dict[str, Any]
Options = Iterable[tuple[str, str]]


def choices(options: Options) -> Part:
    """Things the customer may choose from: (value, label) each."""
    return {"kind": "choices", "options": _listed(options)}


def form(field: str, options: Options) -> Part:
    """One question of a form: `order`, `item`, `reason` or `photo`, with a way out among the options."""
    return {"kind": "form", "field": field, "options": _listed(options)}


def source(answer: LiveAnswer, chosen: int = 0) -> Part:
    """The article and version that the text was taken from, and which of its other answers, if it was one."""
    return {
        "kind": "source",
        "article": answer.key,
        "version": answer.version_number,
        "question": answer.question,
    } | ({"answer": chosen} if chosen else {})


def ticket(card: TicketCard) -> Part:
    """A ticket's number and state; its own kind is `ticket_kind`, because `kind` names the part."""
    fields = card.as_fields()
    return fields | {"kind": "ticket", "ticket_kind": fields["kind"]}


def rich(text: str, nodes: Iterable[Node]) -> Part:
    """This text of the body with its form, as a tree of which pages build elements."""
    return {"kind": "rich", "text": text, "nodes": list(nodes)}


def product(row: Product) -> Part:
    return {
        "kind": "product",
        "sku": row.sku,
        "name": row.name,
        "price": str(row.price),
        "image": picture(row.image),
        "url": row.page if is_link(row.page) else "",
    }


def link(url: str, words: str) -> Part:
    return {"kind": "link", "url": url, "words": words}


def coupon(code: str, words: str, ends: date | None) -> Part:
    return {"kind": "coupon", "code": code, "words": words, "ends": ends.isoformat() if ends else None}


def image(url: str, words: str) -> Part:
    return {"kind": "image", "url": url, "words": words}


def photo(photo_id: UUID, width: int, height: int) -> Part:
    """A photo that the customer sent; pages fetch it by its id with their own right to it."""
    return {"kind": "photo", "id": str(photo_id), "width": width, "height": height}


def offered_label(parts: Iterable[Part], value: str) -> str | None:
    """The label of the option with this value, if one of the parts offers it."""
    for part in parts:
        for option in part.get("options", ()):
            if option["value"] == value:
                return str(option["label"])
    return None


def _listed(options: Options) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in options]
