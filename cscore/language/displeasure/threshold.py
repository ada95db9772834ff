"""From how many customers senior agents can take to how displeased one must be."""

import math
from collections.abc import Sequence
from typing import Final

# Below an even chance nobody is disturbed, however much time he has.
LOWEST: Final = 0.5


def threshold_for(scores: Sequence[float], per_hour: float, messages_per_hour: float) -> float:
    """The lowest threshold that `per_hour` of `messages_per_hour` messages reach, if they score like `scores` did.

    A score reaches a threshold that it equals. Never below LOWEST. Raises ValueError without scores or messages.
    """
    if not scores or messages_per_hour <= 0:
        raise ValueError("A threshold needs scores and messages.")
    taken = int(len(scores) * per_hour / messages_per_hour)
    if taken >= len(scores):
        return LOWEST
    first_left = sorted(scores, reverse=True)[taken]
    return max(LOWEST, math.nextafter(first_left, math.inf))
