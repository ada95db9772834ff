"""Reads questions with the articles that should answer them: xlsx, csv, jsonl, or lines that were typed. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from cscore.common.errors import Refusal
from kb.imports import Issue, MissingField, TooLarge, WrongType, json_rows
from kb.tables import MissingColumn, Row, read_csv, read_xlsx, unescaped

# Each takes about 15 ms on a small machine, and somebody waits.
MOST_QUESTIONS: Final = 500
LONGEST: Final = 500
LARGEST_FILE: Final = 2 * 2**20
# What each column may be called, casefolded.
COLUMNS: Final = {
    "question": ("question", "text", "问题", "用户问题", "提问"),
    "expected": ("expected key", "expected", "预期编号", "预期条目", "期望编号", "预期"),
}
# What parts a typed line; a line copied from a spreadsheet has tabs.
_PARTING: Final = ("\t", "|", "｜")


class NoQuestions(Refusal):
    code = "kb.examine.empty"
    sentence = _("There is no question in this.")


class TooManyQuestions(Refusal):
    code = "kb.examine.too-many"
    status = 413
    sentence = _("At most %(most)s questions are asked at once.")


class EmptyQuestion(Refusal):
    code = "kb.examine.empty-question"
    sentence = _("The question is missing.")


class LongQuestion(Refusal):
    code = "kb.examine.long-question"
    sentence = _("The question has more than %(most)s characters.")


class UnknownFormat(Refusal):
    code = "kb.examine.unknown-format"
    sentence = _("Choose an xlsx, csv or jsonl file.")


@dataclass(frozen=True, slots=True)
class Line:
    """A question as it was written; `expected` is the key or standard question of an article, empty for none."""

    number: int
    question: str
    expected: str


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """The sound lines, and what is wrong with the others."""

    lines: tuple[Line, ...]
    issues: tuple[Issue, ...]


def read_file(data: bytes, name: str) -> QuestionSheet:
    """The file by the end of its name. Raises UnknownFormat, TooLarge and the refusals of kb.tables and kb.imports."""
    if len(data) > LARGEST_FILE:
        raise TooLarge(most=f"{LARGEST_FILE // 2**20} MiB")
    match name.casefold().rpartition(".")[2]:
        case "xlsx":
            return _sheet(_of_table(read_xlsx(data)))
        case "csv":
            return _sheet(_of_table(read_csv(data)))
        case "jsonl":
            return _sheet(_of_json(data))
    raise UnknownFormat


def read_lines(text: str) -> QuestionSheet:
    """Typed lines: a question, a tab or |, and the expected article; without the latter none should answer."""
    numbered = enumerate(text.splitlines(), start=1)
    return _sheet(Line(number, *_parted(line)) for number, line in numbered if line.strip())


def written(lines: Iterable[Line]) -> str:
    """The lines as read_lines takes them."""
    return "\n".join(f"{' '.join(line.question.split())}\t{line.expected}" for line in lines)


def _sheet(found: Iterable[Line | Issue]) -> QuestionSheet:
    lines: list[Line] = []
    issues: list[Issue] = []
    for one in found:
        judged = one if isinstance(one, Issue) else _judged(one)
        if isinstance(judged, Issue):
            issues.append(judged)
        else:
            lines.append(judged)
        if len(lines) > MOST_QUESTIONS:
            raise TooManyQuestions(most=MOST_QUESTIONS)
    if not lines and not issues:
        raise NoQuestions
    return QuestionSheet(tuple(lines), tuple(issues))


def _judged(line: Line) -> Line | Issue:
    if not line.question:
        return Issue(line.number, EmptyQuestion())
    if len(line.question) > LONGEST:
        return Issue(line.number, LongQuestion(most=LONGEST))
    return line


def _parted(line: str) -> tuple[str, str]:
    for parting in _PARTING:
        if parting in line:
            question, _parting, expected = line.rpartition(parting)
            return question.strip(), expected.strip()
    return line.strip(), ""


def _of_table(rows: Sequence[Row]) -> Iterator[Line]:
    header = [name.strip().casefold() for name in (rows[0] if rows else [])]
    places = {column: _place(header, names) for column, names in COLUMNS.items()}
    for number, row in enumerate(rows[1:], start=2):
        if any(row):
            cells = {column: unescaped(row[place]).strip() for column, place in places.items()}
            yield Line(number, cells["question"], cells["expected"])


def _place(header: Sequence[str], names: Sequence[str]) -> int:
    for name in names:
        if name in header:
            return header.index(name)
    raise MissingColumn(column=" / ".join(names))


def _of_json(data: bytes) -> Iterator[Line | Issue]:
    for number, row in json_rows(data):
        if isinstance(row, Refusal):
            yield Issue(number, row)
        else:
            yield _json_line(number, row)


def _json_line(number: int, row: Mapping[str, object]) -> Line | Issue:
    """As `manage.py evaluate` reads it: `text` or `question`, and `expected`, null where no article answers."""
    if "expected" not in row:
        return Issue(number, MissingField(field="expected"))
    question, expected = row.get("text", row.get("question")), row["expected"]
    if not isinstance(question, str):
        return Issue(number, WrongType(field="text", wanted=_("text")))
    if not isinstance(expected, str | int | None):
        return Issue(number, WrongType(field="expected", wanted=_("text")))
    return Line(number, question.strip(), "" if expected is None else str(expected).strip())
