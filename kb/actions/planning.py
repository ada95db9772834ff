"""Going live or being withdrawn at a time: making such plans, and carrying them out when they are due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.common.errors import Refusal
from cscore.compliance.queries import checker_for
from kb.actions.base import locked, opened, record
from kb.actions.holding import Foreseen
from kb.actions.publishing import (
    NothingToPublish,
    NothingToWithdraw,
    publish,
    refuse_unapproved,
    unpublishable,
    withdraw,
)
from kb.models import Article, ArticleQuerySet, ArticleVersion, KnowledgeBase
from kb.queries import batches, draft_of

_PLAN = ("planned_version", "publish_at", "withdraw_at", "planned_by", "plan_refused")
_LONGEST_REASON = 500
Verb = Callable[[Sequence[Article], datetime, Foreseen], int]


class PlanInThePast(Refusal):
    code = "kb.plan-in-the-past"
    sentence = _("Choose a time that is still to come.")


class EndsBeforeItBegins(Refusal):
    code = "kb.ends-before-it-begins"
    sentence = _("It would be withdrawn before it is published.")


class NothingPlanned(Refusal):
    code = "kb.nothing-planned"
    sentence = _("Nothing is planned for this article.")


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What came of the plans that were due: the releases, if any, and how many plans were refused."""

    published: int | None = None
    withdrawn: int | None = None
    refused: int = 0


@transaction.atomic
def plan_publish(*, version: ArticleVersion, when: datetime, by: User, at: datetime) -> None:
    """This version goes live then, and no newer one in its place.

    Raises PlanInThePast, EndsBeforeItBegins, NothingToPublish and what publishing it now would raise.
    """
    base, article = opened(version.article)
    if when <= at:
        raise PlanInThePast
    if article.withdraw_at is not None and article.withdraw_at <= when:
        raise EndsBeforeItBegins
    if article.live_version_id == version.pk:
        raise NothingToPublish
    refuse_unapproved(base, [version])
    if refusal := unpublishable(checker_for(base.shop), draft_of(version), at):
        raise refusal
    article.planned_version, article.publish_at = version, when
    _keep(base, article, "kb.plan_publish", by, at, when=when.isoformat(), version=version.number)


@transaction.atomic
def plan_withdraw(*, article: Article, when: datetime, by: User, at: datetime) -> None:
    """Customers are no longer told the answer then. Raises PlanInThePast, EndsBeforeItBegins, NothingToWithdraw."""
    base, article = opened(article)
    if when <= at:
        raise PlanInThePast
    if article.publish_at is not None and when <= article.publish_at:
        raise EndsBeforeItBegins
    if not article.is_live and article.publish_at is None:
        raise NothingToWithdraw
    article.withdraw_at = when
    _keep(base, article, "kb.plan_withdraw", by, at, when=when.isoformat())


@transaction.atomic
def cancel_plan(*, article: Article, by: User, at: datetime) -> None:
    """Nothing happens by itself any more; what is said of a plan that failed is taken as read. Raises NothingPlanned."""
    base, article = opened(article)
    if not (article.publish_at or article.withdraw_at or article.plan_refused):
        raise NothingPlanned
    article.planned_version = article.publish_at = article.withdraw_at = None
    _keep(base, article, "kb.cancel_plan", by, at)


def carry_out_plans(*, shop_id: int, at: datetime) -> CarriedOut:
    """Publishes and withdraws what is due in the shop: one release for each of the two, however many articles.

    May run twice or late: a plan is gone once it was tried. What should have come and gone meanwhile never goes
    live. A plan that is refused is cancelled, and the article says why until somebody plans or publishes anew.
    """
    due = list(_due(at).filter(shop_id=shop_id))
    ending = [article for article in due if article.withdraw_at and article.withdraw_at <= at]
    beginning = [article for article in due if article not in ending]
    seen, refused = Foreseen(), list[Article]()
    published = _together(_publish, beginning, at, seen, refused)
    withdrawn = _together(_withdraw, ending, at, seen, refused)
    return CarriedOut(published, withdrawn, len(refused))


def _due(at: datetime) -> ArticleQuerySet:
    return Article.objects.due(at).select_related("shop", "planned_version", "planned_by").order_by("pk")


def _publish(articles: Sequence[Article], at: datetime, seen: Foreseen) -> int:
    versions = [article.planned_version for article in articles if article.planned_version]
    return publish(versions=versions, by=_planner(articles), at=at, seen=seen)


def _withdraw(articles: Sequence[Article], at: datetime, seen: Foreseen) -> int:
    return withdraw(articles=articles, by=_planner(articles), at=at, seen=seen)


def _together(
    verb: Verb, articles: Sequence[Article], at: datetime, seen: Foreseen, refused: list[Article]
) -> int | None:
    """As one release; where that is refused, half by half, so that only those stay behind that must.

    Each attempt is a transaction of its own: between them others may write.
    """
    if not articles:
        return None
    try:
        return seen.carry_out(lambda: _tried(verb, articles, at, seen))
    except Refusal as refusal:
        if len(articles) == 1:
            refused.extend(_refused(articles[0], refusal, at))
            return None
    middle = len(articles) // 2
    first = _together(verb, articles[:middle], at, seen, refused)
    return _together(verb, articles[middle:], at, seen, refused) or first


def _tried(verb: Verb, articles: Sequence[Article], at: datetime, seen: Foreseen) -> int | None:
    """Carries out these plans as far as they still stand."""
    base = locked(articles[0].shop_id)
    if not (fresh := _still_planned(articles, at)):
        return None
    try:
        release: int | None = verb(fresh, at, seen)
    except (NothingToPublish, NothingToWithdraw):
        release = None
    for article in fresh:
        _is_over(base, article, None, at)
    return release


@transaction.atomic
def _refused(article: Article, refusal: Refusal, at: datetime) -> Sequence[Article]:
    """Takes the plan away that was refused, unless somebody changed it meanwhile."""
    base = locked(article.shop_id)
    fresh = _still_planned([article], at)
    for one in fresh:
        _is_over(base, one, refusal, at)
    return fresh


def _still_planned(articles: Sequence[Article], at: datetime) -> list[Article]:
    """Those of them whose plan is what it was when it was read, as they are behind the lock."""
    before = {article.pk: _plan_of(article) for article in articles}
    rows = [row for some in batches(sorted(before)) for row in _due(at).filter(pk__in=some)]
    return [row for row in rows if before[row.pk] == _plan_of(row)]


def _plan_of(article: Article) -> tuple[int | None, datetime | None, datetime | None]:
    return article.planned_version_id, article.publish_at, article.withdraw_at


def _planner(articles: Sequence[Article]) -> User | None:
    """Who planned it, when it was one person for all of them."""
    planners = {article.planned_by for article in articles}
    return planners.pop() if len(planners) == 1 else None


def _is_over(base: KnowledgeBase, article: Article, refusal: Refusal | None, at: datetime) -> None:
    """Takes the due part of the plan away, and keeps why it was refused."""
    planner, version = article.planned_by, article.planned_version
    article.refresh_from_db(fields=_PLAN)
    if article.publish_at is not None and article.publish_at <= at:
        article.planned_version = article.publish_at = None
    if article.withdraw_at is not None and article.withdraw_at <= at:
        article.withdraw_at = None
    if refusal is not None:
        article.planned_by = planner
        with translation.override(settings.LANGUAGE_CODE):
            article.plan_refused = str(refusal)[:_LONGEST_REASON]
        number = version.number if version else None
        record("kb.plan_failed", base, [article], None, at, code=refusal.code, version=number)
    elif article.publish_at is None and article.withdraw_at is None and not article.plan_refused:
        article.planned_by = None
    article.save(update_fields=_PLAN)


def _keep(
    base: KnowledgeBase, article: Article, verb: str, by: User, at: datetime, **details: object
) -> None:
    planned = article.publish_at is not None or article.withdraw_at is not None
    article.planned_by, article.plan_refused = by if planned else None, ""
    article.save(update_fields=_PLAN)
    record(verb, base, [article], by, at, **details)
