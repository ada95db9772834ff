"""Which parts of a text were asked for: pieces of plain text, each marked or not. Never markup."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from kb.search.opened import Opened, Wanted
from kb.search.reading import folded_with_places, runs, stem_of
from kb.search.terms import SOUND, STEM

_SNIPPET: Final = 140
_BEFORE: Final = 30
# A word that more than this share of the articles have tells nothing, unless nothing else was asked.
_COMMON: Final = 0.4


class Piece(NamedTuple):
    """A stretch of text."""

    text: str
    marked: bool


class Marker:
    """Knows the words that were asked for, in every form they may stand in a text."""

    def __init__(self, asked: Iterable[Wanted], opened: Opened | None = None) -> None:
        terms = [term for wanted in asked for term in wanted.variants if not term.startswith(SOUND)]
        telling = [term for term in terms if opened is None or _tells(opened, term)]
        chosen = telling or terms
        self._stems = {term.removeprefix(STEM) for term in chosen if term.isascii()}
        self._words = {term for term in chosen if not term.startswith(STEM)}
        han = sorted((word for word in self._words if not word.isascii()), key=len, reverse=True)
        self._han = re.compile("|".join(map(re.escape, han)) or r"(?!)")

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The whole text."""
        return _cut(text, self._spans(text))

    def snippet(self, text: str) -> tuple[Piece, ...]:
        """The part of a text that has most of what was asked for, in one line."""
        flat = " ".join(text.split())
        spans = self._spans(flat)
        start = _densest(spans)
        end = min(len(flat), start + _SNIPPET)
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
        pieces = _cut(flat[start:end], inside)
        before = (Piece("…", False),) if start else ()
        after = (Piece("…", False),) if end < len(flat) else ()
        return (*before, *pieces, *after)

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand in the text as it is written, in order, none touching the next."""
        form, places = folded_with_places(text)
        found: list[tuple[int, int]] = []
        for run in runs(form):
            if run.han:
                found += [
                    (run.start + word.start(), run.start + word.end())
                    for word in self._han.finditer(run.text)
                ]
            elif run.text in self._words or (stem_of(run.text) or run.text) in self._stems:
                found.append((run.start, run.end))
        return _joined((places[start], places[end - 1] + 1) for start, end in found)


def _tells(opened: Opened, term: str) -> bool:
    return opened.frequency(term) <= max(2.0, opened.size * _COMMON)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = 0
    for start, end in spans:
        pieces += [Piece(text[done:start], False), Piece(text[start:end], True)]
        done = end
    return tuple(piece for piece in (*pieces, Piece(text[done:], False)) if piece.text)


def _densest(spans: Sequence[tuple[int, int]]) -> int:
    """Where a snippet with most marks begins; a little before its first mark, or at the text's beginning."""
    best, most = 0, 0
    for start, _ in spans:
        inside = sum(1 for a, b in spans if a >= start and b <= start + _SNIPPET - _BEFORE)
        if inside > most:
            best, most = start, inside
    return max(0, best - _BEFORE)
