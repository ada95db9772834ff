"""What a customer did and what happened to him before the text to be judged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cscore.language.displeasure.harsh import is_harsh
from cscore.language.displeasure.similarity import SAME_QUESTION, most_similar

# The platforms' own rule: whoever is not answered within three minutes was kept waiting.
LONG_WAIT_S: Final = 180
NO_PROGRESS: Final = 3


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One text of a customer with its visit: `earlier` are his own texts before it, oldest first.

    `turns_without_progress` counts this turn and those before it since he last got what he asked for; `waited_s` is how
    long he waited for the last reply, or waits now; the last three say what happened earlier in the visit, and
    `complained_before` also in earlier ones.
    """

    text: str
    earlier: tuple[str, ...] = ()
    turns_without_progress: int = 0
    waited_s: float = 0
    asked_for_person: bool = False
    refused_refund: bool = False
    complained_before: bool = False


# The order is the order of the weights in a saved model.
SIGNALS: Final[dict[str, Callable[[Behaviour], bool]]] = {
    "harsh_words": lambda turn: is_harsh(turn.text),
    "same_question": lambda turn: most_similar(turn.text, turn.earlier) > SAME_QUESTION,
    "no_progress": lambda turn: turn.turns_without_progress >= NO_PROGRESS,
    "long_wait": lambda turn: turn.waited_s > LONG_WAIT_S,
    "asked_for_person": lambda turn: turn.asked_for_person,
    "refused_refund": lambda turn: turn.refused_refund,
    "complained_before": lambda turn: turn.complained_before,
}


def signals(turn: Behaviour) -> tuple[bool, ...]:
    """What holds of the turn beside its n-grams, in the order of SIGNALS."""
    return tuple(holds(turn) for holds in SIGNALS.values())
