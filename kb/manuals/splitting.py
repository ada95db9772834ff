"""A manual's headings and paragraphs, cut into questions with their answers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kb.manuals.blocks import Block

MOST_SECTIONS: Final = 300
_NUMBERED: Final = re.compile(
    r"^(?:第\s*[\d一二三四五六七八九十百]+\s*[章节条]|[\d.]+[.、)）]?|[一二三四五六七八九十]+[、.])\s*"
)
_MARK: Final = r"\s*(?:\d{1,3}\s*)?[:：.、)）]\s*"
_ASKS: Final = re.compile(rf"^(?:Q|Question|问题|问|提问){_MARK}(?P<text>.+)$", re.IGNORECASE)
_ANSWERS: Final = re.compile(rf"^(?:A|Answer|回答|答案|答|解答){_MARK}(?P<text>.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """One question with its answer, and the headings above it."""

    question: str
    answer: str
    under: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """A section that is still being read."""

    question: str
    under: tuple[str, ...]
    lines: list[str] = field(default_factory=list)


def split(blocks: Iterable[Block]) -> list[Section]:
    """Every heading with a text below it, and every question with its answer; what is asked twice says of what."""
    found = [
        Section(one.question, "\n".join(one.lines).strip(), one.under)
        for one in _opened(blocks)
        if one.question and "".join(one.lines).strip()
    ]
    return _told_apart(found)


def _opened(blocks: Iterable[Block]) -> Iterator[_Open]:
    headings: list[tuple[int, str]] = []
    current = _Open("", ())
    for block in blocks:
        if block.level:
            yield current
            headings = [(level, text) for level, text in headings if level < block.level]
            title = _NUMBERED.sub("", block.text).strip() or block.text
            asked = _ASKS.match(title)
            current = _Open(asked["text"] if asked else title, tuple(text for _level, text in headings))
            headings.append((block.level, title))
            continue
        for line in block.text.split("\n"):
            if asked := _ASKS.match(line):
                yield current
                current = _Open(asked["text"].strip(), tuple(text for _level, text in headings))
            elif answered := _ANSWERS.match(line):
                current.lines.append(answered["text"].strip())
            else:
                current.lines.append(line)
    yield current


def _told_apart(sections: Sequence[Section]) -> list[Section]:
    """“Care” below “Tent” and below “Lamp” are two questions."""
    often = Counter(section.question for section in sections)
    return [
        Section(f"{section.under[-1]}：{section.question}", section.answer, section.under)
        if often[section.question] > 1 and section.under
        else section
        for section in sections
    ]
