"""Putting articles away, and taking them out again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.common.errors import Refusal
from kb import queries
from kb.actions.base import locked, only_shop, record
from kb.actions.drafts import QuestionTaken
from kb.actions.holding import Foreseen, foreseeing
from kb.actions.publishing import withdraw
from kb.models import Article


class NothingToArchive(Refusal):
    code = "kb.nothing-to-archive"
    sentence = _("These articles are archived already.")


class NotArchived(Refusal):
    code = "kb.not-archived"
    sentence = _("There is nothing to take out: these articles are not archived.")


def archive(*, articles: Iterable[Article], by: User | None, at: datetime) -> int | None:
    """Puts them away with their history, plans off; live ones are withdrawn first: the number of that release.

    Raises NothingToArchive, OfAnotherShop and GoldenRegression.
    """
    chosen = list(articles)
    if not chosen:
        raise NothingToArchive
    return foreseeing(lambda seen: _archived(chosen, by, at, seen), None)


def _archived(chosen: Sequence[Article], by: User | None, at: datetime, seen: Foreseen) -> int | None:
    base = locked(only_shop(chosen))
    fresh = _fresh(chosen)
    if not (moved := [article for article in fresh if article.archived_at is None]):
        raise NothingToArchive
    live = [article for article in moved if article.is_live]
    release = withdraw(articles=live, by=by, at=at, seen=seen) if live else None
    ids = [article.pk for article in moved]
    gone = {"planned_version": None, "publish_at": None, "withdraw_at": None, "planned_by": None}
    for some in queries.batches(ids):
        Article.objects.filter(pk__in=some).update(
            archived_at=at, archived_by=by, updated_at=at, plan_refused="", **gone
        )
    for article in moved:
        record("kb.archive", base, [article], by, at)
    return release


@transaction.atomic
def unarchive(*, articles: Iterable[Article], by: User | None, at: datetime) -> None:
    """They are drafts again, as they were when they were put away. Raises NotArchived, QuestionTaken, OfAnotherShop."""
    chosen = list(articles)
    if not chosen:
        raise NotArchived
    base = locked(only_shop(chosen))
    if not (moved := [article for article in _fresh(chosen) if article.archived_at is not None]):
        raise NotArchived
    questions = [str(article) for article in moved]
    taken = queries.taken_questions(base.shop, questions)
    for article in moved:
        if taken.setdefault(str(article), article.key) != article.key:
            raise QuestionTaken(key=taken[str(article)], question=str(article))
    ids = [article.pk for article in moved]
    for some in queries.batches(ids):
        Article.objects.filter(pk__in=some).update(archived_at=None, archived_by=None, updated_at=at)
    for article in moved:
        record("kb.unarchive", base, [article], by, at)


def _fresh(articles: Sequence[Article]) -> list[Article]:
    rows = Article.objects.select_related("shop", "latest_version")
    return [
        article
        for some in queries.batches([one.pk for one in articles])
        for article in rows.filter(pk__in=some).order_by("pk")
    ]
