from decimal import Decimal
from typing import Any

import pytest

from cscore.accounts.models import AuditEntry, User
from cscore.commerce import actions
from cscore.commerce.models import Customer, Order, OrderStatus, ParcelStatus, Shop, Tier
from tests.factories import MONDAY_9AM, make_customer, make_product, make_variant


def li_as_told(shop: Shop, **changes: Any) -> Customer:
    told: dict[str, Any] = {"external_id": "C1001", "name": "Li Na", "phone": "13800138000", "by": None}
    return actions.save_customer(shop=shop, at=MONDAY_9AM, **told | changes)


def order_as_told(shop: Shop, customer: Customer, lines: list[actions.Bought], **changes: Any) -> Order:
    told: dict[str, Any] = {
        "number": "2026-1",
        "status": OrderStatus.PAID,
        "placed_at": MONDAY_9AM,
        "by": None,
    }
    return actions.save_order(shop=shop, customer=customer, lines=lines, at=MONDAY_9AM, **told | changes)


@pytest.fixture
def two_tents(shop: Shop) -> actions.Bought:
    tent = make_variant(product=make_product(shop=shop))
    return actions.Bought(variant=tent, quantity=2, price=Decimal("99.00"))


def test_a_new_shop_gets_a_key_and_keeps_it(db: None) -> None:
    told: dict[str, Any] = {
        "key": "shanye",
        "name": "Shanye",
        "language": "zh-hans",
        "by": None,
        "at": MONDAY_9AM,
    }

    first, again = (actions.save_shop(**told | {"name": name}) for name in ("Shanye", "Shanye Outdoor"))

    assert again.pk == first.pk
    assert again.identity_key == first.identity_key
    assert len(first.identity_key) == 64
    assert again.name == "Shanye Outdoor"


def test_saying_the_same_twice_changes_nothing_and_audits_once(shop: Shop) -> None:
    first, again = li_as_told(shop), li_as_told(shop)

    assert first == again
    assert Customer.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_a_change_is_audited_by_the_names_of_its_fields_alone(shop: Shop, ada: User) -> None:
    li_as_told(shop)

    customer = li_as_told(shop, tier=Tier.VIP, phone="13900139000", by=ada)

    assert (customer.tier, customer.phone) == (Tier.VIP, "13900139000")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.by, entry.verb, entry.shop_key) == (ada, "commerce.save-customer", shop.key)
    assert entry.details == {"fields": ["phone", "tier"]}


@pytest.mark.parametrize("changes", [{"name": ""}, {"tier": "platinum"}, {"phone": "1" * 31}])
def test_a_bad_customer_is_refused_with_the_field_named(shop: Shop, changes: dict[str, str]) -> None:
    with pytest.raises(actions.BadRecord) as refusal:
        li_as_told(shop, **changes)

    assert refusal.value.details["field"] in changes
    assert not Customer.objects.exists()


def test_a_product_comes_with_its_variants(shop: Shop) -> None:
    told: dict[str, Any] = {
        "sku": "TENT",
        "name": "Tent",
        "price": Decimal(399),
        "by": None,
        "at": MONDAY_9AM,
    }
    green = actions.Sold(sku="TENT-G", name="Green", price=Decimal(399), stock=3)
    sold_out = actions.Sold(sku="TENT-G", name="Green", price=Decimal(399), stock=0)

    actions.save_product(shop=shop, variants=[green], **told)
    product = actions.save_product(shop=shop, variants=[sold_out], **told)

    assert [(variant.sku, variant.stock) for variant in product.variants.all()] == [("TENT-G", 0)]
    assert AuditEntry.objects.latest("pk").details == {"fields": ["TENT-G.stock"]}


def test_an_order_sums_its_lines_unless_told_the_total(
    shop: Shop, li: Customer, two_tents: actions.Bought
) -> None:
    assert order_as_told(shop, li, [two_tents]).total == Decimal("198.00")
    assert order_as_told(shop, li, [two_tents], total=Decimal(150)).total == Decimal(150)


def test_a_later_save_moves_the_status_and_leaves_the_lines(
    shop: Shop, li: Customer, two_tents: actions.Bought
) -> None:
    line = order_as_told(shop, li, [two_tents]).lines.get()

    order = order_as_told(shop, li, [two_tents], status=OrderStatus.SHIPPED)

    assert order.status == OrderStatus.SHIPPED
    assert order.lines.get() == line


def test_other_lines_for_an_old_order_are_refused(
    shop: Shop, li: Customer, two_tents: actions.Bought
) -> None:
    order_as_told(shop, li, [two_tents])
    three = actions.Bought(variant=two_tents.variant, quantity=3, price=two_tents.price)

    with pytest.raises(actions.OrderLinesDiffer):
        order_as_told(shop, li, [three], status=OrderStatus.CANCELLED)

    assert Order.objects.get().status == OrderStatus.PAID


def test_an_order_of_nothing_is_refused(shop: Shop, li: Customer, two_tents: actions.Bought) -> None:
    none_of_it = actions.Bought(variant=two_tents.variant, quantity=0, price=two_tents.price)

    for lines in ([], [none_of_it]):
        with pytest.raises(actions.NothingBought):
            order_as_told(shop, li, lines)


def test_an_order_across_shops_is_refused(
    shop: Shop, other_shop: Shop, li: Customer, two_tents: actions.Bought
) -> None:
    for where, whose in ((other_shop, li), (other_shop, make_customer(shop=other_shop))):
        with pytest.raises(actions.ForeignRow):
            order_as_told(where, whose, [two_tents])


def test_a_parcels_news_are_kept_newest_first(order: Order) -> None:
    news = [
        {"at": "2026-06-01T09:00:00+08:00", "place": "Hangzhou", "text": "Collected"},
        {"at": "2026-06-02T09:00:00+08:00", "place": "Shanghai", "text": "Out for delivery"},
    ]

    parcel = actions.save_parcel(
        order=order,
        carrier="SF Express",
        tracking_number="SF1234567890",
        status=ParcelStatus.OUT_FOR_DELIVERY,
        events=news,
        updated_at=MONDAY_9AM,
        by=None,
        at=MONDAY_9AM,
    )

    assert [event["text"] for event in parcel.events] == ["Out for delivery", "Collected"]
    assert order.parcels.get() == parcel


@pytest.mark.parametrize(
    "event",
    [
        {"at": "2026-06-01T09:00:00+08:00", "place": "Hangzhou"},
        {"at": "2026-06-01T09:00:00+08:00", "place": "Hangzhou", "text": 7},
        {"at": "2026-06-01T09:00:00", "place": "Hangzhou", "text": "Collected"},
        {"at": "yesterday", "place": "Hangzhou", "text": "Collected"},
    ],
)
def test_news_of_another_shape_are_refused(order: Order, event: dict[str, Any]) -> None:
    with pytest.raises(actions.BadRecord):
        actions.save_parcel(
            order=order,
            carrier="SF Express",
            tracking_number="SF1",
            status=ParcelStatus.COLLECTED,
            events=[event],
            updated_at=MONDAY_9AM,
            by=None,
            at=MONDAY_9AM,
        )
