"""Each shop owns its articles; a copy is a draft of its own in the other shop."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from kb import actions
from kb.actions.base import OfAnotherShop
from kb.actions.copying import NothingToCopy, SameShop
from kb.actions.drafts import QuestionTaken
from kb.answers import Circumstances, OtherAnswer
from kb.models import Article, Category
from kb.queries import draft_of
from kb.rules import Draft
from tests.factories import MONDAY_9AM, make_shop
from tests.kb.articles import draft
from tests.kb.pages import LIST, said

OTHERS = (OtherAnswer("One day.", Circumstances(tiers=("gold",))),)


@pytest.fixture
def article(shop: Shop, lin: User) -> Article:
    Category.objects.create(shop=shop, name="Shipping")
    whole = Draft(
        "delivery", "How long?", ("when",), "Two days.", "Shipping", others=OTHERS, tell_person=True
    )
    [version] = actions.save_drafts(shop=shop, drafts=[whole], by=lin, at=MONDAY_9AM)
    actions.publish(versions=[version], by=lin, at=MONDAY_9AM)
    return Article.objects.get(pk=version.article_id)


@pytest.fixture
def second(lin: User) -> Shop:
    shop = make_shop(key="second")
    shop.staff.add(lin)
    return shop


def test_a_copy_has_every_part_and_is_a_draft(article: Article, second: Shop, lin: User) -> None:
    [version] = actions.copy_to_shop(articles=[article], shop=second, by=lin, at=MONDAY_9AM)

    copied = Article.objects.get(shop=second)
    assert article.latest_version
    assert draft_of(version) == draft_of(article.latest_version)
    assert (copied.key, copied.category and copied.category.name, copied.is_live) == (
        "delivery",
        "Shipping",
        False,
    )
    assert AuditEntry.objects.filter(verb="kb.copy", shop_key="second", by=lin).exists()


def test_many_articles_are_copied_with_as_many_queries_as_two(
    editor: Client, shop: Shop, second: Shop, lin: User
) -> None:
    for number in range(12):
        draft(shop, lin, key=f"a{number}", question=f"Question {number}?")
    taken = []
    for keys in (["a0", "a1"], [f"a{number}" for number in range(2, 12)]):
        chosen = list(Article.objects.filter(shop=shop, key__in=keys).values_list("pk", flat=True))
        copy = {"action": "copy_chosen", "_selected_action": chosen, "confirmed": "yes", "shop": second.pk}
        with CaptureQueriesContext(connection) as queries:
            editor.post(LIST, copy)
        taken.append(len(queries))

    assert Article.objects.filter(shop=second).count() == 12
    # The first copy wakes a few things that the second finds awake.
    assert taken[1] <= taken[0]


def test_what_one_shop_changes_the_other_does_not_see(article: Article, second: Shop, lin: User) -> None:
    actions.copy_to_shop(articles=[article], shop=second, by=lin, at=MONDAY_9AM)

    draft(article.shop, lin, key="delivery", question="How long?", answer="Three days.")

    assert str(Article.objects.get(shop=second).latest_version.answer) == "Two days."  # type: ignore[union-attr]


def test_copied_again_it_is_the_next_version_of_the_same_article(
    article: Article, second: Shop, lin: User
) -> None:
    actions.copy_to_shop(articles=[article], shop=second, by=lin, at=MONDAY_9AM)
    draft(article.shop, lin, key="delivery", question="How long?", answer="Three days.")

    [version] = actions.copy_to_shop(
        articles=[Article.objects.get(pk=article.pk)], shop=second, by=lin, at=MONDAY_9AM
    )

    assert (version.number, version.answer) == (2, "Three days.")


def test_copies_are_refused_where_they_make_no_sense(article: Article, second: Shop, lin: User) -> None:
    foreign = draft(second, lin, key="other", question="Other?").article
    with pytest.raises(SameShop):
        actions.copy_to_shop(articles=[article], shop=article.shop, by=lin, at=MONDAY_9AM)
    with pytest.raises(NothingToCopy):
        actions.copy_to_shop(articles=[], shop=second, by=lin, at=MONDAY_9AM)
    with pytest.raises(OfAnotherShop):
        actions.copy_to_shop(articles=[article, foreign], shop=second, by=lin, at=MONDAY_9AM)

    draft(second, lin, key="taken", question="How long?")
    with pytest.raises(QuestionTaken):
        actions.copy_to_shop(articles=[article], shop=second, by=lin, at=MONDAY_9AM)

    assert not Article.objects.filter(shop=second, key="delivery").exists()


def test_an_editor_copies_from_the_list(editor: Client, article: Article, second: Shop) -> None:
    chosen = {"action": "copy_chosen", "_selected_action": [article.pk]}

    asked = editor.post(LIST, chosen).content.decode()
    done = editor.post(LIST, chosen | {"confirmed": "yes", "shop": second.pk}, follow=True)

    assert "Their latest texts become drafts of the other shop" in asked
    assert said(done) == f"1 draft is in {second.name}."


def test_nobody_copies_into_a_shop_that_is_not_his(editor: Client, article: Article) -> None:
    foreign = make_shop(key="foreign")
    chosen = {"action": "copy_chosen", "_selected_action": [article.pk], "confirmed": "yes"}

    page = editor.post(LIST, chosen | {"shop": foreign.pk})

    assert "Select a valid choice" in page.content.decode()
    assert not Article.objects.filter(shop=foreign).exists()
