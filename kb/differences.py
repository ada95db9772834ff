"""What changed between two versions, word by word. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

import rjieba

# Comparing takes time that grows with the product of the lengths: longer texts are compared by sentence.
MOST_WORDS: Final = 1200
_SENTENCE: Final = re.compile(r"[^。！？!?\n]*[。！？!?\n]?")


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came."""

    kind: Kind
    text: str


def same(*texts: str) -> tuple[Piece, ...]:
    """Texts that nothing is compared with."""
    return tuple(Piece(Kind.SAME, text) for text in texts)


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts as pieces: the ones not added make up `before`, the ones not removed make up `after`."""
    old, new = _words(before), _words(after)
    if max(len(old), len(new)) > MOST_WORDS:
        old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    pieces: list[Piece] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece(Kind.SAME, "".join(old[i:j])))
            continue
        pieces.extend(_piece(Kind.REMOVED, old[i:j]))
        pieces.extend(_piece(Kind.ADDED, new[k:m]))
    return tuple(pieces)


def lines_difference(before: Sequence[str], after: Sequence[str]) -> tuple[Piece, ...]:
    """Lists compared as sets, in their order: what went, then what came."""
    gone = (Piece(Kind.REMOVED, line) for line in before if line not in set(after))
    came = (Piece(Kind.ADDED, line) for line in after if line not in set(before))
    return (*gone, *came)


def _words(text: str) -> list[str]:
    return list(rjieba.cut(text))


def _piece(kind: Kind, words: Iterable[str]) -> Iterable[Piece]:
    text = "".join(words)
    return (Piece(kind, text),) if text else ()
