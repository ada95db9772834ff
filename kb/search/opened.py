"""An opened index: which articles have the words that were asked for, best first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from whoosh.reading import TermNotFound

from kb.search.disk import read
from kb.search.reading import Word, folded, runs, sound_of, sounds, stem_of, words
from kb.search.terms import PARTED, SOUND, STEM

# A weight counts weight * (1 + K) / (weight + K) times: the question's words most, but not six times as much.
_K: Final = 3.0
_FIELD: Final = "terms"
_STEM_COUNTS, _NEAR_COUNTS, _BEGUN_COUNTS, _PAIR_COUNTS, _SOUND_COUNTS = 0.9, 0.7, 0.6, 0.5, 0.35
_MOST_WORDS, _MOST_BEGUN, _MOST_NEAR = 24, 8, 4
# Postings that stay in memory, so that common words are read from the index once.
_MOST_KEPT: Final = 1_000_000
# Hits below this share of the best one's score have a word in common and nothing else.
_WORTH: Final = 0.25

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of what was asked: the terms that stand for it, each with how much it counts."""

    variants: Mapping[str, float]
    counts: float = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """The key of an article and how well it fits."""

    key: str
    score: float


class Opened:
    """One index in memory. Its methods may be called from any thread."""

    def __init__(self, folder: Path) -> None:
        self._reader: Any = read(folder)
        self._lock = Lock()
        self._kept: dict[str, tuple[npt.NDArray[np.int32], Floats]] = {}
        self._size = 0

    def find(self, asked: Iterable[Wanted], most: int) -> list[Found]:
        """The best articles, at most so many."""
        total = self._documents
        scores, mass = np.zeros(total, np.float32), 0.0
        for wanted in asked:
            here = np.zeros(total, np.float32)
            for term, counts in wanted.variants.items():
                places, weights = self._postings(term)
                here[places] = np.maximum(here[places], counts * weights)
            rarity = float(np.log1p(total / (1 + np.count_nonzero(here)))) * wanted.counts
            scores += rarity * here
            mass += rarity
        return self._best(scores, mass, most)

    def has(self, word: str) -> bool:
        """Whether an article has this word."""
        with self._lock:
            return (_FIELD, word) in self._reader

    def frequency(self, term: str) -> int:
        """How many articles have it."""
        with self._lock:
            return int(self._reader.doc_frequency(_FIELD, term))

    @property
    def size(self) -> int:
        """How many articles there are, with those that were replaced since it was made anew."""
        return self._documents

    def begun_with(self, beginning: str) -> list[str]:
        """Known words that begin so, the commonest first."""
        with self._lock:
            found = (term.decode() for term in self._reader.expand_prefix(_FIELD, beginning))
            counted = [
                (-self._reader.doc_frequency(_FIELD, term), term) for term in found if term != beginning
            ]
        return [term for _, term in nsmallest(_MOST_BEGUN, counted)]

    def near(self, word: str) -> list[str]:
        """Known words that are one or two slips away, the likeliest first; none for short words."""
        slips = 0 if len(word) < 4 else 1 if len(word) < 5 else 2
        for distance in range(1, slips + 1):
            with self._lock:
                close = set(self._reader.terms_within(_FIELD, word, distance, prefix=1))
                counted = [
                    (sorted(term) != sorted(word), -self._reader.doc_frequency(_FIELD, term), term)
                    for term in close
                    if term.isalnum()
                ]
            if counted:
                # Two letters that changed places are the likeliest slip.
                return [term for _, _, term in nsmallest(_MOST_NEAR, counted)]
        return []

    def sounding_like(self, word: str) -> list[str]:
        """Known Chinese words that sound like this word, or as these letters say."""
        beginning = f"{sound_of(word)}{PARTED}"
        with self._lock:
            found = [term.decode() for term in self._reader.expand_prefix("known", beginning)]
        alike = [term.partition(PARTED)[2] for term in found]
        return [term for term in alike if term != word and self.has(term)]

    def _best(self, scores: Floats, mass: float, most: int) -> list[Found]:
        if not mass:
            return []
        order = np.argsort(-scores, kind="stable")[:most]
        worth = float(scores[order[0]]) * _WORTH if len(order) else 0.0
        found = [(int(place), float(scores[place]) / mass) for place in order if scores[place] > worth]
        with self._lock:
            return [Found(self._reader.stored_fields(place)["key"], score) for place, score in found]

    def _postings(self, term: str) -> tuple[npt.NDArray[np.int32], Floats]:
        """The places of the articles that have the term, and what it is worth in each."""
        with self._lock:
            if (kept := self._kept.get(term)) is None:
                kept = self._kept[term] = self._read(term)
                self._size += len(kept[0])
                while self._size > _MOST_KEPT and len(self._kept) > 1:
                    oldest = next(iter(self._kept))
                    self._size -= len(self._kept.pop(oldest)[0])
            return kept

    def _read(self, term: str) -> tuple[npt.NDArray[np.int32], Floats]:
        places: list[int] = []
        weights: list[float] = []
        try:
            matcher = self._reader.postings(_FIELD, term)
        except TermNotFound:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        while matcher.is_active():
            places.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        raw = np.asarray(weights, np.float32)
        return np.asarray(places, np.int32), raw * (1 + _K) / (raw + _K)

    @cached_property
    def _documents(self) -> int:
        return int(self._reader.doc_count_all())


def wanted(opened: Opened, text: str) -> list[Wanted]:
    """What to look for: every word as it is or in another form; near ones and beginnings for what no article has."""
    form = folded(text)
    pairs = _pairs(opened, form)
    spoken = [
        _wanted_word(opened, word)
        for word in list(words(form))[:_MOST_WORDS]
        if len(word.text) > 1 or not any(pair.start <= word.start < pair.end for pair in pairs)
    ]
    spoken += [Wanted({text: 1.0}, _PAIR_COUNTS) for text in dict.fromkeys(pair.text for pair in pairs)]
    heard = [Wanted({SOUND + sound: 1.0}, _SOUND_COUNTS) for sound in dict.fromkeys(sounds(form))]
    return [*spoken, *heard[:_MOST_WORDS]]


def _pairs(opened: Opened, form: str) -> list[Word]:
    """Neighbouring Chinese characters that are a word somewhere: what was asked may be cut into words otherwise."""
    found = []
    for run in runs(form):
        if run.han:
            texts = (Word(run.text[at : at + 2], run.start + at, han=True) for at in range(len(run.text) - 1))
            found += [word for word in texts if opened.has(word.text)]
    return found[:_MOST_WORDS]


def _wanted_word(opened: Opened, word: Word) -> Wanted:
    variants = {word.text: 1.0}
    if stem := stem_of(word.text):
        variants |= {STEM + stem: _STEM_COUNTS}
        variants.setdefault(stem, _STEM_COUNTS)
    if any(opened.has(term) for term in variants):
        return Wanted(variants)
    if word.han:
        begun = opened.begun_with(word.text) if len(word.text) == 1 else []
        return Wanted(variants | dict.fromkeys(begun, _BEGUN_COUNTS))
    others = dict.fromkeys(opened.near(word.text), _NEAR_COUNTS)
    if len(word.text) > 1:
        others |= dict.fromkeys(opened.begun_with(word.text), _BEGUN_COUNTS)
        others |= dict.fromkeys(opened.sounding_like(word.text), _NEAR_COUNTS)
    return Wanted(variants | others)
