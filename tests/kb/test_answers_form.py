"""The article's form: base answer with its form, cards, other answers, keywords; and what it points out."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions
from kb.answers import Circumstances, CouponCard, LinkCard, OtherAnswer, Rich
from kb.models import Article
from kb.queries import draft_of
from kb.rules import Draft
from tests.factories import MONDAY_9AM, make_product
from tests.kb.articles import draft
from tests.kb.pages import change, form_of

NOTHING_ELSE = {
    "cards-TOTAL_FORMS": 0,
    "cards-INITIAL_FORMS": 0,
    "others-TOTAL_FORMS": 0,
    "others-INITIAL_FORMS": 0,
    "negatives": "",
    "negative_keywords": "",
}
FOR_GOLD = {
    "others-TOTAL_FORMS": 1,
    "others-0-tiers": ["gold", "vip"],
    "others-0-products": "TENT, LAMP，CUP",
    "others-0-ends": "2026-12-01T00:00",
    "others-0-text": "One day.",
    "others-0-text_html": "<p>One <b>day</b>.</p>",
    "others-0-cards-TOTAL_FORMS": 1,
    "others-0-cards-INITIAL_FORMS": 0,
    "others-0-cards-0-kind": "coupon",
    "others-0-cards-0-code": "GOLD5",
    "others-0-cards-0-words": "5 yuan off",
}


@pytest.fixture
def article(shop: Shop, lin: User) -> Article:
    return draft(shop, lin).article


def sent(editor: Client, article: Article, **fields: Any) -> str:
    """Saves the form with these fields; what the page says when it is shown again, else nothing."""
    form = form_of(article.latest_version) | NOTHING_ELSE | fields  # type: ignore[arg-type]
    page = editor.post(change(article), form)
    return "" if page.status_code == 302 else page.content.decode()


def latest(article: Article) -> Draft:
    fresh = Article.objects.get(pk=article.pk)
    assert fresh.latest_version
    return draft_of(fresh.latest_version)


def test_an_editor_writes_other_answers(editor: Client, article: Article) -> None:
    assert not sent(editor, article, **FOR_GOLD)

    [other] = latest(article).others or ()
    assert (other.text, other.rich.html) == ("One day.", "<p>One <b>day</b>.</p>")
    assert (other.when.tiers, other.when.products) == (("gold", "vip"), ("TENT", "LAMP", "CUP"))
    assert other.when.ends
    assert other.rich.cards == (CouponCard("GOLD5", "5 yuan off"),)


def test_an_answer_has_a_form_cards_keywords_and_a_person(editor: Client, article: Article) -> None:
    fields = {
        "answer_html": "<ul><li>wash <strong>cold</strong></li></ul><script>alert(1)</script>",
        "cards-TOTAL_FORMS": 1,
        "cards-0-kind": "link",
        "cards-0-url": "https://a.example/care",
        "cards-0-words": "Care",
        "negatives": "how to wash a tent\n",
        "negative_keywords": "abroad\n\nUSA",
        "tell_person": "on",
    }

    assert not sent(editor, article, **fields)

    saved = latest(article)
    assert saved.answer == "• wash cold"
    assert saved.rich == Rich(
        "<ul><li>wash <b>cold</b></li></ul>", (LinkCard("https://a.example/care", "Care"),)
    )
    assert (saved.negatives, saved.negative_keywords) == (("how to wash a tent",), ("abroad", "USA"))
    assert saved.tell_person


def test_what_is_removed_is_gone_and_the_form_shows_what_is_saved(editor: Client, article: Article) -> None:
    sent(editor, article, **FOR_GOLD)
    article.refresh_from_db()
    shown = editor.get(change(article)).content.decode()
    assert 'value="GOLD5"' in shown
    assert 'value="TENT, LAMP, CUP"' in shown

    assert not sent(editor, article, **FOR_GOLD | {"others-0-DELETE": "on"})

    assert latest(article).others == ()


def test_a_form_that_knows_nothing_of_other_answers_leaves_them(editor: Client, article: Article) -> None:
    sent(editor, article, **FOR_GOLD)
    article.refresh_from_db()

    editor.post(change(article), form_of(article.latest_version, question="Another question?"))  # type: ignore[arg-type]

    saved = latest(article)
    assert saved.question == "Another question?"
    assert saved.others


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"answer": "Hi {customer.nam}"}, "“{customer.nam}” stands for nothing."),
        ({"answer_html": "<p>{customer.<b>name}</b></p>"}, "A placeholder must be all in one form"),
        (FOR_GOLD | {"others-0-text": "", "others-0-text_html": ""}, "Other answer 1: The text is missing."),
        (
            FOR_GOLD | {"others-0-tiers": [], "others-0-products": "", "others-0-ends": ""},
            "Other answer 1: Say when it is given",
        ),
        (FOR_GOLD | {"others-0-begins": "2027-01-01T00:00"}, "Other answer 1: It ends before it begins."),
        (FOR_GOLD | {"others-0-ends": "soon"}, "Enter a valid date/time."),
        (
            {
                "cards-TOTAL_FORMS": 1,
                "cards-0-kind": "link",
                "cards-0-url": "javascript:alert(1)",
                "cards-0-words": "x",
            },
            "Links begin with https://",
        ),
        (
            {"cards-TOTAL_FORMS": 1, "cards-0-kind": "coupon", "cards-0-code": "A"},
            "A card needs all its fields",
        ),
    ],
)
def test_what_cannot_be_saved_is_said_beside_it(
    editor: Client, article: Article, fields: dict[str, Any], said: str
) -> None:
    shown = sent(editor, article, **fields)

    assert said in shown
    assert latest(article) == draft_of(article.latest_version)  # type: ignore[arg-type]


def test_answers_that_are_never_said_are_pointed_out(editor: Client, shop: Shop, lin: User) -> None:
    make_product(shop=shop, sku="TENT", category="tents")
    others = (
        OtherAnswer("over", Circumstances(ends=MONDAY_9AM)),
        OtherAnswer("gold", Circumstances(tiers=("gold", "vip"))),
        OtherAnswer("vip", Circumstances(tiers=("vip",))),
        OtherAnswer("lamp", Circumstances(products=("LAMP",))),
        OtherAnswer("no", Circumstances(products=("TENT",), categories=("lamps",))),
    )
    [version] = actions.save_drafts(
        shop=shop, drafts=[Draft("a", "Q?", (), "Base.", others=others)], by=lin, at=MONDAY_9AM
    )

    shown = editor.get(change(version.article)).content.decode()

    assert "is not said any more." in shown
    assert "It is never said: other answer 2 is always said before it." in shown
    assert "The shop has no product LAMP." in shown
    assert "No product is in the category “lamps”." in shown
    assert "It is never said: none of its products is in one of its categories." in shown


def test_the_versions_page_shows_what_became_of_every_part(editor: Client, shop: Shop, lin: User) -> None:
    before = Draft("a", "Q?", (), "Base.", others=(OtherAnswer("One day.", Circumstances(tiers=("gold",))),))
    after = Draft("a", "Q?", (), "Base.", others=(), negative_keywords=("abroad",), tell_person=True)
    for one in (before, after):
        [version] = actions.save_drafts(shop=shop, drafts=[one], by=lin, at=MONDAY_9AM)

    shown = editor.get(reverse("kb:versions", args=[version.article_id])).content.decode()

    assert "<del>[tiers: Gold]\nOne day.</del>" in shown
    assert "<ins>abroad</ins>" in shown
    assert "A person is told too" in shown


def test_whoever_may_only_read_sees_every_part(client: Client, shop: Shop, lin: User, mei: User) -> None:
    others = (OtherAnswer("One day.", Circumstances(tiers=("gold",))),)
    [version] = actions.save_drafts(
        shop=shop, drafts=[Draft("a", "Q?", (), "Base.", others=others)], by=lin, at=MONDAY_9AM
    )
    client.force_login(mei)

    shown = client.get(change(version.article)).content.decode()

    assert "[tiers: Gold]" in shown
    assert "<cs-rich" not in shown


def asked(editor: Client, article: Article, **fields: Any) -> Any:
    """What the preview says of the form with these fields."""
    form = form_of(article.latest_version) | NOTHING_ELSE | fields  # type: ignore[arg-type]
    return editor.post(reverse("kb:preview", args=[article.pk]), form).json()


def test_the_preview_says_what_a_customer_would_be_told_before_anything_is_saved(
    editor: Client, article: Article, shop: Shop
) -> None:
    make_product(shop=shop, sku="TENT")
    written = FOR_GOLD | {"answer": "Two days, {customer.name}."}
    gold = {"preview-tier": "gold", "preview-product": "TENT", "preview-moment": "2026-11-01T10:00"}

    for_gold = asked(editor, article, **written | gold)
    later = asked(editor, article, **written | gold | {"preview-moment": "2026-12-01T00:00"})
    elsewhere = asked(editor, article, **written | gold | {"preview-product": "unheard-of"})

    assert for_gold == {
        "which": "Other answer 1",
        "nodes": [{"tag": "p", "children": ["One ", {"tag": "b", "children": ["day"]}, "."]}],
        "cards": ["Coupon: GOLD5, 5 yuan off"],
    }
    assert later["which"] == elsewhere["which"] == "The base answer"
    assert later["nodes"] == [{"tag": "p", "children": ["Two days, [the customer's name]."]}]
    assert latest(article).others == ()


def test_the_preview_says_what_is_wrong_with_the_form(editor: Client, article: Article) -> None:
    assert asked(editor, article, answer="{nobody}")["wrong"] == [
        "“{nobody}” stands for nothing. Write {{ and }} for braces that customers should see."
    ]
