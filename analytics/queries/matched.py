"""Turns of the bot that the knowledge decided: what other thresholds would have changed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Case, Count, FloatField, Q, Value, When

from chat.models import BotTurn, Thumb
from cscore.commerce.models import Shop
from kb.matching import Decision, Thresholds
from kb.matching.replay import PastTurn

# Not "exact": a wording known word for word is answered under any threshold.
_METHODS = ("classifier", "cosine", "blend", "nothing")


def matched_turns(shop: Shop, since: datetime, until: datetime) -> tuple[list[PastTurn], int]:
    """The turns whose decision was a matter of confidence, and how many more were known word for word."""
    turns = BotTurn.objects.filter(
        message__conversation__shop=shop, message__at__gte=since, message__at__lt=until
    )
    exact = turns.filter(method="exact", decision=Decision.ANSWER).count()
    unsure = turns.filter(method__in=_METHODS, decision__in=list(Decision), release__gt=0)
    rows = unsure.values_list("candidates", "decision", "thresholds")
    return [_turn(*row) for row in rows], exact


_UP = Case(When(up=True, then=Value(1.0)), default=Value(0.0), output_field=FloatField())


@dataclass(frozen=True, slots=True)
class Said:
    """Thumbs of one kind of people: how many, the share found right, and the mean confidence the bot had then."""

    by_staff: bool
    count: int
    right: float
    promised: float | None


def thumbs_said(shop: Shop, since: datetime, until: datetime) -> list[Said]:
    """What customers said and what colleagues said, each only if anything."""
    thumbs = Thumb.objects.filter(question__conversation__shop=shop, at__gte=since, at__lt=until)
    rows = (
        thumbs.annotate(by_staff=Q(agent__isnull=False))
        .values("by_staff")
        .annotate(count=Count("pk"), right=Avg(_UP), promised=Avg("confidence"))
        .order_by("by_staff")
    )
    return [Said(**row) for row in rows]


def _turn(candidates: list[dict[str, float]], decision: str, thresholds: dict[str, float]) -> PastTurn:
    best = candidates[0]["confidence"] if candidates else 0.0
    return PastTurn(best, Decision(decision), Thresholds(thresholds["answer"], thresholds["offer"]))
