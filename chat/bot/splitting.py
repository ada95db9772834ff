"""Where one message holds several questions: pure, from its punctuation and the words that join questions."""

import re
from collections.abc import Iterator

from chat.bot.after_sale_kind import is_question, requested_kind
from chat.bot.patterns import WHERE_IS_IT, plain, said

MOST_QUESTIONS = 5
# Shorter than this, a piece only means something together with its neighbour.
FEWEST_CHARACTERS, FEWEST_WORDS = 4, 2

# Words that only join, when a mark or a space stands before them; 还有货吗 joins nothing.
_JOINING = (
    r"(?:还有(?:一个问题|个问题|就是|一点|件事|想问|问)?(?![没货多少现库存人吗嘛么呢哪什几谁活优别其])|另外(?:再问|问)?(?:一下)?|此外|除此之外|(?:顺便|再|还想|也想)(?:问|请问)(?:一?下|一句)?"
    r"|第[一二三四五][,:、，]|[1-5][.、)](?=\D))"
)
_JOINING_EN = (
    r"(?:and also|also|another (?:question|thing)|one more (?:question|thing)|by the way|btw|plus|secondly"
    r"|and(?= (?:how|what|when|where|which|who|can|could|do|does|is|are|will|would|may|should)\b)|[1-5][.)](?=\s))"
)
_MARKS = r"\s,，。.!！;；、~…:："
_BREAK = re.compile(
    # After a question mark, unless it stands in an address.
    rf"\n+|(?<=[?？])(?![?？=&a-zA-Z0-9])\s*|[;；]+|(?<=[吗嘛呢么])[{_MARKS}]+"
    rf"|[{_MARKS}]+(?={_JOINING})|(?<!\band)[{_MARKS}]+(?={_JOINING_EN}\b)",
    re.IGNORECASE,
)
_JOINED_BY = re.compile(rf"^[{_MARKS}?？]*(?:{_JOINING}|{_JOINING_EN}\b)[{_MARKS}]*", re.IGNORECASE)
_EDGES = " \t,，。;；、~…:："
_CHARACTERS = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[^\W\d_]+", re.UNICODE)


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of a message in their order, each as it was written; none for most messages, which ask one thing.

    Where a word or a line parts them, that is enough. Where only a mark does, what asks nothing belongs to the
    question before it, or to the first one.
    """
    found: list[str] = []
    for piece, is_joined_by_a_word in _pieces(text):
        stands_alone = bool(found) and _says_enough(piece) and _says_enough(found[-1])
        if stands_alone and (is_joined_by_a_word or (asks(piece) and asks(found[-1]))):
            found.append(piece)
        elif found:
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return tuple(found) if 2 <= len(found) <= MOST_QUESTIONS else ()


def asks(piece: str) -> bool:
    """Whether a piece asks for something by itself, as far as its words tell."""
    words = plain(piece)
    return _says_enough(piece) and (
        is_question(words) or said(WHERE_IS_IT, words) or requested_kind(words) is not None
    )


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Each piece, and whether a joining word or a new line stood before it."""
    at = 0
    for end, start in [*((one.start(), one.end()) for one in _BREAK.finditer(text)), (len(text), len(text))]:
        written = text[at:end].strip(_EDGES + "\n")
        bare = _JOINED_BY.sub("", written).strip(_EDGES)
        if bare:
            yield bare, bare != written or "\n" in text[max(at - 2, 0) : at]
        at = start


def _says_enough(piece: str) -> bool:
    return len(_CHARACTERS.findall(piece)) >= FEWEST_CHARACTERS or len(_WORDS.findall(piece)) >= FEWEST_WORDS
