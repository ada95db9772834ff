"""What must hold for every text: places slice to what they report, nothing raises, time grows with the length."""

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cscore.compliance.checker import Checker
from cscore.compliance.folding import fold
from cscore.compliance.rules import Finding, Scope
from cscore.compliance.starter import starter_rules
from cscore.compliance.template import BadTemplate, compile_template
from tests.compliance.rulebook import NEW_YEAR, rule, sentences

PIECES = [row["text"] for row in sentences("unlawful.jsonl")]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [*PIECES, " ", "·", "\u200b", "。", "，", "13800138000", "1-", "㈠", "ﷺ", "\ud800", "İ"]
        ),
        max_size=6,
    ).map("".join),
)
EVIL = [
    "最",
    "好评",
    "1 ",
    "1-",
    "加 ",
    "微信",
    "不保证",
    "好评返",
    "。",
    "\u200b",
    "ﷺ",
    "13800138000",
    "给您微信退返加好评",
]


@cache
def starter() -> Checker:
    return Checker(starter_rules())


def find(text: str) -> tuple[Finding, ...]:
    return starter().find(text, scope=Scope.AGENT, on=NEW_YEAR)


@given(TEXTS)
@settings(deadline=None)
def test_every_finding_slices_to_the_text_it_reports(text: str) -> None:
    findings = find(text)

    assert [text[each.start : each.end] for each in findings] == [each.text for each in findings]
    assert all(each.text for each in findings)


@given(TEXTS)
@settings(deadline=None)
def test_findings_stand_in_order_and_apart(text: str) -> None:
    findings = find(text)

    assert all(left.end <= right.start for left, right in zip(findings, findings[1:], strict=False))


@given(TEXTS)
@settings(deadline=None)
def test_the_folded_text_its_places_and_its_breaks_belong_together(text: str) -> None:
    folded = fold(text)

    assert len(folded.origin) == len(folded.text) == len(folded.breaks) - 1
    assert list(folded.origin) == sorted(folded.origin)


@given(st.text(alphabet="好评返(|){}0-9:digits,phone.*+?[]^$\\", max_size=40), TEXTS)
@settings(deadline=None)
def test_a_template_of_a_user_is_refused_or_harmless(template: str, text: str) -> None:
    try:
        compile_template(template)
    except BadTemplate:
        return

    for each in Checker([rule(template)]).find(text, scope=Scope.AGENT, on=NEW_YEAR):
        assert text[each.start : each.end] == each.text


@pytest.mark.parametrize("unit", EVIL)
def test_ten_times_as_many_evil_characters_take_about_ten_times_as_long(unit: str) -> None:
    """A pattern that goes back over the text would take a hundred times as long. Both are taken in this run, the best
    of three, so that a busy machine does not matter."""
    find(unit * 100)
    short, long = _seconds((unit * 1_000)[:1_000]), _seconds((unit * 10_000)[:10_000])

    assert long < 40 * max(short, 0.001)


def _seconds(text: str) -> float:
    return min(_once(text) for _try in range(3))


def _once(text: str) -> float:
    begun = time.thread_time()
    find(text)
    return time.thread_time() - begun
