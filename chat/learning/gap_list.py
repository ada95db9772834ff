"""Gaps as an editor reads them: what each cost in a period, and which articles come nearest today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django_q.models import Task

from chat.learning.gaps import GapReason
from chat.models import Gap, GapState
from chat.models.learning import GapQuerySet
from cscore.commerce.models import Shop
from kb import live
from kb.matching import Decision
from kb.queries import Named, named

MOST_SUGGESTED: Final = 5
TOP: Final = 10


@dataclass(frozen=True, slots=True)
class Suggested:
    """A live article that comes near a gap, and how sure the matcher is."""

    article: Named
    confidence: float


@dataclass(frozen=True, slots=True)
class ShownGap:
    """`answered`: the article that the bot would answer with by now, if it is sure of one."""

    gap: Gap
    reasons: tuple[tuple[str, int], ...]
    suggested: tuple[Suggested, ...]
    answered: Named | None

    @property
    def other_examples(self) -> list[str]:
        """The wordings beside the gap's own."""
        return [row["text"] for row in self.gap.examples if row["text"] != self.gap.question]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the gaps of a list come to together."""

    gaps: int
    questions: int
    minutes: float


def listed(shop: Shop, *, decided: bool, since: datetime) -> GapQuerySet:
    """Gaps that were asked about since then, the costliest first; `asked`, `worth` and `people` are of that time."""
    rows = Gap.objects.filter(shop=shop)
    rows = rows.exclude(state=GapState.OPEN) if decided else rows.filter(state=GapState.OPEN)
    lately = Q(questions__message__at__gte=since)
    conversation = "questions__message__conversation__"
    counted = rows.annotate(
        asked=Count("questions", filter=lately),
        worth=Coalesce(Sum("questions__minutes", filter=lately), 0.0),
        # A signed-in customer counts once on all his devices.
        people=Count(f"{conversation}customer", filter=lately, distinct=True)
        + Count(
            f"{conversation}visitor",
            filter=lately & Q(**{f"{conversation}customer__isnull": True}),
            distinct=True,
        ),
    )
    order = ("-decided_at",) if decided else ("-worth", "-asked")
    found: GapQuerySet = counted.filter(asked__gt=0).select_related("shop", "article", "decided_by")
    return found.order_by(*order, "pk")


def totals(rows: GapQuerySet) -> Totals:
    """Of all these rows, on whatever page they stand."""
    summed = rows.order_by().aggregate(gaps=Count("pk"), questions=Sum("asked"), minutes=Sum("worth"))
    return Totals(summed["gaps"], summed["questions"] or 0, summed["minutes"] or 0.0)


def shown(shop: Shop, gaps: Sequence[Gap]) -> list[ShownGap]:
    """With the articles that come nearest. One query, and a look at what is live."""
    articles = named(shop.pk) if gaps else {}
    return [_shown(shop, gap, articles) for gap in gaps]


def _shown(shop: Shop, gap: Gap, articles: Mapping[str, Named]) -> ShownGap:
    match = live.knowledge(shop.pk).match(gap.question)
    suggested = tuple(
        Suggested(articles[one.id], one.confidence) for one in match.candidates if one.id in articles
    )[:MOST_SUGGESTED]
    sure = match.decision is Decision.ANSWER and bool(suggested)
    reasons = tuple((str(reason.label), gap.reasons[reason]) for reason in GapReason if reason in gap.reasons)
    return ShownGap(gap, reasons, suggested, suggested[0].article if sure else None)


def look_name(shop: Shop) -> str:
    """The name of the job that looks for the shop's gaps, by which it is found again."""
    return f"gaps of shop {shop.pk}"


def look_is_over(shop: Shop, job: str) -> bool:
    """Whether the job with this id has ended, well or not."""
    return bool(Task.objects.filter(pk=job, name=look_name(shop)).exists())
