"""What a person may set: cost inputs and the staffing policy of a shop."""

from datetime import datetime

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from analytics.inputs import BadFigure, between, not_negative
from analytics.models import CostAssumption, StaffingPolicy
from analytics.savings.inputs import NotInOrder
from analytics.savings.names import CostInput, is_share
from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce.models import Shop


class NoSuchInput(BadFigure):
    sentence = _("There is no cost input %(name)s.")


class OpensAfterItCloses(BadFigure):
    sentence = _("People must come before they go.")


@transaction.atomic
def set_assumption(
    *,
    shop: Shop,
    name: str,
    low: float,
    expected: float,
    high: float,
    by: User | None,
    at: datetime,
    note: str = "",
) -> CostAssumption:
    """Keeps one cost input; `low` is the case that saves least. The same again changes nothing.

    Raises NoSuchInput, NotInOrder, or what `analytics.inputs` says about a figure outside its limits.
    """
    _check(name, low, expected, high)
    row = CostAssumption.objects.select_for_update().filter(shop=shop, name=name).first()
    before = [row.low, row.expected, row.high, row.note] if row else None
    after = [low, expected, high, note]
    if row and before == after:
        return row
    row = row or CostAssumption(shop=shop, name=name)
    row.low, row.expected, row.high, row.note = low, expected, high, note
    row.set_at, row.set_by = at, by
    row.save()
    audit.record(
        by=by,
        verb="analytics.set-assumption",
        on=row,
        at=at,
        shop_key=shop.key,
        name=name,
        before=before,
        after=after,
    )
    return row


@transaction.atomic
def set_policy(*, policy: StaffingPolicy, by: User | None, at: datetime) -> StaffingPolicy:
    """Keeps how the shop wants its team staffed; `policy` is a filled row, saved or not."""
    if policy.opens_at >= policy.closes_at:
        raise OpensAfterItCloses
    before = StaffingPolicy.objects.select_for_update().filter(shop=policy.shop).first()
    policy.pk = before.pk if before else None
    policy.set_at, policy.set_by = at, by
    policy.save()
    audit.record(
        by=by,
        verb="analytics.set-policy",
        on=policy,
        at=at,
        shop_key=policy.shop.key,
        before=model_to_dict(before) if before else None,
        after=model_to_dict(policy),
    )
    return policy


def _check(name: str, low: float, expected: float, high: float) -> None:
    if name not in CostInput.values:
        raise NoSuchInput(name=name)
    label = CostInput(name).label
    for value in (low, expected, high):
        not_negative(**{str(label): value})
        if is_share(name):
            between(0.0, 1.0, **{str(label): value})
    if not min(low, high) <= expected <= max(low, high):
        raise NotInOrder(field=label, value=expected)
