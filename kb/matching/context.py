"""Decides when a message cannot be understood alone, and completes it with the turn before."""

import re
from typing import Final

_POINTING: Final = re.compile(
    r"这个|那个|这种|那种|这样|那样|这款|那款|这边|它|上面|刚才|刚刚|那我|那就|那么|\b(?:it|that|this|those|these|them|one)\b",
    re.IGNORECASE,
)
_SHORT_HAN: Final = 6
_SHORT_WORDS: Final = 2
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WORD: Final = re.compile(r"[^\W\d_\u3400-\u9fff]+")


def leans(text: str) -> bool:
    """Whether a message points at something said before, or is too short to stand alone."""
    if _POINTING.search(text):
        return True
    return len(_HAN.findall(text)) < _SHORT_HAN and len(_WORD.findall(text)) <= _SHORT_WORDS


def completed(text: str, previous: str) -> str:
    """The message, with the previous turn before it when it leans on it."""
    return f"{previous}\n{text}" if previous.strip() and leans(text) else text
