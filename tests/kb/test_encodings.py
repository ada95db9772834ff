import pytest
from django.utils import translation

from cscore.common.errors import Refusal
from kb.encodings import encoding_of
from kb.tables import read_csv, sheet_of

ROWS = "编号,标准问,答案\r\ntent,帐篷防水吗？,防水三千毫米，放心。\r\n"


@pytest.mark.parametrize(
    "encoded",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("gb18030"),
        ROWS.encode("utf-16"),
        b"\xff\xfe" + ROWS.encode("utf-16-le"),
        b"\xfe\xff" + ROWS.encode("utf-16-be"),
    ],
)
def test_a_table_is_read_right_in_every_encoding_that_shops_use(encoded: bytes) -> None:
    [draft] = sheet_of(read_csv(encoded)).drafts.values()

    assert (draft.key, draft.question, draft.answer) == ("tent", "帐篷防水吗？", "防水三千毫米，放心。")


@pytest.mark.parametrize(
    ("encoded", "guess"),
    [
        (ROWS.encode("utf-16-le"), "UTF-16 without its mark"),
        (b"\xff\xfe" + ROWS.encode("utf-16-le")[:-1], "damaged UTF-16"),
        (b"\xef\xbb\xbf" + ROWS.encode()[:-10], "damaged UTF-8"),
        (ROWS.encode().replace("三".encode(), b"\xe4\xb8"), "damaged UTF-8"),
        (ROWS.encode("gb18030") + b"\xff\xff", "another encoding"),
        (b"a,b\x00\x01\x02\x00\x00", "no text"),
    ],
)
def test_what_cannot_be_read_is_named(encoded: bytes, guess: str) -> None:
    with translation.override("en"), pytest.raises(Refusal) as refused:
        encoding_of(encoded)

    assert refused.value.code == "kb.import.unknown-encoding"
    with translation.override("en"):
        assert str(refused.value.details["guess"]) == guess


def test_plain_letters_are_utf_8() -> None:
    assert encoding_of(b"Question,Answer") == "utf-8"
    assert encoding_of(b"") == "utf-8"
