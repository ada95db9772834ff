"""What a person reads on a page: text, what browsers show of attributes, and the words that scripts are given."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

SHOWN_ATTRIBUTES = {"title", "aria-label", "placeholder", "alt", "label", "template"}
# A picture's name and code are not words.
NOT_READ = {"style", "script", "material-symbols-outlined"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

# Holes, keys, addresses, verbs and numbers are the same in every language; so is what is one word in lower case
# among the values that scripts are given.
HOLE = re.compile(r"\{\w+\}")
IDENTIFIER = re.compile(r"\S*(?:\w[._/:@='-]+\w|\d)\S*|\"[a-z_]+\"")
CODE = re.compile(r"[a-z_]+")
WORD = re.compile(r"[A-Za-z]{3,}")
CHINESE = re.compile(r"[\u3400-\u9fff]")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[set[str]] = []
        self.read: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.read += [given[name] for name in SHOWN_ATTRIBUTES & given.keys()]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.read.append(given.get("value", ""))
        if tag not in VOID:
            is_json = given.get("type") == "application/json"
            self.open.append({"json"} if is_json else {tag, *given.get("class", "").split()})

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == {"json"}:
            self.read += (text for text in _strings(json.loads(data)) if not CODE.fullmatch(text))
        elif not any(marks & NOT_READ for marks in self.open):
            self.read.append(data)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def read(html: str) -> set[str]:
    """Every piece of text on the page."""
    reader = _Reader()
    reader.feed(html)
    return {" ".join(piece.split()) for piece in reader.read} - {""}


def english_words(piece: str) -> set[str]:
    return set(WORD.findall(IDENTIFIER.sub(" ", HOLE.sub(" ", piece))))


def has_chinese(piece: str) -> bool:
    return CHINESE.search(piece) is not None
