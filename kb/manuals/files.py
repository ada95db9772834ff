"""A manual as a file: Markdown, HTML or docx, each read as HTML, within limits."""

import io
import zipfile
from pathlib import PurePath
from typing import Any, Final
from xml.parsers import expat

import mammoth  # type: ignore[import-untyped]
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from cscore.common.errors import Refusal
from kb.encodings import encoding_of
from kb.imports import TooLarge
from kb.manuals.blocks import blocks_of
from kb.manuals.splitting import MOST_SECTIONS, Section, split
from kb.zipped import Damaged, looked_through

LARGEST_TEXT: Final = 4 * 2**20
LARGEST_DOCX: Final = 16 * 2**20
_LARGEST_INSIDE: Final = 24 * 2**20
_TEXTS: Final = frozenset({".md", ".markdown", ".html", ".htm"})
# What a document may only hold itself: never something that opening it would fetch.
_OWN_PARTS: Final = (
    "/image",
    "/attachedTemplate",
    "/oleObject",
    "/frame",
    "/subDocument",
    "/video",
    "/audio",
)


class UnknownKind(Refusal):
    code = "kb.manual.unknown-kind"
    sentence = _("A manual is a file in Markdown (.md), HTML (.html) or Word's docx.")


class NotADocument(Refusal):
    code = "kb.manual.not-a-document"
    sentence = _("This is not a docx file that can be read: %(reason)s.")


class ReachesOut(Refusal):
    code = "kb.manual.reaches-out"
    sentence = _("This document takes pictures or parts from elsewhere. Put them into it, or take them out.")


class NoSections(Refusal):
    code = "kb.manual.no-sections"
    sentence = _("No heading with a text below it, and no question with an answer, was found in this file.")


def read_manual(data: bytes, name: str) -> list[Section]:
    """Its questions and answers. Raises UnknownKind, TooLarge, NotADocument, ReachesOut, NoSections, UnknownEncoding."""
    kind = PurePath(name).suffix.casefold()
    if kind == ".docx":
        html = _docx(data)
    elif kind in _TEXTS:
        html = _text(data, markdown=kind in {".md", ".markdown"})
    else:
        raise UnknownKind
    sections = split(blocks_of(html))
    if not sections:
        raise NoSections
    if len(sections) > MOST_SECTIONS:
        raise TooLarge(most=_("%(count)d sections") % {"count": MOST_SECTIONS})
    return sections


def _text(data: bytes, *, markdown: bool) -> str:
    if len(data) > LARGEST_TEXT:
        raise TooLarge(most=f"{LARGEST_TEXT // 2**20} MiB")
    text = data.decode(encoding_of(data))
    # HTML inside Markdown is read as a browser would show it: passed on, then reduced to its text.
    return (
        str(MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table").render(text))
        if markdown
        else text
    )


def _docx(data: bytes) -> str:
    if len(data) > LARGEST_DOCX:
        raise TooLarge(most=f"{LARGEST_DOCX // 2**20} MiB")
    try:
        looked_through(data, most_inflated=_LARGEST_INSIDE)
        _refuse_what_reaches_out(data)
        read = mammoth.convert_to_html(io.BytesIO(data), convert_image=_no_picture)
        return str(read.value)
    except Damaged as bad:
        raise NotADocument(**bad.details) from bad
    except Refusal:
        raise
    # A docx that lacks a part, or has another in its place, fails anywhere in the library.
    except Exception as bad:
        raise NotADocument(reason=type(bad).__name__) from bad


def _no_picture(image: Any) -> list[Any]:
    """Pictures are no part of an answer; they are not even opened."""
    return []


def _refuse_what_reaches_out(data: bytes) -> None:
    def start(name: str, attributes: dict[str, str]) -> None:
        outside = attributes.get("TargetMode") == "External"
        if outside and attributes.get("Type", "").endswith(_OWN_PARTS):
            raise ReachesOut

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for part in packed.namelist():
            if part.endswith(".rels"):
                parser = expat.ParserCreate()
                parser.StartElementHandler = start
                parser.Parse(packed.read(part), True)
