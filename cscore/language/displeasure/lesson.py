"""What came of teaching the shipped model a shop's rated chats. Light: serving reads it, only teaching trains."""

from collections.abc import Sequence
from dataclasses import dataclass

from cscore.language.displeasure.behaviour import Behaviour
from cscore.language.displeasure.model import Displeasure


@dataclass(frozen=True, slots=True)
class Taught:
    """`shipped` and `taught` are the areas under the curve on the shop's chats, each chat judged by models that never
    saw it; None with too few chats. `model` is there when teaching made it better."""

    chats: int
    bad: int
    shipped: float | None = None
    taught: float | None = None
    model: Displeasure | None = None


def worst_of(turns: Sequence[Behaviour], model: Displeasure) -> float:
    """How displeased the customer sounds where he sounds most displeased; 0 for who said nothing."""
    return max(map(model.score, turns), default=0.0)
