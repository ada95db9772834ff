"""Filters of the article list."""

from typing import Any, Final

from django.contrib import admin
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cscore.common import clock
from kb.access import person_of
from kb.models import ArticleQuerySet, ArticleState, ReviewState, RuleHit
from kb.workflow import UNPUBLISHED, hit_at_all, hit_by, sent_back

SENT_BACK, PLANNED, FAILED, STALE, ARCHIVED = "sent_back", "planned", "plan_failed", "stale", "archived"
_LIVE: Final = "live:"


class StateFilter(admin.SimpleListFilter):
    """Archived articles are shown only when they are asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            *ArticleState.choices,
            (ReviewState.IN_REVIEW, ReviewState.IN_REVIEW.label),
            (ReviewState.APPROVED, ReviewState.APPROVED.label),
            (SENT_BACK, _("Sent back")),
            (PLANNED, _("Planned")),
            (FAILED, _("Plan failed")),
            (STALE, _("Needs another look")),
            (ARCHIVED, _("Archived")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return _in_stage(queryset, self.value() or "")  # type: ignore[arg-type]


def _in_stage(articles: ArticleQuerySet, stage: str) -> ArticleQuerySet:
    if stage == ARCHIVED:
        return articles.archived()
    articles = articles.in_use()
    if stage in ArticleState.values:
        return articles.in_state(stage)
    if stage in (ReviewState.IN_REVIEW, ReviewState.APPROVED):
        return articles.filter(UNPUBLISHED, review_state=stage)
    if stage == SENT_BACK:
        return sent_back(articles)
    if stage == PLANNED:
        return articles.planned()
    if stage == FAILED:
        return articles.exclude(plan_refused="")
    return articles.stale(timezone.localdate(clock.now())) if stage == STALE else articles


class WordingFilter(admin.SimpleListFilter):
    """What the wording rules say of the latest version."""

    title = gettext_lazy("wording")
    parameter_name = "wording"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("blocks", _("May not be said")), ("warns", _("Careful")), ("none", _("Nothing found"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        blocked = hit_at_all(version="latest_version", blocks=True)
        match self.value():
            case "blocks":
                return queryset.filter(blocked)
            case "warns":
                return queryset.filter(~blocked, hit_at_all(version="latest_version"))
            case "none":
                return queryset.filter(~hit_at_all(version="latest_version"))
        return queryset


class ToldFilter(admin.SimpleListFilter):
    """Whether customers are told what today's rules forbid."""

    title = gettext_lazy("wording of what is live")
    parameter_name = "told"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("blocks", _("May not be said")), ("warns", _("Careful"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("blocks", "warns"):
            return queryset
        return queryset.filter(hit_at_all(version="live_version", blocks=self.value() == "blocks"))


class RuleFilter(admin.SimpleListFilter):
    """In which articles a wording rule finds something: in what customers are told, or in the latest version."""

    title = gettext_lazy("wording rule")
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        hits = RuleHit.objects.for_shops_of(person_of(request)).filter(
            version__article__archived_at__isnull=True
        )
        live = Count("pk", filter=Q(version=F("version__article__live_version")))
        latest = Count("pk", filter=Q(version=F("version__article__latest_version")))
        counted = hits.values("rule").annotate(live=live, latest=latest).order_by("rule")
        to_customers = _("told to customers")
        told = [
            (f"{_LIVE}{row['rule']}", f"{row['rule']} · {to_customers} ({row['live']})")
            for row in counted
            if row["live"]
        ]
        written = [(row["rule"], f"{row['rule']} ({row['latest']})") for row in counted if row["latest"]]
        return [*told, *written, *self._asked_for(told, written)]

    def _asked_for(self, *offered: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """A rule that finds nothing is no choice, but a page may ask for it: then the list is empty, not whole."""
        asked = self.used_parameters.get(self.parameter_name, "")
        asked = asked[-1] if isinstance(asked, list) else asked
        known = {key for choices in offered for key, _words in choices}
        return [(asked, f"{asked.removeprefix(_LIVE)} (0)")] if asked and asked not in known else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not (asked := self.value()):
            return queryset
        version = "live_version" if asked.startswith(_LIVE) else "latest_version"
        return queryset.filter(hit_by(asked.removeprefix(_LIVE), version=version))
