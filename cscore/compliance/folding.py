"""One form of a text for matching, whatever the keys pressed, with the way back to the original.

Folding undoes width and compatibility forms (NFKC), case, traditional characters, and drops what is invisible. What
stands between the words (spaces, marks, commas) leaves the text too, but is remembered as the break before the next
character, so that 加·微·信 reads as one word and 您先加，微信支付 does not.
"""

import unicodedata
from dataclasses import dataclass
from enum import IntEnum

import opencc


class Break(IntEnum):
    """What stood before a character, from weak to strong."""

    NONE = 0
    MARK = 1
    SPACE = 2
    CLAUSE = 3
    SENTENCE = 4


CLAUSE_ENDS = frozenset("，,、；;：:～~…（）()【】[]《》<>{}「」『』“”\"'‘’—")
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


class _Forms(dict[str, tuple[str, int]]):
    """Character -> what a reader sees of it, and the break it makes. Fills itself; Unicode bounds it."""

    def __missing__(self, character: str) -> tuple[str, int]:
        shown = _shown(character)
        form = self[character] = (shown, Break.NONE if shown else _break_made_by(character))
        return form


def _shown(character: str) -> str:
    if _break_made_by(character) is not Break.NONE:
        return ""
    plain = unicodedata.normalize("NFKC", character.translate(LOOKALIKES)).lower()
    return _SIMPLIFIED.convert(
        "".join(c for c in plain if _break_made_by(c) is Break.NONE and not _unseen(c))
    )


def _break_made_by(character: str) -> Break:
    if character in SENTENCE_ENDS:
        return Break.SENTENCE
    if character in CLAUSE_ENDS:
        return Break.CLAUSE
    if character.isspace():
        return Break.SPACE
    return _break_of_category(unicodedata.normalize("NFKC", character.translate(LOOKALIKES))[0])


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


def fold(text: str) -> Folded:
    """The folded form of a text, in time linear in its length. Never raises."""
    characters: list[str] = []
    origin: list[int] = []
    breaks = bytearray()
    pending: int = Break.SENTENCE
    for index, character in enumerate(text):
        shown, made = _FORMS[character]
        pending = max(pending, made)
        for each in shown:
            characters.append(each)
            origin.append(index)
            breaks.append(pending)
            pending = Break.NONE
    breaks.append(Break.SENTENCE)
    return Folded("".join(characters), tuple(origin), bytes(breaks))
