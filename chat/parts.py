"""Blocks that stand beside a message's plain text; see docs/protocol.md."""

from collections.abc import Iterable
from typing import Any

from kb.queries import LiveAnswer
from tickets.queries import TicketCard

Part = dict[str, Any]
Options = Iterable[tuple[str, str]]


def choices(options: Options) -> Part:
    """Things the customer may choose from: (value, label) each."""
    return {"kind": "choices", "options": _listed(options)}


def form(field: str, options: Options) -> Part:
    """One question of a form: `order`, `item` or `reason`, with a way out among the options."""
    return {"kind": "form", "field": field, "options": _listed(options)}


def source(answer: LiveAnswer) -> Part:
    """The article and version that the text was taken from."""
    return {
        "kind": "source",
        "article": answer.key,
        "version": answer.version_number,
        "question": answer.question,
    }


def ticket(card: TicketCard) -> Part:
    """A ticket's number and state; its own kind is `ticket_kind`, because `kind` names the part."""
    fields = card.as_fields()
    return fields | {"kind": "ticket", "ticket_kind": fields["kind"]}


def offered_label(parts: Iterable[Part], value: str) -> str | None:
    """The label of the option with this value, if one of the parts offers it."""
    for part in parts:
        for option in part.get("options", ()):
            if option["value"] == value:
                return str(option["label"])
    return None


def _listed(options: Options) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in options]
