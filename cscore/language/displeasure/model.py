"""The trained model: a logistic regression over n-grams and behaviour, read by dictionary."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from cscore.language.displeasure.behaviour import Behaviour, signals
from cscore.language.displeasure.ngrams import weighed
from cscore.language.displeasure.threats import threatens


@dataclass(frozen=True, slots=True)
class Displeasure:
    """Immutable, so one is shared by all threads. `behaviour` has one weight for each of SIGNALS, in their order."""

    grams: Mapping[str, float]
    behaviour: tuple[float, ...]
    intercept: float

    def score(self, turn: Behaviour) -> float:
        """The probability that this customer is displeased; 1 for an overt threat, whatever else was said."""
        if threatens(turn.text):
            return 1.0
        heard = sum(self.grams[gram] * weight for gram, weight in weighed(turn.text, self.grams).items())
        happened = sum(weight for weight, holds in zip(self.behaviour, signals(turn), strict=True) if holds)
        return 1 / (1 + math.exp(-(self.intercept + heard + happened)))
