"""What a release changed can be looked at word by word, and put back with one click."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from cscore.common.errors import NotAllowed, NotFound
from kb import actions, live
from kb.actions.base import ArchivedArticle
from kb.actions.publishing import UnsayableAnswer
from kb.models import Article, ArticleVersion, KnowledgeBase, Release, ReleaseVerb
from kb.releases import changes
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, neighbours, published
from tests.kb.pages import said

LATER = MONDAY_9AM + timedelta(hours=1)


def told(shop: Shop, key: str = "delivery") -> str | None:
    """What customers are told for the article now."""
    answer = live.knowledge(shop.pk).answer(key)
    return answer.answer if answer else None


def undone(shop: Shop, release: int, by: User, **more: str) -> int:
    return actions.undo(shop=shop, release=release, by=by, at=LATER, **more)


@pytest.fixture
def mistake(shop: Shop, lin: User) -> int:
    """A release that told customers something wrong."""
    published(shop, lin)
    version = draft(shop, lin, answer="It takes two hours.")
    return actions.publish(versions=[version], by=lin, at=MONDAY_9AM)


# --- The verb -----------------------------------------------------------------------------------------------


def test_the_version_before_is_back_as_a_new_release(shop: Shop, lin: User, mistake: int) -> None:
    number = undone(shop, mistake, lin)

    assert told(shop) == "Two to four days."
    row = Release.objects.get(number=number)
    assert (number, row.verb, row.version and row.version.number) == (mistake + 1, ReleaseVerb.UNDO, 1)
    assert AuditEntry.objects.filter(verb="kb.undo", by=lin).count() == 1


def test_what_first_went_live_is_withdrawn(shop: Shop, lin: User) -> None:
    published(shop, lin)

    undone(shop, 1, lin)

    assert told(shop) is None
    assert not Article.objects.get().is_live


def test_what_was_withdrawn_is_live_again(shop: Shop, lin: User) -> None:
    version = published(shop, lin)
    release = actions.withdraw(articles=[version.article], by=lin, at=MONDAY_9AM)

    undone(shop, release, lin)

    assert told(shop) == "Two to four days."


def test_a_release_of_many_goes_back_as_one(shop: Shop, lin: User) -> None:
    release = neighbours(shop, lin)

    number = undone(shop, release, lin)

    assert Release.objects.filter(number=number).count() == 2
    assert not Article.objects.live().exists()


def test_an_undo_can_be_undone(shop: Shop, lin: User, mistake: int) -> None:
    undone(shop, undone(shop, mistake, lin), lin)

    assert told(shop) == "It takes two hours."


def test_what_a_later_release_changed_again_is_not_undone(shop: Shop, lin: User, mistake: int) -> None:
    actions.publish(versions=[draft(shop, lin, answer="It takes two days.")], by=lin, at=MONDAY_9AM)

    with pytest.raises(actions.ChangedSince) as refused:
        undone(shop, mistake, lin)

    assert refused.value.details == {"release": 2, "later": 3, "question": "How long does delivery take?"}
    assert told(shop) == "It takes two days."


def test_other_articles_may_have_changed_since(shop: Shop, lin: User, mistake: int) -> None:
    neighbours(shop, lin)

    undone(shop, mistake, lin)

    assert told(shop) == "Two to four days."
    assert told(shop, "invoice") is not None


def test_the_wording_rules_of_today_hold(shop: Shop, lin: User) -> None:
    version = published(shop, lin)
    release = actions.withdraw(articles=[version.article], by=lin, at=MONDAY_9AM)
    ArticleVersion.objects.filter(pk=version.pk).update(answer="我们是国家级品牌。")

    with pytest.raises(UnsayableAnswer):
        undone(shop, release, lin)


def test_the_way_back_waits_for_no_second_person(shop: Shop, lin: User, mistake: int) -> None:
    KnowledgeBase.objects.filter(shop=shop).update(two_people=True)

    undone(shop, mistake, lin)

    assert told(shop) == "Two to four days."


def test_golden_questions_hold_an_undo_back_as_they_hold_a_publish(shop: Shop, lin: User, omar: User) -> None:
    published(shop, lin)
    neighbours(shop, lin)
    shop.golden_questions.create(
        question="How do I get an invoice?", article=Article.objects.get(key="invoice"), added_at=MONDAY_9AM
    )

    with pytest.raises(actions.GoldenRegression):
        undone(shop, 2, lin)
    with pytest.raises(NotAllowed):
        undone(shop, 2, lin, despite="It was wrong.")
    undone(shop, 2, omar, despite="It was wrong.")

    assert told(shop, "invoice") is None


def test_an_archived_article_stays_in_the_archive(shop: Shop, lin: User) -> None:
    version = published(shop, lin)
    actions.archive(articles=[version.article], by=lin, at=MONDAY_9AM)

    with pytest.raises(ArchivedArticle):
        undone(shop, 2, lin)


def test_a_release_that_never_was_is_missing(shop: Shop, lin: User) -> None:
    with pytest.raises(NotFound):
        undone(shop, 1, lin)


# --- What it changed ----------------------------------------------------------------------------------------


def test_changes_are_shown_against_what_customers_were_told_before(shop: Shop, lin: User) -> None:
    """Not against the version before: that one may never have been live."""
    published(shop, lin)
    draft(shop, lin, answer="Nobody was told this.")
    actions.publish(versions=[draft(shop, lin, answer="Two to five days.")], by=lin, at=MONDAY_9AM)

    [change] = changes(list(Release.objects.filter(number=2)))

    assert (change.before and change.before.number, change.after and change.after.number) == (1, 3)


# --- The pages ----------------------------------------------------------------------------------------------


def test_the_list_has_one_row_for_a_release(editor: Client, shop: Shop, lin: User) -> None:
    neighbours(shop, lin)

    page = editor.get(reverse("admin:kb_release_changelist"))

    assert [row.article_count for row in page.context["cl"].result_list] == [2]
    assert "and 1 more" in page.content.decode()


@pytest.mark.parametrize("words", ["invoice", "send it back"])
def test_a_release_is_found_by_any_of_its_articles(editor: Client, shop: Shop, lin: User, words: str) -> None:
    published(shop, lin)
    neighbours(shop, lin)

    page = editor.get(reverse("admin:kb_release_changelist"), {"q": words})

    assert [row.number for row in page.context["cl"].result_list] == [2]


def test_the_list_asks_as_much_for_many_releases_as_for_two(editor: Client, shop: Shop, lin: User) -> None:
    address = reverse("admin:kb_release_changelist")
    published(shop, lin)
    neighbours(shop, lin)
    editor.get(address)
    with CaptureQueriesContext(connection) as two:
        editor.get(address)
    for number in range(5):
        published(shop, lin, answer=f"{number} days.")

    with CaptureQueriesContext(connection) as seven:
        editor.get(address)

    assert len(seven) == len(two)


def test_the_page_shows_the_words_and_the_button_puts_them_back(
    editor: Client, shop: Shop, mistake: int
) -> None:
    address = reverse("kb:release", args=[shop.key, mistake])
    page = editor.get(address).content.decode()
    assert "<del>" in page
    assert "<ins>" in page
    assert "Undo release 2?" in page

    response = editor.post(reverse("kb:undo", args=[shop.key, mistake]), follow=True)

    assert "Release 2 is undone with release 3." in said(response)
    assert told(shop) == "Two to four days."
    assert "cannot be undone any more" in editor.get(address).content.decode()


def test_why_an_undo_is_refused_is_said_on_the_page(
    editor: Client, shop: Shop, lin: User, mistake: int
) -> None:
    published(shop, lin, answer="It takes two days.")

    response = editor.post(reverse("kb:undo", args=[shop.key, mistake]), follow=True)

    assert "Undo that one first" in said(response)


def test_who_may_not_publish_sees_no_button(agent: Client, shop: Shop, mistake: int) -> None:
    assert "Undo release" not in agent.get(reverse("kb:release", args=[shop.key, mistake])).content.decode()
    assert agent.post(reverse("kb:undo", args=[shop.key, mistake])).status_code == 403


def test_a_foreign_release_is_missing(editor: Client, other_shop: Shop, lin: User) -> None:
    published(other_shop, lin)

    assert editor.get(reverse("kb:release", args=[other_shop.key, 1])).status_code == 404
    assert editor.post(reverse("kb:undo", args=[other_shop.key, 1])).status_code == 404
    assert told(other_shop) == "Two to four days."
