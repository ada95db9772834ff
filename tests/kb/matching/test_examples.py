from pathlib import Path

import pytest

from kb.matching import Entry
from kb.matching.evaluation import Question
from kb.matching.examples import BadExamplesError, read_entries, read_questions


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "examples.jsonl"


def test_entries_are_read_with_all_they_may_have(file: Path) -> None:
    file.write_text(
        '\ufeff{"id": 7, "question": "q"}\n\n'
        '{"id": "b", "question": "r", "variants": ["s"], "phrasings": ["t"], "answer": "u", "negatives": ["v"]}\n',
        encoding="utf-8",
    )

    assert read_entries(file) == [Entry("7", "q"), Entry("b", "r", ("s", "t"), "u", ("v",))]


@pytest.mark.parametrize(
    ("context", "previous"),
    [
        ('"context": "before"', "before"),
        ('"context": ["long ago", "before"]', "before"),
        ('"context": [{"user": "before", "agent": "hm"}]', "before"),
        ('"context": []', ""),
        ('"previous": "before", "context": ["other"]', "before"),
    ],
)
def test_the_turn_before_may_be_written_in_several_ways(file: Path, context: str, previous: str) -> None:
    file.write_text(f'{{"text": "t", "expected": null, "kind": "oos_near", {context}}}')

    assert read_questions(file) == [Question("t", None, previous)]


def test_a_line_separator_inside_a_text_ends_no_line(file: Path) -> None:
    file.write_text('{"text": "a\u2028b", "expected": "x"}\n', encoding="utf-8")

    assert read_questions(file) == [Question("a\u2028b", "x")]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "examples.empty", 0),
        (b"\xff\xfe{", "examples.not-utf-8", 0),
        (b"{}\n", "examples.bad-entry", 1),
        (b'{"id": "a", "question": "q"}\nnot json\n', "examples.bad-json", 2),
        (b'{"id": "a", "question": "q"}\n[1]\n', "examples.bad-json", 2),
        (b'{"id": "a", "question": "q"}\n\n{"id": "a", "question": "r"}\n', "examples.repeated-id", 3),
        (b'{"id": true, "question": "q"}\n', "examples.bad-entry", 1),
        (b'{"id": "a", "question": 4}\n', "examples.bad-entry", 1),
        (b'{"id": "a", "question": "q", "variants": "one"}\n', "examples.bad-entry", 1),
    ],
)
def test_a_bad_entry_file_is_refused_with_its_line(file: Path, content: bytes, code: str, line: int) -> None:
    file.write_bytes(content)

    with pytest.raises(BadExamplesError) as refused:
        read_entries(file)

    assert (refused.value.code, refused.value.line) == (code, line)
    assert code in str(refused.value)


def test_a_question_must_say_what_it_expects(file: Path) -> None:
    file.write_text('{"text": "t"}')

    with pytest.raises(BadExamplesError, match="expected"):
        read_questions(file)


def test_a_missing_file_is_refused(file: Path) -> None:
    with pytest.raises(BadExamplesError, match="examples.unreadable"):
        read_questions(file)
