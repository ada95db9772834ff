from threading import Barrier, Thread

import pytest
from django.db import connection
from django_q.models import OrmQ

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from cscore.compliance.models import Rule
from kb import actions
from kb.actions import base, publishing
from kb.models import Article, ArticleVersion, KnowledgeBase, Release
from kb.rules import Draft
from kb.signals import article_published, article_withdrawn
from tests.factories import MONDAY_9AM, make_article
from tests.kb.articles import draft, published


@pytest.fixture
def no_tears(shop: Shop) -> Rule:
    return Rule.objects.create(
        shop=shop, key="own-tears", family="absolute", words="便宜到哭", action="block", updated_at=MONDAY_9AM
    )


def test_publishing_moves_the_pointer_and_raises_the_release(shop: Shop, lin: User) -> None:
    version = draft(shop, lin)

    release = actions.publish(versions=[version], by=lin, at=MONDAY_9AM)

    article = Article.objects.get()
    assert (article.live_version, article.published_at, article.published_by) == (version, MONDAY_9AM, lin)
    assert release == KnowledgeBase.objects.get(shop=shop).release == 1


def test_many_articles_go_live_in_one_release(shop: Shop, lin: User) -> None:
    versions = actions.save_drafts(
        shop=shop, drafts=[Draft(f"a{n}", f"Q{n}?", (), "Yes.") for n in range(3)], by=lin, at=MONDAY_9AM
    )

    release = actions.publish(versions=versions, by=lin, at=MONDAY_9AM)

    assert Release.objects.filter(shop=shop, number=release, verb="publish").count() == 3
    assert AuditEntry.objects.filter(verb="kb.publish").count() == 1


def test_training_is_queued_in_the_same_transaction(shop: Shop, lin: User) -> None:
    published(shop, lin)

    [job] = OrmQ.objects.all()
    assert (job.func(), job.args()) == ("kb.tasks.train_matcher", (shop.pk,))


def test_a_publish_that_fails_half_way_changes_nothing(
    shop: Shop, lin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = draft(shop, lin)

    def broken(*args: object, **kwargs: object) -> None:
        raise OSError("no queue")

    monkeypatch.setattr(publishing, "async_task", broken)
    with pytest.raises(OSError, match="no queue"):
        actions.publish(versions=[version], by=lin, at=MONDAY_9AM)

    assert not Article.objects.live().exists()
    assert not Release.objects.exists()
    assert not AuditEntry.objects.filter(verb="kb.publish").exists()
    assert not KnowledgeBase.objects.filter(release__gt=0).exists()


@pytest.mark.django_db(transaction=True)
def test_a_release_is_announced_after_the_commit_and_once(shop: Shop, lin: User) -> None:
    heard = []

    def listen(**news: object) -> None:
        heard.append((news["shop_id"], news["release"], news["article_ids"], connection.in_atomic_block))

    article_published.connect(listen)
    article_withdrawn.connect(listen)
    try:
        article = published(shop, lin).article
        actions.withdraw(articles=[article], by=lin, at=MONDAY_9AM)
    finally:
        article_published.disconnect(listen)
        article_withdrawn.disconnect(listen)

    assert heard == [(shop.pk, 1, (article.pk,), False), (shop.pk, 2, (article.pk,), False)]


def test_an_earlier_version_can_be_published_again(shop: Shop, lin: User) -> None:
    first = published(shop, lin)
    published(shop, lin, answer="One day.")

    assert actions.publish(versions=[first], by=lin, at=MONDAY_9AM) == 3
    assert Article.objects.get().live_version == first


def test_what_is_live_already_is_passed_over(shop: Shop, lin: User) -> None:
    live = published(shop, lin)
    new = draft(shop, lin, key="returns", question="Can I send it back?")

    release = actions.publish(versions=[live, new], by=lin, at=MONDAY_9AM)

    assert Release.objects.get(number=release).version == new


def test_there_must_be_something_to_publish(shop: Shop, lin: User) -> None:
    live = published(shop, lin)

    with pytest.raises(publishing.NothingToPublish):
        actions.publish(versions=[live], by=lin, at=MONDAY_9AM)
    with pytest.raises(publishing.NothingToPublish):
        actions.publish(versions=[], by=lin, at=MONDAY_9AM)


def test_an_article_without_an_answer_stays_a_draft(shop: Shop, lin: User) -> None:
    with pytest.raises(Refusal) as refused:
        published(shop, lin, answer=" ")

    assert refused.value.code == "kb.empty-answer"


def test_one_refused_article_keeps_all_of_them_back(shop: Shop, lin: User) -> None:
    whole, empty = draft(shop, lin), draft(shop, lin, key="b", question="B?", answer="")

    with pytest.raises(Refusal):
        actions.publish(versions=[whole, empty], by=lin, at=MONDAY_9AM)

    assert not Article.objects.live().exists()


def test_two_versions_of_one_article_cannot_go_live_together(shop: Shop, lin: User) -> None:
    versions = [draft(shop, lin), draft(shop, lin, answer="One day.")]

    with pytest.raises(publishing.TwoVersionsOfOneArticle):
        actions.publish(versions=versions, by=lin, at=MONDAY_9AM)


def test_two_shops_are_never_published_together(shop: Shop, other_shop: Shop, lin: User) -> None:
    foreign = make_article(shop=other_shop).latest_version

    with pytest.raises(base.OfAnotherShop):
        actions.publish(versions=[draft(shop, lin), foreign], by=lin, at=MONDAY_9AM)


@pytest.mark.usefixtures("no_tears")
def test_an_answer_with_forbidden_words_is_kept_back_and_the_words_are_named(shop: Shop, lin: User) -> None:
    version = draft(shop, lin, answer="真的便宜到哭。")
    assert [(finding["field"], finding["text"]) for finding in version.findings] == [("answer", "便宜到哭")]

    with pytest.raises(publishing.UnsayableAnswer) as refused:
        actions.publish(versions=[version], by=lin, at=MONDAY_9AM)

    assert "“便宜到哭”" in str(refused.value)
    assert not Article.objects.live().exists()


@pytest.mark.usefixtures("no_tears")
def test_a_question_may_ask_for_what_the_answer_may_not_say(shop: Shop, lin: User) -> None:
    version = published(shop, lin, question="有便宜到哭的帐篷吗？", answer="请看活动页面。")

    assert [finding["field"] for finding in version.findings] == ["question"]
    assert Article.objects.live().exists()


def test_a_withdrawn_article_keeps_its_text(shop: Shop, lin: User) -> None:
    article = published(shop, lin).article

    release = actions.withdraw(articles=[article], by=lin, at=MONDAY_9AM)

    article.refresh_from_db()
    assert (release, article.is_live, article.published_at) == (2, False, None)
    assert article.latest_version is not None
    row = Release.objects.get(number=2)
    assert (row.verb, row.version, row.by) == ("withdraw", None, lin)


def test_there_must_be_something_to_withdraw(shop: Shop, lin: User) -> None:
    with pytest.raises(publishing.NothingToWithdraw):
        actions.withdraw(articles=[draft(shop, lin).article], by=lin, at=MONDAY_9AM)
    with pytest.raises(publishing.NothingToWithdraw):
        actions.withdraw(articles=[], by=lin, at=MONDAY_9AM)


def test_an_earlier_text_comes_back_as_a_new_draft(shop: Shop, lin: User) -> None:
    first = published(shop, lin)
    live = published(shop, lin, answer="One day.")

    restored = actions.restore(version=first, by=lin, at=MONDAY_9AM)

    assert (restored.number, restored.answer) == (3, "Two to four days.")
    assert Article.objects.get().live_version == live


def test_the_latest_text_cannot_be_restored(shop: Shop, lin: User) -> None:
    version = draft(shop, lin)

    with pytest.raises(publishing.NothingToRestore):
        actions.restore(version=version, by=lin, at=MONDAY_9AM)


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_publish_at_once_make_two_releases(shop: Shop, lin: User, omar: User) -> None:
    versions = [draft(shop, lin), draft(shop, omar, key="returns", question="Can I send it back?")]
    together = Barrier(2)
    numbers: list[int] = []

    def editor(version: ArticleVersion, by: User) -> None:
        together.wait(30)
        numbers.append(actions.publish(versions=[version], by=by, at=MONDAY_9AM))
        connection.close()

    team = [Thread(target=editor, args=pair) for pair in zip(versions, (lin, omar), strict=True)]
    for thread in team:
        thread.start()
    for thread in team:
        thread.join(30)

    assert sorted(numbers) == [1, 2]
    assert Article.objects.live().count() == 2
