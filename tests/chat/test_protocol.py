"""Frames in: what is let through, and the code for everything that is not."""

import json
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat.protocol import customer, desk, parsing
from cscore.common.errors import Refusal

ID = "0b0c8a34-6c0e-4d5e-9d53-2f3f5d3f6f10"
HELLO = {"type": "hello", "token": None, "identity": None, "since": 0, "locale": "en"}
SEND = {"type": "send", "client_id": ID, "body": "Where is my parcel?"}
CODES = {"bad-json", "unknown-type", "bad-field", "too-long", "empty", "bad-text"}


def outcome(text: str, frames: Any) -> str:
    """The refusal's code, or `frame` for what is let through."""
    try:
        parsing.parse(parsing.loads(text), frames)
    except Refusal as refusal:
        return refusal.code
    return "frame"


def refusal_of(text: str, frames: Any = customer.FRAMES) -> str:
    with pytest.raises(Refusal) as refused:
        parsing.parse(parsing.loads(text), frames)
    return refused.value.code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "[]",
        "null",
        "12",
        '{"type":',
        "NaN",
        '{"a": NaN}',
        '{"a": -Infinity}',
        "[" * 30_000,
        "9" * 5_000,
    ],
)
def test_what_is_no_json_object_is_bad_json(text: str) -> None:
    assert refusal_of(text) == "bad-json"


@pytest.mark.parametrize("type_", [None, 1, "", "take", "HELLO", ["send"], {"a": 1}, "\ud800"])
def test_a_type_that_customers_do_not_have_is_unknown(type_: Any) -> None:
    assert refusal_of(json.dumps({"type": type_})) == "unknown-type"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"body": 1}, "bad-field"),
        ({"body": None}, "bad-field"),
        ({"body": ["a"]}, "bad-field"),
        ({"body": ""}, "empty"),
        ({"body": " \n\t"}, "empty"),
        ({"body": "a" * 4_001}, "too-long"),
        ({"body": "e\u0301" * 20_000}, "too-long"),
        ({"body": "a\0b"}, "bad-text"),
        ({"body": "\ud800"}, "bad-text"),
        ({"client_id": None}, "bad-field"),
        ({"client_id": 7}, "bad-field"),
        ({"client_id": "x"}, "bad-field"),
        ({"client_id": "{" + ID + "}"}, "bad-field"),
        ({"client_id": "0" * 36}, "bad-field"),
    ],
)
def test_a_message_with_a_wrong_field_is_refused_by_its_code(change: dict[str, Any], code: str) -> None:
    assert refusal_of(json.dumps(SEND | change)) == code


@pytest.mark.parametrize("field", ["client_id", "body"])
def test_a_missing_field_is_a_bad_field(field: str) -> None:
    frame = {key: value for key, value in SEND.items() if key != field}

    assert refusal_of(json.dumps(frame)) == "bad-field"


@pytest.mark.parametrize(
    "change",
    [
        {"since": -1}, {"since": 1.0}, {"since": True}, {"since": "0"}, {"since": 2**31}, {"since": None},
        {"locale": "de"}, {"locale": None}, {"token": 5}, {"identity": {}}, {"page": []}, {"page": {"product": 3}},
        {"conversation": "x"},
    ],
)  # fmt: skip
def test_a_hello_with_a_wrong_field_is_refused(change: dict[str, Any]) -> None:
    assert refusal_of(json.dumps(HELLO | change)) == "bad-field"


@pytest.mark.parametrize("stars", [0, 6, 4.5, "5", True, None])
def test_stars_are_whole_numbers_from_one_to_five(stars: Any) -> None:
    assert refusal_of(json.dumps({"type": "rate", "stars": stars})) == "bad-field"


def test_text_is_stored_in_its_composed_form() -> None:
    frame = parsing.parse(SEND | {"body": "cafe\u0301"}, customer.FRAMES)

    assert frame.body == "caf\u00e9"


def test_4000_characters_are_let_through() -> None:
    assert len(parsing.parse(SEND | {"body": "字" * 4_000}, customer.FRAMES).body) == 4_000


def test_a_page_is_a_product_or_an_order_and_nothing_else() -> None:
    hello = parsing.parse(HELLO | {"page": {"product": "TENT-2", "cookies": "x"}}, customer.FRAMES)

    assert hello.page == {"product": "TENT-2"}


def test_a_broken_frame_is_answered_under_its_own_id() -> None:
    assert parsing.client_id_of(SEND | {"body": 3}) == uuid.UUID(ID)
    assert parsing.client_id_of({"client_id": [1]}) is None


@pytest.mark.parametrize(
    "cursors", [[], {"x": 1}, {ID: -1}, {ID: "1"}, {str(uuid.uuid4()): 1 for _ in range(201)}]
)
def test_cursors_are_at_most_200_conversations_with_a_number(cursors: Any) -> None:
    assert refusal_of(json.dumps({"type": "hello", "cursors": cursors}), desk.FRAMES) == "bad-field"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = [
    "client_id",
    "body",
    "since",
    "locale",
    "token",
    "identity",
    "page",
    "stars",
    "comment",
    "seq",
    "choice",
]
FRAMES = st.fixed_dictionaries(
    {"type": st.sampled_from([*customer.FRAMES, *desk.FRAMES]) | JSON},
    optional=dict.fromkeys(
        [*FIELDS, "conversation", "cursors", "to", "number", "state", "item"], JSON | st.just(ID)
    ),
)


@settings(max_examples=1_500, deadline=None)
@given(frame=FRAMES)
def test_any_object_is_a_frame_or_refused_with_a_code(frame: dict[str, Any]) -> None:
    for frames in (customer.FRAMES, desk.FRAMES):
        assert outcome(json.dumps(frame), frames) in CODES | {"frame"}


@settings(max_examples=1_500, deadline=None)
@given(text=st.text())
def test_any_text_is_a_frame_or_refused_with_a_code(text: str) -> None:
    assert refusal_of(text) in CODES


def test_marks_that_turn_text_around_are_left_out() -> None:
    sent = SEND | {"body": "call \u202e8000\u2066138"}

    assert parsing.parse(sent, customer.FRAMES).body == "call 8000138"
