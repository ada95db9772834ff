"""How right the bot must be before it answers, and before it offers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb.actions.base import locked, record
from kb.rules import LEAST_PRECISION, MOST_PRECISION


class NotAPrecision(Refusal):
    code = "kb.not-a-precision"
    sentence = _("Ask for a share from 50% to 99.9%.")


class OfferAboveAnswer(Refusal):
    code = "kb.offer-above-answer"
    sentence = _("Offers cannot be asked to be right more often than answers.")


@transaction.atomic
def ask_precision(*, shop: Shop, answer: float, offer: float, by: User | None, at: datetime) -> None:
    """The shares of answers and of offers that must be right from now on; the thresholds follow at once.

    The same shares again do nothing. Raises NotAPrecision and OfferAboveAnswer.
    """
    if not all(LEAST_PRECISION <= share <= MOST_PRECISION for share in (answer, offer)):
        raise NotAPrecision
    if offer > answer:
        raise OfferAboveAnswer
    base = locked(shop.pk)
    before = (base.asked_answer, base.asked_offer)
    if before == (answer, offer):
        return
    base.asked_answer, base.asked_offer = answer, offer
    base.save(update_fields=["asked_answer", "asked_offer"])
    record("kb.ask_precision", base, [], by, at, before=before, after=(answer, offer))
