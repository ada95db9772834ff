"""Decides when a message cannot be understood alone, and completes it with the turn before."""

import re
from typing import Final

_POINTING: Final = re.compile(r"\b(?:it|that|this|those|these|them|one|there)\b", re.IGNORECASE)
# Chinese names the matter in a few characters more; pointing words are short there, so length alone decides.
_FEW_HAN: Final = 9
_FEW_WORDS: Final = 2
_FEW_POINTING_WORDS: Final = 5
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WORD: Final = re.compile(r"[^\W\d_\u3400-\u9fff]+")


def leans(text: str) -> bool:
    """Whether a message is too short to stand alone, or short and points at something said before."""
    words = len(_WORD.findall(text))
    few_words = words <= (_FEW_POINTING_WORDS if _POINTING.search(text) else _FEW_WORDS)
    return few_words and len(_HAN.findall(text)) < _FEW_HAN


def completed(text: str, previous: str) -> str:
    """The message, with the previous turn before it when it leans on it."""
    return f"{previous}\n{text}" if previous.strip() and leans(text) else text
