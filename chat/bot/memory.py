"""What the bot keeps in mind between two turns; stored as JSON with the conversation."""

import dataclasses
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Form:
    """An after-sale case being filled in: `field` is the question asked last, `misses` how often in vain.

    `photo` is empty until one has come, or it is clear that none will.
    """

    kind: str
    field: str = ""
    order: str = ""
    order_id: int | None = None
    item_id: int | None = None
    reason: str = ""
    photo: str = ""
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Memory:
    """`last_*` are of the turn before; `waits_for_order` after asking for an order number.

    `photo` says that a photo was sent which no case has yet. `displeasure` is the score for which the customer was just given to a person, else 0.
    """

    last_text: str = ""
    last_article: str = ""
    form: Form | None = None
    waits_for_order: bool = False
    unclear: int = 0
    callback: str = ""
    photo: bool = False
    displeasure: float = 0.0

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """What was stored, or an empty memory when an older release stored something else."""
        try:
            form = stored.get("form")
            return cls(**stored | {"form": Form(**form) if form else None})
        except TypeError:
            return cls()

    def as_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    def after(self, text: str, **changes: Any) -> "Memory":
        """The memory for the next turn: this text becomes the last one, what is not named is forgotten."""
        kept: dict[str, Any] = {"last_text": text, "callback": self.callback, "photo": self.photo}
        return Memory(**kept | changes)
