"""Reads texts for the search: one form, words of both scripts, and how Chinese sounds.

Folding goes character by character, so that a word found in the folded text can be marked in the text as written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

import rjieba
from pypinyin import lazy_pinyin
from whoosh.lang.porter import stem

from kb.matching.normalise import Normaliser

_HAN: Final = r"\u3400-\u4dbf\u4e00-\u9fff"
_RUN: Final = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_SHORTEST_WITH_STEM: Final = 4
# Typed by people who speak Mandarin with a southern accent: one sound for both.
_ALIKE: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


class _Folds(dict[int, str]):
    """A character's code -> its folded form, looked up once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        # Half a character has no form to fold to, and the converter takes none.
        self[code] = "" if 0xD800 <= code <= 0xDFFF else Normaliser.folded(character)
        return self[code]


_FOLDS: Final = _Folds()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a folded text and where it stands there."""

    text: str
    start: int
    han: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def folded(text: str) -> str:
    """The text in one width, one case and one script."""
    return text.translate(_FOLDS)


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The same, and for each folded character the place of the one it came from."""
    forms = [_FOLDS[ord(character)] for character in text]
    return "".join(forms), [place for place, form in enumerate(forms) for _ in form]


def runs(text: str) -> Iterator[Word]:
    """The stretches of a folded text that have one script; punctuation parts them."""
    for found in _RUN.finditer(text):
        yield Word(found[0], found.start(), _is_han(found[0]))


def words(text: str) -> Iterator[Word]:
    """The words of a folded text, one after the other."""
    for run in runs(text):
        if not run.han:
            yield run
            continue
        at = run.start
        for piece in rjieba.cut(run.text):
            yield Word(piece, at, han=True)
            at += len(piece)


def all_words(text: str) -> list[str]:
    """The words of a folded text, with the shorter ones inside long Chinese words."""
    found: list[str] = []
    for run in runs(text):
        found += rjieba.cut_for_search(run.text) if run.han else [run.text]
    return found


def sounds(text: str) -> list[str]:
    """Each two neighbouring Chinese characters of a folded text as they sound."""
    found: list[str] = []
    for run in runs(text):
        if run.han:
            found += [first + second for first, second in pairwise(map(_sound, run.text))]
    return found


def sound_of(word: str) -> str:
    """How a Chinese word sounds, or what somebody typed who writes sounds."""
    return "".join(map(_sound, word)) if _is_han(word) else _alike(word)


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """What the forms of an English word share; "" for short words and other scripts."""
    if not word.isascii() or len(word) < _SHORTEST_WITH_STEM:
        return ""
    return str(stem(word))


@cache
def _sound(character: str) -> str:
    return _alike(str(lazy_pinyin(character)[0]))


def _alike(syllables: str) -> str:
    for said, meant in _ALIKE:
        syllables = syllables.replace(said, meant)
    return syllables


def _is_han(text: str) -> bool:
    return "\u3400" <= text[:1] <= "\u9fff"
