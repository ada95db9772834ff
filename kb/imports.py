"""Reads articles from a JSONL file: one object per line with id, question, variants, answer and optional category.

Also optional, and left as they are where they are not there: rich, others, negatives, negative_keywords, tell_person.

Pure: bytes in; drafts and everything that is wrong with them, line by line, out.
"""

import codecs
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, Final, TypeVar

from django.utils.translation import gettext_lazy as _

from cscore.common.errors import Refusal
from kb.answers import OtherAnswer, Rich
from kb.rules import Draft, refusals, tidied

LARGEST_FILE: Final = 64 * 1024 * 1024
MOST_LINES: Final = 100_000
_TEXTS: Final = ("id", "question", "answer", "category")
T = TypeVar("T")
_PARTS: Final = ("rich", "others", "negatives", "negative_keywords", "tell_person")
_FIELDS: Final = frozenset({*_TEXTS, "variants", *_PARTS})


class NotUtf8(Refusal):
    code = "kb.import.not-utf-8"
    sentence = _("This line is not UTF-8 text%(guess)s. Save the file as UTF-8.")


class NotJson(Refusal):
    code = "kb.import.not-json"
    sentence = _("This line is not a JSON object: %(reason)s.")


class MissingField(Refusal):
    code = "kb.import.missing-field"
    sentence = _("The field “%(field)s” is missing.")


class UnknownField(Refusal):
    code = "kb.import.unknown-field"
    sentence = _("The field “%(field)s” is unknown.")


class WrongType(Refusal):
    code = "kb.import.wrong-type"
    sentence = _("The field “%(field)s” must be %(wanted)s.")


class TooLarge(Refusal):
    code = "kb.import.too-large"
    status = 413
    sentence = _("A file takes at most %(most)s.")


class NoArticles(Refusal):
    code = "kb.import.empty"
    sentence = _("There is no article in this file.")


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with one line, counted from 1."""

    line: int
    refusal: Refusal

    def __str__(self) -> str:
        return f"{self.line}: {self.refusal.code}: {self.refusal}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds: the sound drafts by line, and what is wrong with the other lines."""

    drafts: Mapping[int, Draft]
    issues: tuple[Issue, ...]
    # Which column of a spreadsheet each field stands in, as it is lettered there.
    letters: Mapping[str, str] = dataclass_field(default_factory=dict)
    # The version that some drafts, by line, are written over; 0: there is none yet.
    written_on: Mapping[int, int] = dataclass_field(default_factory=dict)


def read_jsonl(data: bytes) -> Sheet:
    """Every line read and judged; blank lines are passed over. Raises TooLarge, NotUtf8 for broken UTF-16, and
    NoArticles for an empty file."""
    if len(data) > LARGEST_FILE:
        raise TooLarge(most=f"{LARGEST_FILE // 2**20} MiB")
    drafts: dict[int, Draft] = {}
    issues: list[Issue] = []
    for number, line in _lines(data):
        try:
            draft = tidied(_draft(line))
        except Refusal as refusal:
            issues.append(Issue(number, refusal))
            continue
        if wrong := [Issue(number, refusal) for refusal in refusals(draft)]:
            issues.extend(wrong)
        else:
            drafts[number] = draft
    if not drafts and not issues:
        raise NoArticles
    return Sheet(drafts, tuple(issues))


def json_rows(data: bytes) -> Iterator[tuple[int, dict[str, Any] | Refusal]]:
    """The number of every line that is not blank, with its object or what is wrong with it. Raises NotUtf8."""
    for number, line in _lines(data):
        try:
            yield number, _object(_text(line))
        except Refusal as refusal:
            yield number, refusal


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, in UTF-8 and with their numbers. Raises NotUtf8 for broken UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError as broken:
            raise NotUtf8(guess=" (UTF-16?)") from broken
    for number, line in enumerate(io.BytesIO(data.removeprefix(codecs.BOM_UTF8)), start=1):
        if number > MOST_LINES:
            raise TooLarge(most=_("%(count)d lines") % {"count": MOST_LINES})
        if line.strip():
            yield number, line


def _draft(line: bytes) -> Draft:
    row = _object(_text(line))
    for field in row.keys() - _FIELDS:
        raise UnknownField(field=field)
    for field in ("id", "question"):
        if field not in row:
            raise MissingField(field=field)
    texts = {field: row[field] for field in _TEXTS if row.get(field) is not None}
    for field, text in texts.items():
        if not isinstance(text, str):
            raise WrongType(field=field, wanted=_("text"))
    others = _read(row, "others", _others)
    if not isinstance(row.get("tell_person"), bool | None):
        raise WrongType(field="tell_person", wanted=_("true or false"))
    return Draft(
        texts.get("id", ""),
        texts.get("question", ""),
        _list_of_texts(row, "variants") or (),
        texts.get("answer", ""),
        texts.get("category"),
        _read(row, "rich", Rich.from_json),
        others,
        _list_of_texts(row, "negatives"),
        _list_of_texts(row, "negative_keywords"),
        row.get("tell_person"),
    )


def _others(stored: Any) -> tuple[OtherAnswer, ...]:
    if not isinstance(stored, list):
        raise TypeError("Other answers are a list.")
    return tuple(map(OtherAnswer.from_json, stored))


def _list_of_texts(row: Mapping[str, Any], field: str) -> tuple[str, ...] | None:
    """The texts in a field, None when it is not there."""
    texts = row.get(field)
    if texts is None:
        return None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise WrongType(field=field, wanted=_("a list of texts"))
    return tuple(texts)


def _read(row: Mapping[str, Any], field: str, read: Callable[[Any], T]) -> T | None:
    """What is stored in a field, None when it is not there."""
    if row.get(field) is None:
        return None
    try:
        return read(row[field])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise WrongType(field=field, wanted=_("as the database stores it")) from wrong


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as undecodable:
        raise NotUtf8(guess=_guess(line)) from undecodable


def _guess(line: bytes) -> str:
    """The encoding that the line reads as, if it is the usual other one."""
    try:
        line.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return " (GB18030?)"


def _object(text: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        reason = wrong.msg if isinstance(wrong, json.JSONDecodeError) else type(wrong).__name__
        raise NotJson(reason=reason) from wrong
    if not isinstance(row, dict):
        raise NotJson(reason=type(row).__name__)
    return row
