"""Which articles were used, and what was asked last before people had to take over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from analytics.queries.rows import Span
from chat.models import HandOff, HandOffReason
from cscore.commerce.models import Shop
from kb.models import Article


@dataclass(frozen=True, slots=True)
class AskedLast:
    """A question that led to a hand-over."""

    conversation: UUID
    question: str
    reason_name: str
    at: datetime


def questions_of(shop: Shop, article_ids: Iterable[int]) -> dict[int, str]:
    """The standard questions of these articles of the shop."""
    found = Article.objects.filter(shop=shop, pk__in=list(article_ids))
    return dict(found.values_list("pk", "latest_version__question"))


def asked_last(span: Span, most: int) -> list[AskedLast]:
    """The newest questions that the bot handed over, without those that only asked for a person."""
    found = (
        HandOff.objects.filter(**span.conditions("conversation__"))
        .exclude(reason__in=(HandOffReason.CUSTOMER_REQUEST, HandOffReason.FOLLOW_UP))
        .exclude(question="")
        .order_by("-at", "-pk")
        .values_list("conversation_id", "question", "reason", "at")[:most]
    )
    return [
        AskedLast(conversation, question, str(HandOffReason(reason).label), at)
        for conversation, question, reason, at in found
    ]
