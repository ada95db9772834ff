"""Verbs: what may be set about costs and staffing, and what is refused."""

import math
from typing import Any

import pytest

from analytics import actions
from analytics.inputs import BadFigure, MustNotBeNegative, OutOfRange
from analytics.models import CostAssumption, StaffingPolicy
from analytics.savings.inputs import NotInOrder
from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from tests.factories import MONDAY_9AM


def set_input(shop: Shop, by: User, **changes: Any) -> CostAssumption:
    figures = {"name": "wages", "low": 100.0, "expected": 120.0, "high": 150.0, "note": "payroll"}
    return actions.set_assumption(shop=shop, by=by, at=MONDAY_9AM, **figures | changes)


def test_an_input_is_kept_once_and_every_change_is_in_the_trail(shop: Shop, zhou: User) -> None:
    set_input(shop, zhou)
    set_input(shop, zhou, expected=130.0)

    (row,) = CostAssumption.objects.all()
    assert (row.low, row.expected, row.high, row.set_by) == (100, 130, 150, zhou)
    entries = AuditEntry.objects.filter(verb="analytics.set-assumption", shop_key=shop.key).order_by("pk")
    assert [entry.details["before"] for entry in entries] == [None, [100, 120, 150, "payroll"]]


def test_the_same_again_is_no_change(shop: Shop, zhou: User) -> None:
    set_input(shop, zhou)
    set_input(shop, zhou)

    assert AuditEntry.objects.filter(verb="analytics.set-assumption").count() == 1


def test_the_case_that_saves_least_may_have_the_larger_figure(shop: Shop, zhou: User) -> None:
    assert set_input(shop, zhou, name="recontact_share", low=0.14, expected=0.1, high=0.07).low == 0.14


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": "sunshine"}, actions.NoSuchInput),
        ({"low": -1.0}, MustNotBeNegative),
        ({"high": math.inf}, MustNotBeNegative),
        ({"expected": math.nan}, MustNotBeNegative),
        ({"expected": 99.0}, NotInOrder),
        ({"name": "basic_share", "low": 0.5, "expected": 0.8, "high": 1.2}, OutOfRange),
    ],
)
def test_figures_without_sense_are_refused(
    shop: Shop, zhou: User, changes: dict[str, Any], refusal: type[BadFigure]
) -> None:
    with pytest.raises(refusal):
        set_input(shop, zhou, **changes)
    assert not CostAssumption.objects.exists()


def test_a_policy_replaces_the_one_before_and_leaves_a_trail(shop: Shop, zhou: User) -> None:
    for hours in (9, 10):
        actions.set_policy(policy=StaffingPolicy(shop=shop, opens_at=hours), by=zhou, at=MONDAY_9AM)

    assert StaffingPolicy.objects.get().opens_at == 10
    entry = AuditEntry.objects.filter(verb="analytics.set-policy").latest("pk")
    assert (entry.details["before"]["opens_at"], entry.details["after"]["opens_at"]) == (9, 10)


def test_people_come_before_they_go(shop: Shop, zhou: User) -> None:
    with pytest.raises(actions.OpensAfterItCloses):
        actions.set_policy(policy=StaffingPolicy(shop=shop, opens_at=9, closes_at=9), by=zhou, at=MONDAY_9AM)
