"""What happened to an article between its versions: reviews, remarks, plans and releases, in one story."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cscore.accounts.models import AuditEntry, User
from kb.models import Article, ArticleVersion, Comment, Release, Review, Verdict

# What only the audit trail remembers: the rows hold no more than what is planned now.
_TOLD: Final = {
    "kb.plan_publish": ("event", gettext_lazy("Planned to go live on %(when)s")),
    "kb.plan_withdraw": ("event", gettext_lazy("Planned to be withdrawn on %(when)s")),
    "kb.cancel_plan": ("event_busy", gettext_lazy("Plan cancelled")),
    "kb.plan_failed": ("event_busy", gettext_lazy("The plan failed")),
    "kb.archive": ("inventory_2", gettext_lazy("Archived")),
    "kb.unarchive": ("unarchive", gettext_lazy("Taken out of the archive")),
    "kb.confirm": ("task_alt", gettext_lazy("Confirmed as still right")),
}
_REVIEWED: Final = {Verdict.ASKED: "rate_review", Verdict.APPROVED: "verified", Verdict.SENT_BACK: "undo"}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody did, in words; `icon` is its Material Symbol."""

    at: datetime
    by: User | None
    icon: str
    what: str
    note: str = ""


def story_of(
    article: Article, versions: Sequence[ArticleVersion], until: datetime | None
) -> dict[int, list[Event]]:
    """For each of these versions, the latest first, what happened to it, in order.

    What names no version happened to the one that was the latest then. `until` is when the version after them was
    written; None when there is none. Four queries, however many versions.
    """
    if not versions:
        return {}
    ids = {version.number: version.pk for version in versions}
    told: dict[int, list[Event]] = defaultdict(list)
    for number, event in _events(article, versions, until):
        told[ids[number] if number in ids else _latest_then(versions, event.at)].append(event)
    return {key: sorted(events, key=lambda event: event.at) for key, events in told.items()}


def _events(
    article: Article, versions: Sequence[ArticleVersion], until: datetime | None
) -> Iterator[tuple[int | None, Event]]:
    shown = [version.pk for version in versions]
    then = Q(at__gte=versions[-1].created_at) & (Q(at__lt=until) if until else Q())
    for review in Review.objects.filter(version__in=shown).select_related("by", "version").order_by("pk"):
        icon, what = _REVIEWED[Verdict(review.verdict)], review.get_verdict_display()
        yield review.version.number, Event(review.at, review.by, icon, what, review.note)
    remarks = Comment.objects.filter(version__in=shown).select_related("by", "version", "resolved_by")
    for remark in remarks.order_by("pk"):
        yield remark.version.number, Event(remark.at, remark.by, "chat", _("Commented"), remark.body)
    releases = Release.objects.filter(article=article).select_related("by", "version").order_by("number")
    for release in releases.filter(Q(version__in=shown) | (Q(version=None) & then)):
        what = f"{release.get_verb_display()} · r{release.number}"
        number = release.version.number if release.version else None
        yield number, Event(release.at, release.by, "published_with_changes", what)
    trail = AuditEntry.objects.filter(object_type=article._meta.label_lower, object_id=str(article.pk))
    for entry in trail.filter(then, verb__in=_TOLD).select_related("by").order_by("pk"):
        icon, sentence = _TOLD[entry.verb]
        what = str(sentence) % {"when": _when(entry.details)}
        yield entry.details.get("version"), Event(entry.at, entry.by, icon, what)


def _when(details: dict[str, Any]) -> str:
    moment = parse_datetime(details.get("when") or "")
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def _latest_then(versions: Sequence[ArticleVersion], at: datetime) -> int:
    """The newest version that was written by then; the oldest for what came before all of them."""
    return next((version.pk for version in versions if version.created_at <= at), versions[-1].pk)
