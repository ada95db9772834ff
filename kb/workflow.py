"""How far versions have come between their authors and customers, and what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cscore.accounts.models import User
from kb.models import (
    Article,
    ArticleQuerySet,
    ArticleVersion,
    KnowledgeBase,
    Review,
    ReviewState,
    RuleHit,
    Verdict,
)
from kb.queries import batches


def approved_by_another(versions: Sequence[ArticleVersion]) -> frozenset[int]:
    """The ids of those whose last review is the approval of somebody who did not write them."""
    authors = {version.pk: version.created_by_id for version in versions}
    last: dict[int, tuple[str, int]] = {}
    for some in batches(list(authors)):
        rows = Review.objects.filter(version__in=some).order_by("pk")
        last |= {row.version_id: (row.verdict, row.by_id) for row in rows}
    return frozenset(
        version
        for version, (verdict, by) in last.items()
        if verdict == Verdict.APPROVED and by != authors[version]
    )


def kept_back_of(shop_id: int, versions: Sequence[ArticleVersion]) -> frozenset[int]:
    """The ids of those that the shop's two-person rule keeps from going live."""
    if not KnowledgeBase.objects.filter(shop_id=shop_id, two_people=True).exists():
        return frozenset()
    return frozenset(version.pk for version in versions) - approved_by_another(versions)


def hit_by(rule: str, *, version: str) -> Exists:
    """Whether a rule finds something in an article's version, `version` being the name of its column."""
    return Exists(RuleHit.objects.filter(version=OuterRef(version), rule=rule))


def hit_at_all(*, version: str, blocks: bool | None = None) -> Exists:
    """Whether any rule finds something there, or something that may or may not be said at all."""
    hits = RuleHit.objects.filter(version=OuterRef(version))
    return Exists(hits if blocks is None else hits.filter(blocks=blocks))


# Customers do not see the latest version: what became of it in its review still matters.
UNPUBLISHED: Final = Q(live_version=None) | ~Q(live_version=F("latest_version"))
# What was last said of an article's latest version.
_LAST_VERDICT: Final = (
    Review.objects.filter(version=OuterRef("latest_version")).order_by("-pk").values("verdict")[:1]
)


def sent_back(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Those whose latest version was sent back to its author."""
    return articles.alias(last_verdict=_LAST_VERDICT).filter(UNPUBLISHED, last_verdict=Verdict.SENT_BACK)


@dataclass(frozen=True, slots=True)
class Work:
    """How many articles wait for something, in all shops of one person."""

    drafts: int
    live: int
    to_review: int
    sent_back: int
    stale: int
    planned_today: int
    plans_failed: int
    told_against_rules: int


def work_for(person: User, at: datetime) -> Work:
    """One query. To review: written by others; stale, sent back and failed plans: this person's own."""
    day = timezone.localdate(at)
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    own_version = Q(latest_version__created_by=person)
    today = Q(publish_at__lt=midnight) | Q(withdraw_at__lt=midnight)
    rows = Article.objects.for_shops_of(person).in_use().alias(last_verdict=_LAST_VERDICT)
    counted = rows.aggregate(
        drafts=Count("pk", filter=UNPUBLISHED),
        live=Count("pk", filter=Q(live_version__isnull=False)),
        to_review=Count("pk", filter=Q(review_state=ReviewState.IN_REVIEW) & UNPUBLISHED & ~own_version),
        sent_back=Count("pk", filter=Q(last_verdict=Verdict.SENT_BACK) & UNPUBLISHED & own_version),
        stale=Count("pk", filter=Q(review_after__lte=day, owner=person)),
        planned_today=Count("pk", filter=today),
        plans_failed=Count("pk", filter=~Q(plan_refused="") & Q(planned_by=person)),
        told_against_rules=Count("pk", filter=Q(hit_at_all(version="live_version", blocks=True))),
    )
    return Work(**counted)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps of the latest version: whether it is done, by whom, when, and what was said."""

    name: str
    done: bool
    by: User | None = None
    at: datetime | None = None
    note: str = ""
    left_out: bool = False


def steps_of(article: Article) -> tuple[Step, ...]:
    """Draft, in review, approved, live. A version that went live without a review has not passed the two between."""
    version = article.latest_version
    if version is None:
        return ()
    reviews = list(Review.objects.filter(version=version).select_related("by").order_by("pk"))
    last = reviews[-1] if reviews else None
    sent_back = last if last and last.verdict == Verdict.SENT_BACK else None
    passed = {} if sent_back else {review.verdict: review for review in reviews}
    live = article.is_live and not article.has_unpublished_changes
    return (
        Step(_("Draft"), True, version.created_by, version.created_at, sent_back.note if sent_back else ""),
        _reviewed(_("In review"), passed.get(Verdict.ASKED), live),
        _reviewed(_("Approved"), passed.get(Verdict.APPROVED), live),
        Step(_("Live"), True, article.published_by, article.published_at) if live else Step(_("Live"), False),
    )


def _reviewed(name: str, review: Review | None, live: bool) -> Step:
    if review is None:
        return Step(name, False, left_out=live)
    return Step(name, True, review.by, review.at, review.note)
