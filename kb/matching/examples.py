"""Reads entries and questions from files of one JSON object a line."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kb.matching.entry import Entry
from kb.matching.evaluation import Question

Row = Mapping[str, Any]


class BadExamplesError(ValueError):
    """A file that cannot be used: a code for machines, the file, the line (0 for the whole file), the reason."""

    def __init__(self, code: str, path: Path, line: int, reason: str) -> None:
        self.code, self.path, self.line, self.reason = code, path, line, reason
        place = f"{path}, line {line}" if line else str(path)
        super().__init__(f"[{code}] {place}: {reason}")


def read_entries(path: Path) -> list[Entry]:
    """Entries: `id`, `question`, and if given `variants` or `phrasings`, `answer`, `negatives`."""
    entries: dict[str, Entry] = {}
    for line, row in _rows(path):
        try:
            entry = _entry(row)
        except ValueError as wrong:
            raise BadExamplesError("examples.bad-entry", path, line, str(wrong)) from wrong
        if entry.id in entries:
            raise BadExamplesError(
                "examples.repeated-id", path, line, f"the id {entry.id!r} was used before."
            )
        entries[entry.id] = entry
    if not entries:
        raise BadExamplesError("examples.empty", path, 0, "there is no entry in it.")
    return list(entries.values())


def read_questions(path: Path) -> list[Question]:
    """Questions: `text`, `expected` (an entry's id, or null when none answers), `previous` or `context`."""
    questions = []
    for line, row in _rows(path):
        try:
            questions.append(_question(row))
        except ValueError as wrong:
            raise BadExamplesError("examples.bad-question", path, line, str(wrong)) from wrong
    if not questions:
        raise BadExamplesError("examples.empty", path, 0, "there is no question in it.")
    return questions


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as wrong:
            raise BadExamplesError(
                "examples.bad-json", path, number, f"this is no JSON ({wrong})."
            ) from wrong
        if not isinstance(row, dict):
            raise BadExamplesError("examples.bad-json", path, number, "this is no JSON object.")
        yield number, row


def _lines(path: Path) -> list[str]:
    try:
        # Only \n ends a line here: JSON strings may hold the other line ends that str.splitlines knows.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as wrong:
        raise BadExamplesError("examples.unreadable", path, 0, f"{wrong.strerror}.") from wrong
    except UnicodeDecodeError as wrong:
        raise BadExamplesError("examples.not-utf-8", path, 0, "it is not encoded in UTF-8.") from wrong


def _entry(row: Row) -> Entry:
    return Entry(
        id=_name(row, "id"),
        question=_text(row, "question"),
        phrasings=(*_texts(row, "variants"), *_texts(row, "phrasings")),
        answer=_text(row, "answer", optional=True),
        negatives=_texts(row, "negatives"),
    )


def _question(row: Row) -> Question:
    if "expected" not in row:
        raise ValueError("'expected' is missing; write null where no entry answers.")
    expected = None if row["expected"] is None else _name(row, "expected")
    previous = _text(row, "previous", optional=True) or _last_turn(row.get("context"))
    return Question(_text(row, "text"), expected, previous)


def _name(row: Row, field: str) -> str:
    value = row.get(field)
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise ValueError(f"{field!r} must be a text or a whole number.")
    return str(value)


def _text(row: Row, field: str, *, optional: bool = False) -> str:
    value = row.get(field)
    if value is None and optional:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{field!r} must be a text.")
    return value


def _texts(row: Row, field: str) -> tuple[str, ...]:
    value = row.get(field) or []
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValueError(f"{field!r} must be a list of texts.")
    return tuple(value)


def _last_turn(context: object) -> str:
    """What the customer said last: a text, or the end of a list of texts or of turns with a `user`."""
    if isinstance(context, list):
        return _last_turn(context[-1]) if context else ""
    if isinstance(context, dict):
        return str(context.get("user") or "")
    return context if isinstance(context, str) else ""
