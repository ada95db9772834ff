"""Articles as spreadsheets: xlsx and csv in and out, so that what was exported imports back equal. Pure."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import Final

import openpyxl  # type: ignore[import-untyped]
from django.utils.translation import gettext_lazy as _

from cscore.common.errors import Refusal
from kb.imports import Issue, NotUtf8, Sheet, TooLarge
from kb.rules import Draft, refusals, tidied

LARGEST_FILE: Final = 16 * 2**20
LARGEST_INFLATED: Final = 200 * 2**20
MOST_PARTS: Final = 200
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 20

# What each column may be called; a file is written with the first name in Chinese, with the second otherwise.
COLUMNS: Final = {
    "key": ("编号", "Key", "id"),
    "category": ("分类", "Category"),
    "question": ("标准问", "Question", "标准问题"),
    "phrasings": ("相似问", "Phrasings", "相似问法", "其他问法", "variants"),
    "answer": ("答案", "Answer"),
}
_NAMES: Final = {name.casefold(): column for column, names in COLUMNS.items() for name in names}
# A spreadsheet takes a cell that begins so for a formula; we put an apostrophe before it and take it off again.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


class NotASpreadsheet(Refusal):
    code = "kb.import.not-a-spreadsheet"
    sentence = _("This is not an xlsx file that can be read.")


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
    """The first sheet, header first, as text. Raises TooLarge before anything is unpacked, NotASpreadsheet."""
    _refuse_large(data)
    try:
        _refuse_bomb(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)
        return _bounded([_text(value) for value in row] for row in rows)
    except Refusal:
        raise
    # A damaged file fails in any of zlib, zipfile, the XML parser and openpyxl, each in its own way.
    except Exception as bad:
        raise NotASpreadsheet from bad


def read_csv(data: bytes) -> list[Row]:
    """Comma-separated rows in UTF-8, header first. Raises TooLarge, NotUtf8, NotATable."""
    _refuse_large(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as undecodable:
        raise NotUtf8(guess=_other_encoding(data)) from undecodable
    try:
        return _bounded(row[:MOST_COLUMNS] for row in csv.reader(io.StringIO(text, newline=""), strict=True))
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
        draft = tidied(_draft({column: unescaped(row[place]) for column, place in places.items()}))
        if wrong := [Issue(number, refusal) for refusal in refusals(draft)]:
            issues.extend(wrong)
        else:
            drafts[number] = draft
    return Sheet(drafts, tuple(issues))


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


def _draft(cells: dict[str, str]) -> Draft:
    key = (
        cells.get("key", "").strip()
        or f"q{sha256(cells['question'].strip().encode(errors='replace')).hexdigest()[:11]}"
    )
    phrasings = tuple(cells.get("phrasings", "").splitlines())
    return Draft(key, cells["question"], phrasings, cells["answer"], cells.get("category"))


def _refuse_large(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise TooLarge(most=f"{LARGEST_FILE // 2**20} MiB")


def _refuse_bomb(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INFLATED:
            raise TooLarge(most=f"{LARGEST_INFLATED // 2**20} MiB")


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


def _other_encoding(data: bytes) -> str:
    return next((f" ({name}?)" for name in _readable_as(data)), "")


def _readable_as(data: bytes) -> Iterator[str]:
    for name in ("gb18030", "utf-16"):
        try:
            data.decode(name)
        except UnicodeError:
            continue
        yield name.upper()
