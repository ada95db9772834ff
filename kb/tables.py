"""Articles as spreadsheets: xlsx and csv in and out, so that what was exported imports back equal. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import openpyxl  # type: ignore[import-untyped]
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from cscore.common.errors import Refusal
from kb.columns import COLUMNS, column_of, draft_of_cells
from kb.encodings import encoding_of
from kb.imports import Issue, Sheet, TooLarge
from kb.rules import Draft, refusals, tidied
from kb.zipped import MOST_CELLS_A_ROW, Damaged, TooManyColumns, looked_through

LARGEST_FILE: Final = 32 * 2**20
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 20
_LONGEST_ROW: Final = 2**20

_NAMES: Final = {name.casefold(): column for column, names in COLUMNS.items() for name in names}
# A spreadsheet takes a cell that begins so for a formula; we put an apostrophe before it and take it off again.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


class NotASpreadsheet(Refusal):
    code = "kb.import.not-a-spreadsheet"
    sentence = _("This is not an xlsx file that can be read: %(reason)s.")


class NotATable(Refusal):
    code = "kb.import.not-a-table"
    sentence = _("This is not a csv file that can be read: %(reason)s.")


class MissingColumn(Refusal):
    code = "kb.import.missing-column"
    sentence = _("The first row must name the columns; “%(column)s” is missing.")


class ColumnTwice(Refusal):
    code = "kb.import.column-twice"
    sentence = _("The column “%(column)s” stands here twice.")


Row = list[str]


def read_xlsx(data: bytes) -> list[Row]:
    """The first sheet, header first, as text.

    Raises TooLarge and what kb.zipped raises before anything is unpacked, and NotASpreadsheet.
    """
    _refuse_large(data)
    try:
        looked_through(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)
        return _bounded([_text(value) for value in row] for row in rows)
    except Damaged as bad:
        raise NotASpreadsheet(**bad.details) from bad
    except Refusal:
        raise
    # A damaged file fails in any of zlib, zipfile, the XML parser and openpyxl, each in its own way.
    except Exception as bad:
        raise NotASpreadsheet(reason=type(bad).__name__) from bad


def read_csv(data: bytes) -> list[Row]:
    """Comma-separated rows in UTF-8, UTF-16 or GB18030, header first. Raises TooLarge, UnknownEncoding, NotATable."""
    _refuse_large(data)
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding_of(data), newline="")
    try:
        return _bounded(_csv_rows(text))
    except csv.Error as wrong:
        raise NotATable(reason=str(wrong)) from wrong


def sheet_of(rows: Sequence[Row]) -> Sheet:
    """Every row under the header judged, counted as the spreadsheet counts them. Raises MissingColumn, ColumnTwice.

    Without a key an article is known by its question: the same file again means the same articles.
    """
    places = _places(rows[0] if rows else [])
    drafts: dict[int, Draft] = {}
    issues: list[Issue] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        cells = {column: unescaped(row[place]) for column, place in places.items()}
        try:
            draft = tidied(draft_of_cells(cells))
        except Refusal as refusal:
            issues.append(Issue(number, refusal))
            continue
        if wrong := [Issue(number, refusal) for refusal in refusals(draft)]:
            issues.extend(wrong)
        else:
            drafts[number] = draft
    letters = {column: get_column_letter(place + 1) for column, place in places.items()}
    return Sheet(drafts, tuple(issues), letters)


def cell_of(sheet: Sheet, issue: Issue) -> str:
    """Where a spreadsheet shows what is wrong, such as C7; empty when all of the row is, or its column is not there."""
    letter = sheet.letters.get(column_of(issue.refusal))
    return f"{letter}{issue.line}" if letter else ""


def escaped(text: str) -> str:
    """The text so that no spreadsheet runs it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """What `escaped` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _places(header: Row) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        column = _NAMES.get(name.strip().casefold())
        if column in places:
            raise ColumnTwice(column=name)
        if column:
            places[column] = place
    for column in ("question", "answer"):
        if column not in places:
            raise MissingColumn(column=" / ".join(COLUMNS[column][:2]))
    return places


def _refuse_large(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise TooLarge(most=f"{LARGEST_FILE // 2**20} MiB")


def _csv_rows(text: Iterable[str]) -> Iterator[Row]:
    """Row by row; a row that never ends is given up before it fills the memory. Raises TooManyColumns."""
    taken = 0

    def lines() -> Iterator[str]:
        nonlocal taken
        for line in text:
            taken += len(line)
            if taken > _LONGEST_ROW:
                raise TooManyColumns(most=MOST_CELLS_A_ROW)
            yield line

    for row in csv.reader(lines(), strict=True):
        taken = 0
        yield row[:MOST_COLUMNS]


def _bounded(rows: Iterable[Row]) -> list[Row]:
    """The rows, all as wide as the widest. Raises TooLarge."""
    kept = list(islice(rows, MOST_ROWS + 2))
    if len(kept) > MOST_ROWS + 1:
        raise TooLarge(most=_("%(count)d rows") % {"count": MOST_ROWS})
    width = max(map(len, kept), default=0)
    return [row + [""] * (width - len(row)) for row in kept]


def _text(value: object) -> str:
    """A cell as text; a whole number without the fraction that spreadsheets give it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)
