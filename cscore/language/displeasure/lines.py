"""Our own training lines: written by hand for this project, in the ways customers talk."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from cscore.language.displeasure.behaviour import Behaviour
from cscore.language.displeasure.training import Example

FILE: Final = Path(__file__).with_name("lines.jsonl")

# Mood of a line -> the share of customers writing like that whom a senior agent would find displeased.
# A bare question counts .35: in rated chats a good part of those who must ask on are not content.
DISPLEASED: Final[Mapping[str, float]] = MappingProxyType(
    {
        "thanks": 0.01,
        "answer": 0.06,
        "urgent": 0.2,
        "neutral": 0.35,
        "worried": 0.35,
        "doubting": 0.65,
        "disappointed": 0.9,
        "sarcastic": 0.9,
        "angry": 0.97,
        "threat": 0.99,
    }
)


def examples() -> Iterator[Example]:
    """Every line as an example; a line may say what happened before it."""
    with FILE.open(encoding="utf-8") as lines:
        for line in lines:
            yield _example(json.loads(line))


def _example(line: dict[str, Any]) -> Example:
    mood = line.pop("mood")
    turn = Behaviour(**line | {"earlier": tuple(line.get("earlier", ()))})
    return Example(turn, DISPLEASED[mood])
