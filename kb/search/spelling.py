"""“Did you mean”: what was typed, with words that no article has replaced by words that articles have."""

from collections.abc import Iterator
from typing import Final

from kb.search.opened import Opened
from kb.search.reading import Word, folded_with_places, runs, words

_LONGEST: Final = 4
_SHORTEST_LATIN: Final = 3


def correction(opened: Opened, text: str) -> str:
    """The text as it was probably meant; "" when nothing better is known."""
    form, places = folded_with_places(text)
    corrected, done = "", 0
    for wrong, right in _replacements(opened, form):
        start, end = places[wrong.start], places[wrong.end - 1] + 1
        corrected += text[done:start] + right
        done = end
    return corrected + text[done:] if corrected else ""


def _replacements(opened: Opened, form: str) -> Iterator[tuple[Word, str]]:
    for run in runs(form):
        if run.han:
            yield from _misheard(opened, run)
        elif len(run.text) >= _SHORTEST_LATIN and not run.text.isdecimal() and not opened.has(run.text):
            meant = [*opened.near(run.text), *opened.sounding_like(run.text)]
            # A word that is being typed is not a wrong one.
            if meant and not opened.begun_with(run.text):
                yield run, meant[0]


def _misheard(opened: Opened, run: Word) -> Iterator[tuple[Word, str]]:
    """Stretches of Chinese that are no word here, but sound like one; known words are left alone."""
    known = [
        (run.start + word.start, run.start + word.end)
        for word in words(run.text)
        if len(word.text) > 1 and opened.has(word.text)
    ]
    at = run.start
    while at < run.end - 1:
        step = 1
        for length in range(min(_LONGEST, run.end - at), 1, -1):
            piece = Word(run.text[at - run.start : at - run.start + length], at, han=True)
            if opened.has(piece.text):
                step = length
                break
            inside = all(any(start <= place < end for start, end in known) for place in range(at, piece.end))
            if not inside and (
                meant := [one for one in opened.sounding_like(piece.text) if len(one) == length]
            ):
                yield piece, max(meant, key=opened.frequency)
                step = length
                break
        at += step
