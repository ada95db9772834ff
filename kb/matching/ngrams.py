"""Cuts a normalised text into the features it is compared by: words, pairs of Latin words, character n-grams, pinyin.

A feature is a 32-bit hash. A vocabulary of hashes needs no strings in memory or in the artefact; a million
features share fewer than 120 hashes by chance.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zlib import crc32

import rjieba
from pypinyin import Style, lazy_pinyin

PINYIN: Final = "p"
_RUNS = re.compile(r"[\u3400-\u9fff]+|~?[^\W\d_\u3400-\u9fff]+(?:'[^\W\d_]+)?")
_HAN_SIZES: Final = (1, 2)
_SINGLE: Final = (1,)
_LATIN_SIZES: Final = (2, 3, 4, 5)


def features(text: str, *, loose: bool = False) -> list[int]:
    """Hashes of the text's words, pairs of Latin words and character n-grams; repeated features are repeated.

    `loose` takes Chinese characters one by one, whatever word they are in and whichever comes next.
    """
    return [crc32(feature.encode()) for feature in _spelled(text, loose=loose)]


def sounds(text: str) -> list[int]:
    """Hashes of the pinyin of neighbouring Chinese characters: equal for words typed wrong but sounding right."""
    return [
        crc32(f"{PINYIN}{first} {second}".encode())
        for run in _RUNS.findall(text)
        if _is_han(run)
        for first, second in pairwise(map(_syllable, run))
    ]


def characters(text: str) -> list[int]:
    """Hashes of the text's Chinese characters and its words in other scripts, as `features` has them too."""
    runs = _RUNS.findall(text)
    found = ([f"c{one}" for one in run] if _is_han(run) else [f"w{run}"] for run in runs)
    return [crc32(feature.encode()) for features_of_run in found for feature in features_of_run]


def _spelled(text: str, *, loose: bool) -> Iterator[str]:
    words: list[str] = []
    for run in _RUNS.findall(text):
        if _is_han(run):
            if not loose:
                yield from (f"w{word}" for word in rjieba.cut(run))
            yield from _grams(run, _SINGLE if loose else _HAN_SIZES)
        else:
            words.append(run)
            yield f"w{run}"
            if not run.startswith("~"):
                yield from _grams(f" {run} ", _LATIN_SIZES)
    yield from (f"w{first} {second}" for first, second in pairwise(words))


def _grams(run: str, sizes: tuple[int, ...]) -> Iterator[str]:
    for size in sizes:
        for start in range(len(run) - size + 1):
            yield f"c{run[start : start + size]}"


def _is_han(run: str) -> bool:
    return "\u3400" <= run[0] <= "\u9fff"


@lru_cache(maxsize=8192)
def _syllable(character: str) -> str:
    # Front and back nasals, and the retroflex initials, are what typists confuse.
    syllable = str(lazy_pinyin(character, style=Style.NORMAL)[0])
    return syllable.replace("zh", "z").replace("ch", "c").replace("sh", "s").removesuffix("g")
