"""Moving what customers are told: publishing, withdrawing, and bringing an earlier version back."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import Final

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from cscore.accounts.models import User
from cscore.common.errors import Refusal
from cscore.compliance.actions import quoted
from cscore.compliance.queries import ShopChecker, checker_for
from cscore.compliance.rules import Scope
from kb.actions.base import ArchivedArticle, locked, only_shop, record
from kb.actions.drafts import save_drafts
from kb.actions.golden import move_golden
from kb.actions.holding import Foreseen, Move, Step, foreseeing, hold
from kb.actions.rows import inserts, rewrite
from kb.findings import QUESTION, texts_of
from kb.foresight import taken_in
from kb.golden import heirs_of
from kb.models import Article, ArticleVersion, GoldenQuestion, KnowledgeBase, Release, ReleaseVerb
from kb.queries import batches, draft_of
from kb.rules import Draft, EmptyAnswer
from kb.signals import article_published, article_withdrawn
from kb.workflow import approved_by_another

_MOVED: Final = (
    "live_version",
    "published_at",
    "published_by",
    "planned_version",
    "publish_at",
    "withdraw_at",
    "planned_by",
    "plan_refused",
    "review_after",
)


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


class NotApproved(Refusal):
    code = "kb.not-approved"
    status = 409
    sentence = _(
        "“%(question)s” cannot go live yet: by the two-person rule somebody other than its author must approve it."
    )


class UnsayableAnswer(Refusal):
    code = "kb.unsayable-answer"
    status = 422
    sentence = _("“%(question)s” cannot go live: its answer says %(words)s, which the wording rules forbid.")


def publish(
    *,
    versions: Iterable[ArticleVersion],
    by: User | None,
    at: datetime,
    despite: str = "",
    checker: ShopChecker | None = None,
    seen: Foreseen | None = None,
) -> int:
    """Makes these versions what customers are told, all in one release; returns its number.

    Articles that they take in are withdrawn with it. `despite` says why golden questions may be lost; `seen` comes
    from a verb that this is a part of.

    Versions that are live already are passed over. Raises NothingToPublish when none is left, EmptyAnswer,
    UnsayableAnswer, NotApproved, ArchivedArticle, TwoVersionsOfOneArticle, GoldenRegression and OfAnotherShop;
    then nothing has changed.
    """
    wanted: dict[int, ArticleVersion] = {}
    for version in versions:
        if wanted.setdefault(version.article_id, version) != version:
            raise TwoVersionsOfOneArticle(question=version.question)
    if not wanted:
        raise NothingToPublish

    def verb(seen: Foreseen) -> int:
        base, articles = _opened(wanted)
        moves = _to_publish(base, articles, wanted, at, checker)
        taken = taken_in([version for _article, version in moves])
        kept_apart([article for article, _version in moves])
        every: list[Move] = [*moves, *((article, None) for article in taken)]
        return release_moves(
            base, every, ReleaseVerb.PUBLISH, by, at, despite=despite, seen=seen, heirs=heirs_of(taken)
        )

    return foreseeing(verb, seen)


def withdraw(
    *,
    articles: Iterable[Article],
    by: User | None,
    at: datetime,
    despite: str = "",
    seen: Foreseen | None = None,
) -> int:
    """Customers are no longer told these answers; returns the release.

    Raises NothingToWithdraw, OfAnotherShop and GoldenRegression.
    """
    wanted = {article.pk: article for article in articles}
    if not wanted:
        raise NothingToWithdraw

    def verb(seen: Foreseen) -> int:
        base, fresh = _opened(wanted)
        moves: list[Move] = [(article, None) for article in fresh if article.is_live]
        if not moves:
            raise NothingToWithdraw
        return release_moves(base, moves, ReleaseVerb.WITHDRAW, by, at, despite=despite, seen=seen)

    return foreseeing(verb, seen)


def restore(*, version: ArticleVersion, by: User | None, at: datetime) -> ArticleVersion:
    """An earlier text as a new draft; what customers see does not change. Raises NothingToRestore, QuestionTaken."""
    article = version.article
    with transaction.atomic():
        [restored] = save_drafts(shop=article.shop, drafts=[draft_of(version)], by=by, at=at)
        if restored.pk == article.latest_version_id:
            raise NothingToRestore
    return restored


def _opened(
    wanted: dict[int, ArticleVersion] | dict[int, Article],
) -> tuple[KnowledgeBase, Sequence[Article]]:
    """The one shop's knowledge base, locked, and the articles as they are behind that lock."""
    articles = Article.objects.select_related("shop", "planned_version")
    base = locked(only_shop(articles.in_bulk(list(wanted)).values()))
    return base, list(articles.in_bulk(list(wanted)).values())


def _to_publish(
    base: KnowledgeBase,
    articles: Sequence[Article],
    wanted: dict[int, ArticleVersion],
    at: datetime,
    checker: ShopChecker | None,
) -> list[tuple[Article, ArticleVersion]]:
    """The articles that would say something else than now, with the versions that may go live."""
    moves = [(article, wanted[article.pk]) for article in articles]
    moves = [(article, version) for article, version in moves if article.live_version_id != version.pk]
    if not moves:
        raise NothingToPublish
    checker = checker or checker_for(base.shop)
    for article, version in moves:
        if article.archived_at is not None:
            raise ArchivedArticle(question=version.question)
        version.article = article
        if refusal := unpublishable(checker, draft_of(version), at):
            raise refusal
    refuse_unapproved(base, [version for _article, version in moves])
    return moves


def kept_apart(articles: Sequence[Article]) -> None:
    """What goes live by itself is not about to be taken into another article."""
    for some in batches([article.pk for article in articles]):
        Article.objects.filter(pk__in=some, merged_into__isnull=False).update(merged_into=None)


def unpublishable(checker: ShopChecker, draft: Draft, at: datetime) -> UnsayableAnswer | EmptyAnswer | None:
    """Why customers may not be told these answers, if there is a reason."""
    if not draft.answer:
        return EmptyAnswer(question=draft.question)
    answers = [text for field, text in texts_of(draft).items() if field != QUESTION]
    findings = chain.from_iterable(checker.find(answer, scope=Scope.ARTICLE, at=at) for answer in answers)
    blocking = tuple(finding for finding in findings if finding.blocks)
    return UnsayableAnswer(question=draft.question, words=quoted(blocking)) if blocking else None


def refuse_unapproved(base: KnowledgeBase, versions: Sequence[ArticleVersion]) -> None:
    """Raises NotApproved for the first version that the shop's two-person rule keeps back."""
    if not base.two_people:
        return
    seconded = approved_by_another(versions)
    for version in versions:
        if version.pk not in seconded:
            raise NotApproved(question=version.question)


def release_moves(
    base: KnowledgeBase,
    moves: Sequence[Move],
    verb: ReleaseVerb,
    by: User | None,
    at: datetime,
    *,
    despite: str,
    seen: Foreseen,
    heirs: Sequence[tuple[GoldenQuestion, Article]] = (),
) -> int:
    """One release: pointers, its rows, the audit line and the training job commit together; then it is announced.

    `heirs` are the golden questions that go to other articles with it. Raises GoldenRegression: whatever moves what
    customers are told passes here.
    """
    step = Step.of(base.shop_id, moves, {question.question: heir.key for question, heir in heirs})
    overridden = hold(step, seen, by=by, despite=despite)
    base.release += 1
    base.save(update_fields=["release"])
    for article, version in moves:
        _point(article, version, by, at)
        _plan_next_look(base, article, at)
    articles = [article for article, _version in moves]
    rewrite(articles, _MOVED)
    rows = [
        Release(
            shop_id=base.shop_id,
            number=base.release,
            article=article,
            version=version,
            verb=verb if version or verb == ReleaseVerb.UNDO else ReleaseVerb.WITHDRAW,
            despite=overridden.get("despite", ""),
            at=at,
            by=by,
        )
        for article, version in moves
    ]
    for statement in inserts(rows):
        statement.run()
    record(f"kb.{verb}", base, articles, by, at, release=base.release, **overridden)
    move_golden(heirs=heirs, base=base, by=by, at=at)
    async_task("kb.tasks.train_matcher", base.shop_id, task_name=f"train shop {base.shop_id} r{base.release}")
    told_more = any(version for _article, version in moves)
    announced: Signal = article_published if told_more else article_withdrawn
    ids = tuple(article.pk for article in articles)
    news = {"shop_id": base.shop_id, "release": base.release, "article_ids": ids}
    transaction.on_commit(partial(announced.send_robust, Article, **news))
    return base.release


def _point(article: Article, version: ArticleVersion | None, by: User | None, at: datetime) -> None:
    """Moves the pointer; what a plan wanted and this does already, or undoes, is no longer planned."""
    article.live_version = version
    article.published_at, article.published_by = (at, by) if version else (None, None)
    if version is None:
        article.withdraw_at = None
    else:
        article.plan_refused = ""
        if article.planned_version is not None and article.planned_version.number <= version.number:
            article.planned_version = article.publish_at = None
    if article.publish_at is None and article.withdraw_at is None and not article.plan_refused:
        article.planned_by = None


def _plan_next_look(base: KnowledgeBase, article: Article, at: datetime) -> None:
    """What goes live was just looked at: the next look is as far away as the shop wants it."""
    today = timezone.localdate(at)
    if (
        article.is_live
        and base.review_days
        and (article.review_after is None or article.review_after <= today)
    ):
        article.review_after = today + timedelta(days=base.review_days)
