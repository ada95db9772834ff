"""Moving what customers are told: publishing, withdrawing, and bringing an earlier version back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from cscore.accounts.models import User
from cscore.common.errors import Refusal
from cscore.compliance.actions import quoted
from cscore.compliance.queries import ShopChecker, checker_for
from cscore.compliance.rules import Scope
from kb.actions.base import locked, only_shop, record
from kb.actions.drafts import save_drafts
from kb.models import Article, ArticleVersion, KnowledgeBase, Release, ReleaseVerb
from kb.rules import Draft, EmptyAnswer
from kb.signals import article_published, article_withdrawn

Move = tuple[Article, ArticleVersion | None]


class NothingToPublish(Refusal):
    code = "kb.nothing-to-publish"
    sentence = _("There is nothing to publish: customers already see this.")


class NothingToWithdraw(Refusal):
    code = "kb.nothing-to-withdraw"
    sentence = _("There is nothing to withdraw: customers do not see this.")


class NothingToRestore(Refusal):
    code = "kb.nothing-to-restore"
    sentence = _("The latest version already says this.")


class TwoVersionsOfOneArticle(Refusal):
    code = "kb.two-versions-of-one-article"
    sentence = _("“%(question)s” cannot go live in two versions at once.")


class UnsayableAnswer(Refusal):
    code = "kb.unsayable-answer"
    status = 422
    sentence = _("“%(question)s” cannot go live: its answer says %(words)s, which the wording rules forbid.")


@transaction.atomic
def publish(*, versions: Iterable[ArticleVersion], by: User | None, at: datetime) -> int:
    """Makes these versions what customers are told, all in one release; returns its number.

    Versions that are live already are passed over. Raises NothingToPublish when none is left, EmptyAnswer,
    UnsayableAnswer, TwoVersionsOfOneArticle and OfAnotherShop; then nothing has changed.
    """
    wanted: dict[int, ArticleVersion] = {}
    for version in versions:
        if wanted.setdefault(version.article_id, version) != version:
            raise TwoVersionsOfOneArticle(question=version.question)
    if not wanted:
        raise NothingToPublish
    base, articles = _opened(wanted)
    moves = [(article, wanted[article.pk]) for article in articles]
    moves = [(article, version) for article, version in moves if article.live_version_id != version.pk]
    if not moves:
        raise NothingToPublish
    checker = checker_for(base.shop)
    for _article, version in moves:
        if refusal := unpublishable(checker, version.question, version.answer, at):
            raise refusal
    return _release(base, moves, ReleaseVerb.PUBLISH, by, at)


@transaction.atomic
def withdraw(*, articles: Iterable[Article], by: User | None, at: datetime) -> int:
    """Customers are no longer told these answers; returns the release. Raises NothingToWithdraw, OfAnotherShop."""
    wanted = {article.pk: article for article in articles}
    if not wanted:
        raise NothingToWithdraw
    base, fresh = _opened(wanted)
    moves: list[Move] = [(article, None) for article in fresh if article.is_live]
    if not moves:
        raise NothingToWithdraw
    return _release(base, moves, ReleaseVerb.WITHDRAW, by, at)


def restore(*, version: ArticleVersion, by: User | None, at: datetime) -> ArticleVersion:
    """An earlier text as a new draft; what customers see does not change. Raises NothingToRestore, QuestionTaken."""
    article = version.article
    draft = Draft(article.key, version.question, tuple(version.phrasings), version.answer)
    with transaction.atomic():
        [restored] = save_drafts(shop=article.shop, drafts=[draft], by=by, at=at)
        if restored.pk == article.latest_version_id:
            raise NothingToRestore
    return restored


def _opened(
    wanted: dict[int, ArticleVersion] | dict[int, Article],
) -> tuple[KnowledgeBase, Sequence[Article]]:
    """The one shop's knowledge base, locked, and the articles as they are behind that lock."""
    articles = Article.objects.select_related("shop")
    base = locked(only_shop(articles.in_bulk(list(wanted)).values()))
    return base, list(articles.in_bulk(list(wanted)).values())


def unpublishable(
    checker: ShopChecker, question: str, answer: str, at: datetime
) -> UnsayableAnswer | EmptyAnswer | None:
    """Why customers may not be told this answer, if there is a reason."""
    if not answer:
        return EmptyAnswer(question=question)
    findings = checker.find(answer, scope=Scope.ARTICLE, at=at)
    blocking = tuple(finding for finding in findings if finding.blocks)
    return UnsayableAnswer(question=question, words=quoted(blocking)) if blocking else None


def _release(
    base: KnowledgeBase, moves: Sequence[Move], verb: ReleaseVerb, by: User | None, at: datetime
) -> int:
    """One release: pointers, its rows, the audit line and the training job commit together; then it is announced."""
    base.release += 1
    base.save(update_fields=["release"])
    for article, version in moves:
        article.live_version = version
        article.published_at, article.published_by = (at, by) if version else (None, None)
    articles = [article for article, _version in moves]
    Article.objects.bulk_update(articles, ["live_version", "published_at", "published_by"], batch_size=100)
    Release.objects.bulk_create(
        Release(
            shop_id=base.shop_id,
            number=base.release,
            article=article,
            version=version,
            verb=verb,
            at=at,
            by=by,
        )
        for article, version in moves
    )
    record(f"kb.{verb}", base, articles, by, at, release=base.release)
    async_task("kb.tasks.train_matcher", base.shop_id, task_name=f"train shop {base.shop_id} r{base.release}")
    announced: Signal = article_published if verb == ReleaseVerb.PUBLISH else article_withdrawn
    ids = tuple(article.pk for article in articles)
    news = {"shop_id": base.shop_id, "release": base.release, "article_ids": ids}
    transaction.on_commit(partial(announced.send_robust, Article, **news))
    return base.release
