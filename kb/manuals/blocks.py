"""HTML as a flat list of headings and paragraphs in plain text, tables a line a row."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_UNSAID: Final = frozenset(
    {"script", "style", "head", "template", "noscript", "svg", "object", "iframe", "nav"}
)
_PARAGRAPHS: Final = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "ul",
        "ol",
        "table",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "figure",
        "main",
        "header",
    }
)
_SPACE: Final = re.compile(r"[ \t\u00a0\u3000]+")
# Between the cells of a row.
_APART: Final = " | "


@dataclass(frozen=True, slots=True)
class Block:
    """A heading of this level, or a paragraph (level 0)."""

    level: int
    text: str


def blocks_of(html: str) -> list[Block]:
    """What a reader sees, in order; scripts, styles and pictures are passed over."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.level = 0
        self.unsaid = 0
        self.cells: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSAID:
            self.unsaid += 1
        elif tag in _HEADINGS:
            self.end_block()
            self.level = _HEADINGS[tag]
        elif tag == "tr":
            self.end_block()
            self.cells = []
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag == "li":
            self.end_block()
            self.pieces.append("• ")
        elif tag == "br":
            self.pieces.append("\n")
        elif tag in _PARAGRAPHS and self.cells is None:
            self.end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSAID:
            self.unsaid = max(0, self.unsaid - 1)
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag in _HEADINGS or tag == "li" or (tag in _PARAGRAPHS and self.cells is None):
            self.end_block()

    def handle_data(self, data: str) -> None:
        if not self.unsaid:
            self.pieces.append(data.replace("\r", "").replace("\n", " "))

    def end_block(self) -> None:
        self._end_row()
        text = self._taken()
        if text and text != "•":
            self.blocks.append(Block(self.level, text.replace("\n", " ") if self.level else text))
        self.level = 0

    def _end_cell(self) -> None:
        text = self._taken().replace("\n", " ")
        if self.cells is not None and text:
            self.cells.append(text)

    def _end_row(self) -> None:
        if self.cells is None:
            return
        self._end_cell()
        if self.cells:
            self.blocks.append(Block(0, _APART.join(self.cells)))
        self.cells = None

    def _taken(self) -> str:
        lines = "".join(self.pieces).split("\n")
        self.pieces.clear()
        return "\n".join(_SPACE.sub(" ", line).strip() for line in lines).strip()
