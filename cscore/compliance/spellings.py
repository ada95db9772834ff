"""How people write a forbidden word so that a filter does not see it: homophones, letters, nicknames."""

import tomllib
from functools import cache
from itertools import product
from pathlib import Path

from cscore.compliance.folding import fold

TABLE = Path(__file__).with_name("spellings.toml")
MOST_SPELLINGS = 200


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Folded word -> itself and its other spellings, longest word first."""
    entries = tomllib.loads(TABLE.read_text(encoding="utf-8"))["spellings"]
    folded = {
        fold(word).text: tuple(fold(other).text for other in others.split())
        for word, others in entries.items()
    }
    return {word: (word, *folded[word]) for word in sorted(folded, key=len, reverse=True)}


def spellings(word: str) -> frozenset[str]:
    """A folded word in every spelling we know, itself included; at most MOST_SPELLINGS of them."""
    parts: list[tuple[str, ...]] = []
    index = 0
    while index < len(word):
        known = next((key for key in _table() if word.startswith(key, index)), word[index])
        parts.append(_table().get(known, (known,)))
        index += len(known)
    combinations = product(*parts)
    return frozenset("".join(each) for each, _ in zip(combinations, range(MOST_SPELLINGS), strict=False)) | {
        word
    }
