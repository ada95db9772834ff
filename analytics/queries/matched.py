"""Turns of the bot that the knowledge decided: what other thresholds would have changed."""

from datetime import datetime

from chat.models import BotTurn
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


def _turn(candidates: list[dict[str, float]], decision: str, thresholds: dict[str, float]) -> PastTurn:
    best = candidates[0]["confidence"] if candidates else 0.0
    return PastTurn(best, Decision(decision), Thresholds(thresholds["answer"], thresholds["offer"]))
