import json

import pytest

from cscore.common.errors import Refusal
from kb import questions
from kb.questions import Line, QuestionSheet, read_file, read_lines, written
from tests.kb.test_tables import csv, xlsx

HEADER = ["Question", "Expected key"]


def pairs(sheet: QuestionSheet) -> list[tuple[str, str]]:
    assert sheet.issues == ()
    return [(line.question, line.expected) for line in sheet.lines]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (xlsx(HEADER, ["Open?", "hours"], ["Sing!", None]), "a.xlsx"),
        (csv(HEADER, ["Open?", "hours"], ["Sing!", ""]), "a.CSV"),
        (csv(["预期编号", "问题"], ["hours", "Open?"], ["", "Sing!"]), "a.csv"),
        (b'{"text": "Open?", "expected": "hours"}\n\n{"question": "Sing!", "expected": null}\n', "a.jsonl"),
    ],
)
def test_a_file_is_questions_with_expected_articles(data: bytes, name: str) -> None:
    assert pairs(read_file(data, name)) == [("Open?", "hours"), ("Sing!", "")]


def test_typed_lines_are_parted_by_a_bar_or_by_the_tab_of_a_spreadsheet() -> None:
    typed = "Open? | hours\n\nA | B?\tletters\n几点开门｜hours\nSing!"

    assert pairs(read_lines(typed)) == [
        ("Open?", "hours"),
        ("A | B?", "letters"),
        ("几点开门", "hours"),
        ("Sing!", ""),
    ]


def test_lines_written_down_are_read_back_equal() -> None:
    lines = (Line(1, "A | B?", "letters"), Line(2, "Sing!", ""))

    assert read_lines(written(lines)).lines == lines


@pytest.mark.parametrize(
    ("data", "name", "line", "code"),
    [
        (csv(HEADER, ["Open?", "hours"], ["", "hours"]), "a.csv", 3, "kb.examine.empty-question"),
        (csv(HEADER, ["x" * 501, ""]), "a.csv", 2, "kb.examine.long-question"),
        (b'{"text": "Open?", "expected": null}\n{', "a.jsonl", 2, "kb.import.not-json"),
        (b'{"text": "Open?"}', "a.jsonl", 1, "kb.import.missing-field"),
        (b'{"text": 7, "expected": "a"}', "a.jsonl", 1, "kb.import.wrong-type"),
        (b'{"text": "Open?", "expected": ["a"]}', "a.jsonl", 1, "kb.import.wrong-type"),
        ("问".encode("gb18030"), "a.jsonl", 1, "kb.import.not-utf-8"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(data: bytes, name: str, line: int, code: str) -> None:
    [issue] = read_file(data, name).issues

    assert (issue.line, issue.refusal.code) == (line, code)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"hello", "a.pdf", "kb.examine.unknown-format"),
        (b"hello", "xlsx", "kb.import.not-a-spreadsheet"),
        (csv(["Question", "Answer"], ["Open?", "Yes."]), "a.csv", "kb.import.missing-column"),
        (csv(HEADER), "a.csv", "kb.examine.empty"),
        (b"x" * (questions.LARGEST_FILE + 1), "a.csv", "kb.import.too-large"),
        (csv(HEADER, *([["Open?", ""]] * 501)), "a.csv", "kb.examine.too-many"),
        (json.dumps({"text": "x", "expected": None}).encode() * 0, "a.jsonl", "kb.examine.empty"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_file(data, name)

    assert refused.value.code == code
