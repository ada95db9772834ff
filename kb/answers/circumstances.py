"""When an answer is said instead of the base answer, and which of several.

The one that names more wins, and what is named counts in this order: product, category, tier, channel, dates. Of two
that name the same things the first in the list is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from django.utils import timezone

_LISTS: Final = ("products", "categories", "tiers", "channels")


@dataclass(frozen=True, slots=True)
class Situation:
    """Who asks, where, about which product, and when; empty texts are not known."""

    at: datetime
    channel: str = ""
    tier: str = ""
    product: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All of them must hold: one of each list that is not empty, not before `begins`, and before `ends`.

    `products` are SKUs, `categories` the products' own.
    """

    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    begins: datetime | None = None
    ends: datetime | None = None

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `as_json` stored. Raises KeyError, TypeError or ValueError for anything else."""
        products, categories, tiers, channels = (_names(stored.get(name, ())) for name in _LISTS)
        begins, ends = (_moment(stored.get(name)) for name in ("begins", "ends"))
        return cls(products, categories, tiers, channels, begins, ends)

    def as_json(self) -> dict[str, Any]:
        """What is not empty."""
        lists = {name: list(getattr(self, name)) for name in _LISTS}
        moments = {"begins": self.begins, "ends": self.ends}
        dated = {name: moment.isoformat() for name, moment in moments.items() if moment}
        return {name: values for name, values in lists.items() if values} | dated

    def fit(self, situation: Situation) -> bool:
        """Whether all of them hold."""
        held = (
            (self.products, situation.product),
            (self.categories, situation.category),
            (self.tiers, situation.tier),
            (self.channels, situation.channel),
        )
        return (
            all(not wanted or is_so in wanted for wanted, is_so in held)
            and (self.begins is None or self.begins <= situation.at)
            and not self.have_ended(situation.at)
        )

    def have_ended(self, at: datetime) -> bool:
        """Whether they will never hold again."""
        return self.ends is not None and self.ends <= at

    @property
    def weight(self) -> tuple[bool, ...]:
        """What they name, the weightiest first."""
        dated = self.begins is not None or self.ends is not None
        return (*(bool(getattr(self, name)) for name in _LISTS), dated)

    def cover(self, other: "Circumstances") -> bool:
        """Whether they hold wherever the others do."""
        lists = ((getattr(self, name), getattr(other, name)) for name in _LISTS)
        return (
            all(not mine or (theirs and set(theirs) <= set(mine)) for mine, theirs in lists)
            and (self.begins is None or (other.begins is not None and self.begins <= other.begins))
            and (self.ends is None or (other.ends is not None and other.ends <= self.ends))
        )


def _names(stored: Sequence[Any]) -> tuple[str, ...]:
    if isinstance(stored, str) or not all(isinstance(name, str) for name in stored):
        raise TypeError("Circumstances name texts.")
    return tuple(stored)


def _moment(stored: Any) -> datetime | None:
    moment = datetime.fromisoformat(stored) if stored else None
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment


def chosen(all_circumstances: Sequence[Circumstances], situation: Situation) -> int | None:
    """The place of the weightiest that fit, the first among equals; None when the base answer is said."""
    fitting = [place for place, when in enumerate(all_circumstances) if when.fit(situation)]
    return max(fitting, key=lambda place: (all_circumstances[place].weight, -place), default=None)


def hidden_by(all_circumstances: Sequence[Circumstances], place: int) -> int | None:
    """The place of one that is always said before this one; None when this one has its turn."""
    mine = all_circumstances[place]
    for other, when in enumerate(all_circumstances):
        if other != place and when.cover(mine) and (when.weight, -other) > (mine.weight, -place):
            return other
    return None
