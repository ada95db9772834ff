"""Words that rule an entry out."""

import pytest

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions, live
from kb.matching import Decision, Entry, Keywords, train
from kb.rules import Draft
from tests.factories import MONDAY_9AM


@pytest.mark.parametrize(
    ("keyword", "text", "found"),
    [
        ("国外", "國外能寄嗎", True),
        ("ＵＳＡ", "ship to usa?", True),
        ("tee", "is there a guarantee", False),
        ("61", "618 什么时候开始", False),
        ("618", "618什么时候开始", True),
        ("国外", "国内能寄吗", False),
        (" ", "anything at all", False),
    ],
)
def test_a_word_is_found_folded_and_whole(keyword: str, text: str, found: bool) -> None:
    keywords = Keywords.of({"a": [keyword]})

    assert keywords.found_in(text) == ({"a": keyword} if found else {})


def test_what_is_left_out_is_as_if_it_had_never_been_there() -> None:
    delivery = Entry("delivery", "How long does delivery take?", ("when will it arrive",))
    returns = Entry("returns", "How do I send something back?", ("return my order",))
    matcher = train([delivery, returns])

    without = matcher.leaving_out({"delivery"}).match("How long does delivery take?")

    assert matcher.match("How long does delivery take?").decision is Decision.ANSWER
    assert [candidate.id for candidate in without.candidates] == ["returns"]
    assert matcher.match("How long does delivery take?").candidates[0].id == "delivery"


def test_what_is_left_is_offered_unless_it_is_asked_word_for_word(shop: Shop, lin: User) -> None:
    drafts = [
        Draft("delivery", "How long does delivery take?", (), "Two days.", negative_keywords=("abroad",)),
        Draft(
            "customs", "How long does delivery abroad take?", (), "Two weeks.", negative_keywords=("fast",)
        ),
        Draft("returns", "How do I send something back?", (), "By post."),
    ]
    versions = actions.save_drafts(shop=shop, drafts=drafts, by=lin, at=MONDAY_9AM)
    actions.publish(versions=versions, by=lin, at=MONDAY_9AM)
    knowledge = live.knowledge(shop.pk)

    word_for_word = knowledge.match("How long does delivery abroad take?")
    nearly = knowledge.match("How long does fast delivery take abroad?")

    assert (word_for_word.decision, word_for_word.candidates[0].id) == (Decision.ANSWER, "customs")
    assert {one.id: one.keyword for one in nearly.ruled_out} == {"delivery": "abroad", "customs": "fast"}
    assert nearly.decision is not Decision.ANSWER
    assert "delivery" not in {candidate.id for candidate in nearly.candidates}
