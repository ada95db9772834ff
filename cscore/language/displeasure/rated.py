"""What a shop's own rated chats teach."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cscore.language.displeasure.behaviour import Behaviour
from cscore.language.displeasure.model import Displeasure
from cscore.language.displeasure.training import Example

# Stars -> by what the odds of displeasure are multiplied; three stars say neither. A rating is of the whole chat and
# most turns of a bad one are calm: taken as a judgement of every turn, it teaches less than nothing (make bench-displeasure).
ODDS: Final[Mapping[int, float]] = {1: 2.0, 2: 1.5, 4: 1 / 1.5, 5: 1 / 2.0}
# A chat weighs as much as this many of our own lines, however long it is.
CHAT_WEIGHT: Final = 3.0


@dataclass(frozen=True, slots=True)
class RatedChat:
    """A chat that its customer rated with 1 to 5 stars, and what he wrote in it."""

    stars: int
    turns: tuple[Behaviour, ...]


def examples_from(chats: Iterable[RatedChat], teacher: Displeasure) -> Iterator[Example]:
    """One example a turn, to be trained on together with our own lines.

    The teacher, usually the shipped model, says which turns sound displeased; the stars raise or lower that.
    """
    for chat in chats:
        if odds := ODDS.get(chat.stars):
            for turn in chat.turns:
                said = teacher.score(turn)
                displeased = said * odds / (said * odds + 1 - said)
                yield Example(turn, displeased, CHAT_WEIGHT / len(chat.turns))
