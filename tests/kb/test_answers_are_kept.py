"""An answer's other parts: stored with the version, left alone by whoever does not know them, restored with it."""

from datetime import date, timedelta

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions, live
from kb.answers import Circumstances, CouponCard, OtherAnswer, ProductCard, Rich
from kb.queries import draft_of
from kb.rules import Draft
from tests.factories import MONDAY_9AM

FOR_GOLD = OtherAnswer(
    "One day for you.",
    Circumstances(tiers=("gold",), begins=MONDAY_9AM, ends=MONDAY_9AM + timedelta(days=3)),
    Rich(cards=(CouponCard("GOLD5", "5 yuan off", date(2026, 12, 1)),)),
)
WHOLE = Draft(
    "delivery",
    "How long does delivery take?",
    ("when will it come",),
    "Two days.",
    rich=Rich(html="<p>Two <b>days</b>.</p>", cards=(ProductCard("TENT"),)),
    others=(FOR_GOLD,),
    negatives=("how long is the tent",),
    negative_keywords=("abroad",),
    tell_person=True,
)


def saved(shop: Shop, by: User, draft: Draft) -> Draft:
    [version] = actions.save_drafts(shop=shop, drafts=[draft], by=by, at=MONDAY_9AM)
    return draft_of(type(version).objects.get(pk=version.pk))


def test_every_part_of_an_answer_is_stored(shop: Shop, lin: User) -> None:
    assert saved(shop, lin, WHOLE) == WHOLE


def test_who_knows_only_the_text_does_not_wipe_the_rest(shop: Shop, lin: User) -> None:
    saved(shop, lin, WHOLE)

    kept = saved(shop, lin, Draft("delivery", "How long is delivery?", (), "Two days."))

    assert kept == Draft(
        "delivery",
        "How long is delivery?",
        (),
        "Two days.",
        None,
        WHOLE.rich,
        WHOLE.others,
        WHOLE.negatives,
        WHOLE.negative_keywords,
        tell_person=True,
    )


def test_other_words_lose_the_form_of_the_old_ones_and_keep_the_cards(shop: Shop, lin: User) -> None:
    saved(shop, lin, WHOLE)

    kept = saved(shop, lin, Draft("delivery", "How long does delivery take?", (), "Three days."))

    assert kept.rich == Rich(cards=(ProductCard("TENT"),))


def test_an_earlier_version_comes_back_whole(shop: Shop, lin: User) -> None:
    [first] = actions.save_drafts(shop=shop, drafts=[WHOLE], by=lin, at=MONDAY_9AM)
    plain = Draft("delivery", "How long?", (), "Ask us.", None, Rich(), (), (), (), tell_person=False)
    saved(shop, lin, plain)

    restored = actions.restore(version=first, by=lin, at=MONDAY_9AM)

    assert draft_of(restored) == WHOLE


def test_what_is_live_carries_every_part(shop: Shop, lin: User) -> None:
    versions = actions.save_drafts(shop=shop, drafts=[WHOLE], by=lin, at=MONDAY_9AM)
    actions.publish(versions=versions, by=lin, at=MONDAY_9AM)

    answer = live.knowledge(shop.pk).answer("delivery")

    assert answer is not None
    assert (answer.rich, answer.others) == (WHOLE.rich, (FOR_GOLD,))
    assert (answer.negative_keywords, answer.tell_person) == (("abroad",), True)
