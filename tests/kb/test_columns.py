"""An article as a row of texts: what was exported imports back equal, whoever edits only words loses nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cscore.common.errors import Refusal
from kb.answers import Circumstances, CouponCard, ImageCard, LinkCard, OtherAnswer, ProductCard, Rich
from kb.columns import COLUMNS, cells_of, draft_of_cells
from kb.imports import read_jsonl
from kb.rules import Draft, tidied

WHOLE = Draft(
    "delivery",
    "How long?",
    ("when", "how soon"),
    "Two days.",
    "Shipping",
    Rich(
        "<p>Two <b>days</b>.</p>",
        (CouponCard("A5", "5 off", date(2026, 12, 1)), ImageCard("/static/a.svg", "A")),
    ),
    (
        OtherAnswer(
            "One day.",
            Circumstances(("T,1",), ("tents",), ("gold",), ("web",), datetime(2026, 11, 11, tzinfo=UTC)),
            Rich(cards=(LinkCard("https://a.example", "more"), ProductCard("T1"))),
        ),
    ),
    ("how long is the tent",),
    ("abroad",),
    tell_person=True,
)


def test_every_part_comes_back_from_its_row() -> None:
    cells = cells_of(WHOLE)

    assert list(cells) == list(COLUMNS)
    assert tidied(draft_of_cells(cells)) == WHOLE


LINE = st.text(alphabet="ab中 {}\"'\\,;=+@", max_size=8)


@given(st.lists(LINE, max_size=3), LINE, st.booleans(), st.lists(LINE, max_size=2))
def test_whatever_is_stored_comes_back(words: list[str], text: str, tell: bool, skus: list[str]) -> None:
    other = OtherAnswer(text, Circumstances(products=tuple(skus)), Rich(cards=(ProductCard(text),)))
    stored = tidied(replace(WHOLE, negatives=tuple(words), others=(other,), tell_person=tell))

    assert tidied(draft_of_cells(cells_of(stored))) == stored


def test_columns_that_are_not_there_are_left_open() -> None:
    read = draft_of_cells({"question": "How long?", "answer": "Two days."})

    assert (read.rich, read.others, read.negatives, read.negative_keywords, read.tell_person) == (None,) * 5


def test_who_edits_the_words_in_a_spreadsheet_means_the_words() -> None:
    cells = cells_of(WHOLE) | {"answer": "Three days."}

    read = tidied(draft_of_cells(cells))

    assert read.answer == "Three days."
    assert read.rich == Rich(cards=WHOLE.rich.cards if WHOLE.rich else ())


def test_html_without_words_makes_the_words() -> None:
    read = tidied(draft_of_cells(cells_of(WHOLE) | {"answer": ""}))

    assert read.answer == "Two days."


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"others": "{"}, "kb.import.bad-cell"),
        ({"others": "[]"}, "kb.import.bad-cell"),
        ({"others": '{"text": 5, "when": {}}'}, "kb.import.bad-cell"),
        ({"others": '{"text": "a", "when": {"tiers": "gold"}}'}, "kb.import.bad-cell"),
        ({"others": '{"text": "a", "when": {"ends": "soon"}}'}, "kb.import.bad-cell"),
        ({"html": "", "cards": '{"kind": "game", "sku": "a"}'}, "kb.import.bad-cell"),
        ({"html": "", "cards": '{"kind": "product"}'}, "kb.import.bad-cell"),
        ({"html": "", "cards": "[" * 5000}, "kb.import.bad-cell"),
        ({"html": "<p>x</p>"}, "kb.import.half-the-form"),
        ({"tell_person": "perhaps"}, "kb.import.neither-yes-nor-no"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_column(cells: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        draft_of_cells({"question": "How long?", "answer": "Two days."} | cells)

    assert refused.value.code == code


def test_a_line_of_json_holds_every_part_too() -> None:
    line = (
        '{"id": "a", "question": "Q?", "rich": {"html": "<p><b>Hi</b></p>"}, "negatives": ["n"], "tell_person": true, '
        '"others": [{"text": "for gold", "when": {"tiers": ["gold"], "ends": "2026-12-01T00:00"}}]}'
    )

    [draft] = read_jsonl(line.encode()).drafts.values()

    assert (draft.answer, draft.negatives, draft.tell_person) == ("Hi", ("n",), True)
    assert draft.others
    assert draft.others[0].when.tiers == ("gold",)
    assert draft.others[0].when.ends
    assert draft.others[0].when.ends.tzinfo is not None


@pytest.mark.parametrize(
    "part", ['"rich": []', '"others": {}', '"others": [1]', '"negatives": "n"', '"tell_person": "x"']
)
def test_a_part_of_the_wrong_shape_is_named(part: str) -> None:
    [issue] = read_jsonl(f'{{"id": "a", "question": "Q?", {part}}}'.encode()).issues

    assert issue.refusal.code == "kb.import.wrong-type"
    assert part.split('"')[1] in str(issue.refusal)
