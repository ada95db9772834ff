"""Archiving, remarks, owners, and looking at an article again in time."""

from datetime import date, timedelta

import pytest

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from kb import actions
from kb.actions import archiving, caring, commenting
from kb.actions.base import ArchivedArticle
from kb.actions.drafts import QuestionTaken
from kb.models import Article, Comment, Release
from kb.workflow import work_for
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, published

TODAY = date(2026, 6, 1)


# --- The archive ------------------------------------------------------------------------------------------


def test_archiving_a_live_article_withdraws_it_first(shop: Shop, lin: User) -> None:
    article = published(shop, lin).article

    assert actions.archive(articles=[article], by=lin, at=MONDAY_9AM) == 2

    article.refresh_from_db()
    assert (article.is_live, article.archived_at, article.archived_by) == (False, MONDAY_9AM, lin)
    assert Release.objects.get(number=2).verb == "withdraw"


def test_archiving_a_draft_makes_no_release_and_drops_its_plan(shop: Shop, lin: User) -> None:
    version = draft(shop, lin)
    actions.plan_publish(version=version, when=MONDAY_9AM + timedelta(hours=1), by=lin, at=MONDAY_9AM)

    assert actions.archive(articles=[version.article], by=lin, at=MONDAY_9AM) is None
    assert not Article.objects.planned().exists()
    with pytest.raises(archiving.NothingToArchive):
        actions.archive(articles=[version.article], by=lin, at=MONDAY_9AM)


def test_what_is_archived_is_neither_written_nor_published_nor_reviewed(shop: Shop, lin: User) -> None:
    version = draft(shop, lin)
    actions.archive(articles=[version.article], by=lin, at=MONDAY_9AM)

    with pytest.raises(ArchivedArticle):
        actions.publish(versions=[version], by=lin, at=MONDAY_9AM)
    with pytest.raises(ArchivedArticle):
        actions.ask_review(article=version.article, by=lin, at=MONDAY_9AM)
    with pytest.raises(ArchivedArticle):
        draft(shop, lin, answer="One day.")
    assert Article.objects.get().latest_version == version


def test_the_question_of_an_archived_article_is_free_again(shop: Shop, lin: User) -> None:
    old = draft(shop, lin)
    actions.archive(articles=[old.article], by=lin, at=MONDAY_9AM)

    new = draft(shop, lin, key="new")

    with pytest.raises(QuestionTaken):
        actions.unarchive(articles=[old.article], by=lin, at=MONDAY_9AM)
    draft(shop, lin, key="new", question="Something else?")
    actions.unarchive(articles=[old.article], by=lin, at=MONDAY_9AM)
    assert Article.objects.in_use().count() == 2
    with pytest.raises(archiving.NotArchived):
        actions.unarchive(articles=[new.article], by=lin, at=MONDAY_9AM)


# --- Remarks ----------------------------------------------------------------------------------------------


def test_a_comment_stands_beside_its_version_until_it_is_settled(shop: Shop, lin: User, omar: User) -> None:
    version = draft(shop, lin)

    said = actions.comment(article=version.article, body=" Which courier? ", by=omar, at=MONDAY_9AM)
    actions.settle(comment=said, by=lin, at=MONDAY_9AM)

    kept = Comment.objects.get()
    assert (kept.body, kept.version, kept.by, kept.resolved_by) == ("Which courier?", version, omar, lin)
    with pytest.raises(commenting.SettledAlready):
        actions.settle(comment=said, by=omar, at=MONDAY_9AM)


def test_a_comment_says_something_and_not_too_much(shop: Shop, lin: User) -> None:
    article = draft(shop, lin).article

    with pytest.raises(commenting.NothingSaid):
        actions.comment(article=article, body=" \n", by=lin, at=MONDAY_9AM)
    with pytest.raises(commenting.CommentTooLong):
        actions.comment(article=article, body="x" * 1001, by=lin, at=MONDAY_9AM)
    assert not Comment.objects.exists()


# --- Looking again ----------------------------------------------------------------------------------------


def test_who_writes_an_article_first_looks_after_it(shop: Shop, lin: User, omar: User) -> None:
    draft(shop, lin)
    article = draft(shop, omar, answer="One day.").article

    assert Article.objects.get(pk=article.pk).owner == lin


def test_what_goes_live_is_looked_at_again_half_a_year_later(shop: Shop, lin: User) -> None:
    article = published(shop, lin).article

    article = Article.objects.get(pk=article.pk)
    assert article.review_after == TODAY + timedelta(days=180)
    assert not Article.objects.stale(article.review_after - timedelta(days=1)).exists()
    assert Article.objects.stale(article.review_after).get() == article


def test_a_stale_article_waits_for_its_owner_until_she_confirms_it(shop: Shop, lin: User, omar: User) -> None:
    article = published(shop, lin).article
    later = MONDAY_9AM + timedelta(days=181)
    assert (work_for(lin, later).stale, work_for(omar, later).stale) == (1, 0)

    again = actions.confirm_still_right(article=article, by=lin, at=later)

    article.refresh_from_db()
    assert (article.reviewed_at, article.reviewed_by) == (later, lin)
    assert again == article.review_after == TODAY + timedelta(days=361)
    assert work_for(lin, later).stale == 0


def test_a_shop_may_let_nothing_grow_stale(shop: Shop, lin: User, omar: User) -> None:
    actions.set_publishing_rules(shop=shop, two_people=False, review_days=0, by=omar, at=MONDAY_9AM)

    article = published(shop, lin).article

    assert Article.objects.get().review_after is None
    assert actions.confirm_still_right(article=article, by=lin, at=MONDAY_9AM) is None


def test_the_next_look_is_set_for_many_at_once(shop: Shop, lin: User) -> None:
    articles = [draft(shop, lin, key=f"a{n}", question=f"Q{n}?").article for n in range(3)]
    day = TODAY + timedelta(days=7)

    assert actions.look_again_on(articles=articles, day=day, by=lin, at=MONDAY_9AM) == 3
    assert actions.look_again_on(articles=articles, day=day, by=lin, at=MONDAY_9AM) == 0
    with pytest.raises(caring.ReviewDateInThePast):
        actions.look_again_on(articles=articles, day=TODAY, by=lin, at=MONDAY_9AM)
    assert Article.objects.filter(review_after=day).count() == 3


def test_an_owner_works_in_the_shop_and_may_write(
    shop: Shop, lin: User, omar: User, mei: User, vera: User
) -> None:
    article = draft(shop, lin).article

    actions.give_to(article=article, owner=omar, by=lin, at=MONDAY_9AM)

    for stranger in (mei, vera):
        with pytest.raises(caring.CannotLookAfterIt):
            actions.give_to(article=article, owner=stranger, by=lin, at=MONDAY_9AM)
    assert Article.objects.get().owner == omar


def test_a_change_of_the_shops_rules_is_in_the_trail(shop: Shop, omar: User) -> None:
    for _ in range(2):
        actions.set_publishing_rules(shop=shop, two_people=True, review_days=90, by=omar, at=MONDAY_9AM)

    entry = AuditEntry.objects.get(verb="kb.publishing_rules")
    assert entry.details["before"] == [False, 180]
    assert entry.details["after"] == [True, 90]
    with pytest.raises(caring.NotAnInterval):
        actions.set_publishing_rules(shop=shop, two_people=True, review_days=-1, by=omar, at=MONDAY_9AM)
