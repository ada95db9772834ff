"""A text as the character sequences that stand in it, beginning and end marked."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterator, Mapping

LONGEST = 3
# Anger is said early; what a customer pastes after it costs time and teaches nothing.
MOST_CHARACTERS = 300
_NUMBER = re.compile(r"\d+")


def fold(text: str) -> str:
    """NFKC, small letters, one space between words, every number 0."""
    compatible = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).casefold()
    return _NUMBER.sub("0", " ".join(compatible.split()))


def ngrams(folded: str) -> Iterator[str]:
    """Every run of 1 to 3 characters of a folded text between two marks."""
    marked = f"^{folded}$"
    for length in range(1, LONGEST + 1):
        for start in range(len(marked) - length + 1):
            yield marked[start : start + length]


def weighed(text: str, known: Container[str] | None = None) -> Mapping[str, float]:
    """The text's n-grams (only the `known` ones, if given) at 1 + ln(count), scaled to length 1.

    Scaled, a long text is no louder than a short one; and what a model never saw does not quieten what it knows.
    """
    counted = Counter(gram for gram in ngrams(fold(text)) if known is None or gram in known)
    weights = {gram: 1 + math.log(count) for gram, count in counted.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {gram: weight / length for gram, weight in weights.items()}
