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
from kb.matching import Decision, Match
from kb.models import Article
from kb.queries import Named, named

MOST_SUGGESTED: Final = 5
TOP: Final = 10
# So many of a gap's other wordings are asked of the bot before the page says that it knows the answer.
WORDINGS_ASKED: Final = 4


@dataclass(frozen=True, slots=True)
class Suggested:
    """A live article that comes near a gap, and how sure the matcher is."""

    article: Named
    confidence: float


@dataclass(frozen=True, slots=True)
class ShownGap:
    """`answered`: the article that the bot would answer with by now, if it would answer all of it with one."""

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
    """With the articles that come nearest. Two queries, and a look at what is live."""
    if not gaps:
        return []
    articles, knowledge = named(shop.pk), live.knowledge(shop.pk)
    went_live = Article.objects.filter(shop=shop).live().values_list("key", "published_at")
    since = {key: at for key, at in went_live if at}
    return [_shown(gap, articles, since, knowledge) for gap in gaps]


def _shown(
    gap: Gap, articles: Mapping[str, Named], since: Mapping[str, datetime], knowledge: live.Knowledge
) -> ShownGap:
    match = knowledge.match(gap.question)
    suggested = tuple(
        Suggested(articles[one.id], one.confidence) for one in match.candidates if one.id in articles
    )[:MOST_SUGGESTED]
    answered = suggested[0].article if suggested and _is_closed(gap, match, since, knowledge) else None
    reasons = tuple((str(reason.label), gap.reasons[reason]) for reason in GapReason if reason in gap.reasons)
    return ShownGap(gap, reasons, suggested, answered)


def _is_closed(gap: Gap, match: Match, since: Mapping[str, datetime], knowledge: live.Knowledge) -> bool:
    """Whether the bot would answer by now, and with something that it did not say in vain.

    One wording that it knows says little: all those looked at have to lead to the same article. And where it did answer
    and the customer was not helped, only what went live since can be the answer.
    """
    if match.decision is not Decision.ANSWER:
        return False
    key = match.candidates[0].id
    if set(gap.reasons) - {GapReason.UNANSWERED} and (key not in since or since[key] <= gap.last_at):
        return False
    others = [str(row["text"]) for row in gap.examples if row["text"] != gap.question]
    found = (knowledge.match(text) for text in others[:WORDINGS_ASKED])
    return all(one.decision is Decision.ANSWER and one.candidates[0].id == key for one in found)


def look_name(shop: Shop) -> str:
    """The name of the job that looks for the shop's gaps, by which it is found again."""
    return f"gaps of shop {shop.pk}"


def look_is_over(shop: Shop, job: str) -> bool:
    """Whether the job with this id has ended, well or not."""
    return bool(Task.objects.filter(pk=job, name=look_name(shop)).exists())
