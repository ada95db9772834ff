"""From a shop's own inputs to savings on a page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from analytics.models import CostAssumption
from analytics.queries import policies
from analytics.reports.savings import own_data, savings_report
from analytics.savings.names import DEFAULTS, GROUPS, REQUIRED, CostInput
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.demo import costs
from cscore.demo.stock import World
from tests.analytics.visits import visit

INPUTS = "analytics:cost_inputs"
TYPED = {
    "wages-expected": "1000000",
    "eligible_share-low": "50",
    "eligible_share-expected": "60",
    "eligible_share-high": "70",
    "answer_quality-expected": "70",
    "recontact_share-expected": "10",
    "complexity_factor-expected": "1.2",
    "realisation-expected": "75",
}


def test_every_input_has_its_place_on_the_page_and_is_required_or_has_a_default() -> None:
    shown = [name for _, names in GROUPS for name in names]

    assert sorted(shown) == sorted(CostInput)
    assert {name.value for name in REQUIRED} | set(DEFAULTS) == set(CostInput.values)


def test_the_page_asks_for_what_is_missing(analyst: Client) -> None:
    page = analyst.get(reverse("analytics:savings")).content.decode()

    assert "Tell us your costs first" in page
    assert "Wages" in page
    assert reverse(INPUTS) in page


def test_typed_inputs_become_savings_with_every_step_shown(analyst: Client, shop: Shop) -> None:
    kept = analyst.post(reverse(INPUTS), TYPED)

    assert kept.status_code == 302
    row = CostAssumption.objects.get(shop=shop, name="eligible_share")
    assert (row.low, row.expected, row.high) == pytest.approx((0.5, 0.6, 0.7))
    assert CostAssumption.objects.get(name="wages").low == 1_000_000
    page = analyst.get(reverse("analytics:savings")).content.decode()
    assert "60.00% × 70.00% × (1 − 10.00%)" in page
    assert "Cannot tell yet" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"wages-expected": "-5"}, "greater than or equal to 0"),
        ({"eligible_share-expected": "130"}, "less than or equal to 100"),
        ({"eligible_share-expected": "80"}, "must lie between the low and the high one"),
        ({"eligible_share-expected": ""}, "The expected figure is missing."),
    ],
)
def test_a_bad_input_keeps_nothing_and_says_why(analyst: Client, changes: dict[str, str], said: str) -> None:
    page = analyst.post(reverse(INPUTS), TYPED | changes)

    assert page.status_code == 200
    assert said in page.content.decode()
    assert not CostAssumption.objects.exists()


def test_a_lead_reads_the_savings_and_changes_no_input(client: Client, omar: User) -> None:
    client.force_login(omar)

    assert client.get(reverse("analytics:savings")).status_code == 200
    assert client.get(reverse(INPUTS)).status_code == 403
    assert client.post(reverse(INPUTS), TYPED).status_code == 403


def test_inputs_of_another_shop_cannot_be_set(analyst: Client, other_shop: Shop) -> None:
    assert analyst.post(f"{reverse(INPUTS)}?shop={other_shop.key}", TYPED).status_code == 404


def test_what_the_conversations_show_goes_beside_what_is_assumed(shop: Shop) -> None:
    at = clock.now()
    for number, script in enumerate(("c answer", "c answer", "c answer", "c hand_over a")):
        visit(shop, script, at=at - timedelta(days=5, hours=number))

    own = own_data(shop, at=at, zone=at.tzinfo)
    eligible = own.of(CostInput.ELIGIBLE_SHARE)
    assert eligible is not None
    assert (eligible.share.numerator, eligible.share.denominator) == (3, 4)
    assert (own.automated.numerator, own.automated.denominator) == (3, 4)
    assert own.days == 6


def test_the_demo_shop_knows_its_costs(shop: Shop) -> None:
    world = World({shop.key: shop}, {}, {}, clock.now())

    count = costs.load(world)

    assert count == CostAssumption.objects.filter(shop=shop).count() == 23
    expected = policies.case_range(policies.assumptions(shop)).expected
    assert expected.wages == 6 * 6500 * 12
    report = savings_report(shop, at=clock.now(), zone=clock.now().tzinfo)
    assert report.range is not None
    assert report.simulated is not None
    low, middle, high = (getattr(report.range, case).yearly_net for case in ("low", "expected", "high"))
    assert low < report.simulated.yearly_net.p50 < high
    assert low < middle < high
