import io
import zipfile
from contextlib import suppress
from datetime import timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cscore.common.errors import Refusal
from kb import tables, zipped
from kb.imports import Sheet
from kb.tables import escaped, read_csv, read_xlsx, sheet_of, unescaped

HEADER = ["编号", "分类", "标准问题", "其他问法", "答案"]
TENT = ["tent", "商品", "帐篷防水吗？", "下雨会漏吗\n进水吗", "防水三千毫米。"]


def xlsx(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv(*rows: list[str]) -> bytes:
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()


def only(sheet: Sheet) -> object:
    [draft] = sheet.drafts.values()
    return draft


@pytest.mark.parametrize("rows", [read_xlsx(xlsx(HEADER, TENT)), read_csv(csv(HEADER, TENT))])
def test_a_spreadsheet_becomes_drafts(rows: list[list[str]]) -> None:
    draft = sheet_of(rows).drafts[2]

    assert (draft.key, draft.category, draft.question) == ("tent", "商品", "帐篷防水吗？")
    assert (draft.phrasings, draft.answer) == (("下雨会漏吗", "进水吗"), "防水三千毫米。")


@pytest.mark.parametrize("names", [["Question", "Answer"], ["question", "ANSWER"], ["答案", "标准问题"]])
def test_columns_are_known_by_chinese_and_english_names_in_any_order(names: list[str]) -> None:
    assert len(sheet_of([names, ["same", "same"]]).drafts) == 1


def test_without_a_key_the_question_is_the_key() -> None:
    first, second = (
        only(sheet_of([["Question", "Answer"], ["Open?", answer]])) for answer in ("Yes.", "No.")
    )

    assert first.key == second.key  # type: ignore[attr-defined]


def test_numbers_are_read_as_people_wrote_them() -> None:
    draft = only(sheet_of(read_xlsx(xlsx(["Key", "Question", "Answer"], [7, "Hotline?", 4008123123.0]))))

    assert (draft.key, draft.answer) == ("7", "4008123123")  # type: ignore[attr-defined]


def test_rows_are_counted_as_the_spreadsheet_counts_them() -> None:
    rows = [["Question", "Answer"], ["Open?", "Yes."], ["", ""], ["", "An answer alone"]]

    assert [(issue.line, issue.refusal.code) for issue in sheet_of(rows).issues] == [(4, "kb.no-question")]


@given(st.text(alphabet=st.sampled_from("'=+-@＝＋－＠\tA中 1"), max_size=8))
def test_what_is_escaped_comes_back_and_is_no_formula(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not escaped(text).startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t"))


WHOLE = xlsx(HEADER, TENT)
BROKEN = {
    "nothing": b"",
    "no zip": b"PK\x03\x04 nonsense",
    "a zip of something else": b"",
    "half a file": WHOLE[:-200],
}
with io.BytesIO() as _file:
    with zipfile.ZipFile(_file, "w") as _packed:
        _packed.writestr("readme.txt", "no workbook")
    BROKEN["a zip of something else"] = _file.getvalue()


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_xlsx_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read_xlsx(data)

    assert refused.value.code == "kb.import.not-a-spreadsheet"


@settings(max_examples=60, deadline=timedelta(seconds=5))
@given(st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 255)), min_size=1, max_size=20))
def test_an_xlsx_with_flipped_bytes_is_read_or_refused(flips: list[tuple[int, int]]) -> None:
    flipped = bytearray(WHOLE)
    for place, byte in flips:
        flipped[place % len(flipped)] = byte

    with suppress(Refusal):
        sheet_of(read_xlsx(bytes(flipped)))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * (zipped.LARGEST_INFLATED + 1))
    assert len(file.getvalue()) < 2**20

    with pytest.raises(Refusal) as refused:
        read_xlsx(file.getvalue())

    assert refused.value.code == "kb.import.too-large"


def test_a_document_type_with_entities_is_refused() -> None:
    source, bombed = zipfile.ZipFile(io.BytesIO(xlsx(HEADER, TENT))), io.BytesIO()
    with zipfile.ZipFile(bombed, "w") as packed:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/workbook.xml":
                text = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + text
            packed.writestr(name, text)

    with pytest.raises(Refusal) as refused:
        read_xlsx(bombed.getvalue())

    assert refused.value.code == "kb.import.not-a-spreadsheet"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (csv(HEADER, TENT).decode().encode("utf-16-le"), "kb.import.unknown-encoding"),
        (b'Question,Answer\n"unclosed', "kb.import.not-a-table"),
        (b"Question\nonly", "kb.import.missing-column"),
        (b"Question,Answer,Question\na,b,c", "kb.import.column-twice"),
        (b"", "kb.import.missing-column"),
    ],
)
def test_a_csv_that_cannot_be_understood_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        sheet_of(read_csv(data))

    assert refused.value.code == code


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 1)

    with pytest.raises(Refusal) as refused:
        read_csv(csv(HEADER, TENT, TENT))

    assert refused.value.code == "kb.import.too-large"
