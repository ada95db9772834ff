"""One form of a text for matching, whatever the keys pressed, with the way back to the original.

Folding undoes width and compatibility forms (NFKC), case, traditional characters, and drops what is invisible. What
stands between the words (spaces, marks, commas) leaves the text too, but is remembered as the break before the next
character, so that 加·微·信 reads as one word and 您先加，微信支付 does not.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import opencc


class Break(IntEnum):
    """What stood before a character, from weak to strong."""

    NONE = 0
    MARK = 1
    SPACE = 2
    CLAUSE = 3
    SENTENCE = 4


CLAUSE_ENDS = frozenset("，,、；;～~…（）()【】[]《》<>{}「」『』“”\"'‘’—")
SENTENCE_ENDS = frozenset("。！？!?\n\r\u2028\u2029｡")
KEPT_MARKS = frozenset("%+@&")
LOOKALIKES = str.maketrans("➕✚╋ѵνхχԛо〇", "+++vvxxqo零")
INVISIBLE = frozenset({"Cf", "Cc", "Mn", "Me", "Cn", "Co", "Cs"})

_SIMPLIFIED = opencc.OpenCC("t2s")


@dataclass(frozen=True)
class Folded:
    """The folded text; `origin[i]` is where character i stood; `breaks[i]` what stood before it (breaks has one
    more entry than the text: the end is a break too)."""

    text: str
    origin: tuple[int, ...]
    breaks: bytes

    def reads(self, start: int, end: int) -> bool:
        """Whether a reader sees text[start:end] as one word, not as pieces of two."""
        return self._held_together(start, end) and self._whole_at(start) and self._whole_at(end)

    def part(self, start: int, end: int) -> "Folded":
        """text[start:end] as a text of its own."""
        edge = bytes([Break.SENTENCE])
        breaks = edge + self.breaks[start + 1 : end] + edge
        return Folded(self.text[start:end], self.origin[start:end], breaks)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the original text that folded to text[start:end]."""
        return self.origin[start], self.origin[end - 1] + 1

    def _held_together(self, start: int, end: int) -> bool:
        inside = self.breaks[start + 1 : end]
        if not inside or not any(inside):
            return True
        strongest, spelled_out = max(inside), len(inside) >= 2
        if strongest == Break.MARK or (spelled_out and all(inside)):
            return True
        apart = bool(self.breaks[start] or self.breaks[end])
        return strongest == Break.SPACE and (spelled_out or apart)

    def _whole_at(self, index: int) -> bool:
        """Latin words and numbers end where their kind of character ends: vx is not in tvxq, 100 not in 1000."""
        if self.breaks[index]:
            return True
        before, after = self.text[index - 1], self.text[index]
        return not (before.isascii() and after.isascii() and _same_kind(before, after))


def _same_kind(before: str, after: str) -> bool:
    return (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit())


class _Forms(dict[int, str]):
    """Code point -> what a reader sees of it, or the code of the break it makes. Fills itself; Unicode bounds it."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        form = self[code] = _shown(character) or chr(_break_made_by(character))
        return form


def _shown(character: str) -> str:
    if _break_made_by(character) is not Break.NONE:
        return ""
    plain = unicodedata.normalize("NFKC", character.translate(LOOKALIKES)).lower()
    kept = "".join(c for c in plain if _break_made_by(c) is Break.NONE and not _unseen(c))
    return str(_SIMPLIFIED.convert(kept))


def _break_made_by(character: str) -> Break:
    if character in SENTENCE_ENDS:
        return Break.SENTENCE
    if character in CLAUSE_ENDS:
        return Break.CLAUSE
    if character.isspace() or character in ":：":
        return Break.SPACE
    return min(map(_break_of_category, unicodedata.normalize("NFKC", character.translate(LOOKALIKES))))


def _break_of_category(character: str) -> Break:
    category = unicodedata.category(character)
    if category in {"So", "Sk", "Zs"}:
        return Break.SPACE
    if (category[0] == "P" or category == "Sm") and character not in KEPT_MARKS:
        return Break.MARK
    return Break.NONE


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in INVISIBLE


_FORMS = _Forms()
_SEEN = re.compile(r"[^\x00-\x04]+")


def fold(text: str) -> Folded:
    """The folded form of a text, in time linear in its length. Never raises."""
    forms = text.translate(_FORMS)
    sources = range(len(text)) if len(forms) == len(text) else _sources(text)
    origin: list[int] = []
    breaks = bytearray()
    last = 0
    for run in _SEEN.finditer(forms):
        start, end = run.span()
        breaks.append(max(map(ord, forms[last:start]), default=Break.NONE))
        breaks.extend(bytes(end - start - 1))
        origin.extend(sources[start:end])
        last = end
    breaks.append(Break.SENTENCE)
    breaks[0] = Break.SENTENCE
    return Folded("".join(_SEEN.findall(forms)), tuple(origin), bytes(breaks))


def sentences(text: str) -> Iterator[Folded]:
    """The folded sentences of a text. What stops after every character (加。微。信) is no sentence but a disguise."""
    folded = fold(text)
    stops = [index for index, made in enumerate(folded.breaks) if made == Break.SENTENCE]
    real = [
        stop
        for before, stop, after in zip(stops, stops[1:], stops[2:], strict=False)
        if min(stop - before, after - stop) > 1
    ]
    for start, end in pairwise((0, *real, len(folded.text))):
        if start < end:
            yield folded.part(start, end)


def _sources(text: str) -> list[int]:
    """The index each character of the forms came from, where some characters fold to several."""
    return [index for index, character in enumerate(text) for _ in _FORMS[ord(character)]]
