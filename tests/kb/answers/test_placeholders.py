"""Live values in answers: never a hole, never read twice."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kb.answers.placeholders import PLACEHOLDERS, filled, unknown_in

KNOWN = st.sampled_from(sorted(PLACEHOLDERS))
VALUES = st.dictionaries(KNOWN, st.text(alphabet="a{}|. \n<b>", max_size=20))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello {customer.name}!", "Hello Lin!"),
        ("Hello { customer.name }!", "Hello Lin!"),
        ("{customer.name|friend}", "Lin"),
        ("{order.number|yours}", "yours"),
        ("{order.number}", "your order"),
        ("{order.number|}", "your order"),
        ("{order.number| }", "your order"),
        ("{{customer.name}}", "{customer.name}"),
        ("{{{customer.name}}}", "{Lin}"),
        ("a } b { c", "a } b { c"),
        ("{}", "{}"),
        ("{product.name}", "<b>{customer.name}</b>"),
        ("{shop.name}", "our shop"),
    ],
)
def test_values_and_fallbacks_take_the_place_of_their_names(text: str, said: str) -> None:
    values = {"customer.name": "Lin", "product.name": "<b>{customer.name}</b>", "shop.name": "  "}

    with translation.override("en"):
        assert filled(text, values) == said


def test_a_name_that_stands_for_nothing_is_named() -> None:
    assert list(unknown_in(["{parcel.state} {{order}} {order.number}", "{客户名|亲}"])) == [
        "parcel.state",
        "客户名",
    ]


@given(st.lists(KNOWN, min_size=1, max_size=5), VALUES)
def test_no_customer_ever_sees_a_hole(names: list[str], values: dict[str, str]) -> None:
    text = "".join(f"[{{{name}}}]" for name in names)

    said = filled(text, values)

    expected = [values.get(name, "").strip() or str(PLACEHOLDERS[name].fallback) for name in names]
    assert all(expected)
    assert said == "".join(f"[{one}]" for one in expected)


@given(st.text(max_size=80))
def test_a_text_without_braces_stays_as_it_is(text: str) -> None:
    plain = re.sub("[{}]", "", text)

    assert filled(plain, {}) == plain


@given(st.text(max_size=60))
def test_doubled_braces_say_any_text(text: str) -> None:
    assert filled(text.replace("{", "{{").replace("}", "}}"), {}) == text


@pytest.mark.parametrize("name", sorted(PLACEHOLDERS))
def test_every_placeholder_says_what_it_means_and_what_stands_for_it(name: str) -> None:
    assert str(PLACEHOLDERS[name].meaning)
    assert str(PLACEHOLDERS[name].fallback)
