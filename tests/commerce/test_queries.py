from decimal import Decimal

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from cscore.commerce import queries
from cscore.commerce.models import Customer, Order, OrderStatus, Shop
from tests.factories import MONDAY_9AM, make_customer, make_order, make_parcel, make_product, make_variant


def test_the_customers_card_counts_what_was_paid_and_kept(
    li: Customer, order: Order, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for status in queries.NOT_SPENT:
        make_order(customer=li, status=status, total=Decimal(1000))

    with django_assert_num_queries(1):
        card = queries.customer_card(li)

    assert (card.name, card.phone, card.orders_count, card.spent) == (
        "Li Na",
        "138****8000",
        4,
        Decimal("468.00"),
    )


def test_the_card_of_a_customer_without_orders_says_zero(li: Customer) -> None:
    card = queries.customer_card(li)

    assert (card.orders_count, card.spent, card.as_fields()["spent"]) == (0, 0, "0")


def test_an_order_crosses_as_the_protocols_part(shop: Shop, li: Customer, order: Order) -> None:
    with translation.override("en"):
        [card] = queries.recent_orders(li, 5)
        part = card.as_part()

    assert part == {
        "kind": "order",
        "number": "202606010001",
        "status": "shipped",
        "status_name": "Shipped",
        "placed_at": "2026-06-01T01:00:00+00:00",
        "total": "468.00",
        "items": [
            {"name": "Two-person tent Green", "quantity": 1, "image": ""},
            {"name": "Camping lamp Warm light", "quantity": 1, "image": ""},
        ],
    }


def test_a_parcel_crosses_as_the_protocols_part(li: Customer, order: Order) -> None:
    with translation.override("en"):
        [parcel] = queries.recent_orders(li, 5)[0].parcels
        part = parcel.as_part()

    assert part == {
        "kind": "parcel",
        "carrier": "SF Express",
        "tracking_number": "SF1234567890",
        "status": "in_transit",
        "status_name": "In transit",
        "events": [{"at": MONDAY_9AM.isoformat(), "place": "Hangzhou", "text": "Left the warehouse"}],
    }


def test_the_desks_row_adds_ids_lines_and_parcels(li: Customer, order: Order) -> None:
    row = queries.recent_orders(li, 5)[0].as_desk_row()

    assert row["id"] == order.pk
    assert [line["id"] for line in row["lines"]] == list(order.lines.values_list("pk", flat=True))
    assert [parcel["tracking_number"] for parcel in row["parcels"]] == ["SF1234567890"]


@pytest.mark.parametrize("orders", [1, 4])
def test_recent_orders_take_three_queries_however_many(
    li: Customer, orders: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(orders):
        make_parcel(order=make_order(customer=li))

    with django_assert_num_queries(3):
        assert len(queries.recent_orders(li, 10)) == orders


@pytest.mark.parametrize(
    "text",
    [
        "202606010001",
        "我的订单202606010001到哪了？",
        "订单２０２６０６０１０００１",
        "parcel SF1234567890 please",
        "快递sf1234567890一直没动",
    ],
)
def test_a_known_customer_finds_his_order_by_its_or_its_parcels_number(
    shop: Shop, li: Customer, order: Order, text: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        card = queries.find_order(shop, li, text)

    assert card is not None
    assert card.number == order.number


@pytest.mark.parametrize("text", ["", "我的快递到哪了", "202606010002", "2026", "SF12345678901"])
def test_a_text_without_the_number_finds_nothing(shop: Shop, li: Customer, order: Order, text: str) -> None:
    assert queries.find_order(shop, li, text) is None


def test_a_known_customer_never_finds_anothers_order(shop: Shop, order: Order) -> None:
    neighbour = make_customer(shop=shop)

    assert queries.find_order(shop, neighbour, "202606010001 8000") is None


def test_another_shop_never_finds_the_order(other_shop: Shop, order: Order) -> None:
    assert queries.find_order(other_shop, None, "202606010001 8000") is None


@pytest.mark.parametrize(
    "text", ["202606010001 8000", "订单202606010001，手机尾号8000", "202606010001, 13800138000"]
)
def test_a_stranger_finds_an_order_with_its_number_and_phone(shop: Shop, order: Order, text: str) -> None:
    card = queries.find_order(shop, None, text)

    assert card is not None
    assert card.number == order.number


@pytest.mark.parametrize(
    "text",
    [
        "202606010001",
        "202606010001 8001",
        "202606010001 000",
        "202606010001 80001",
        "202606010001 138001380001",
    ],
)
def test_a_strangers_number_without_the_right_phone_finds_nothing(
    shop: Shop, order: Order, text: str
) -> None:
    assert queries.find_order(shop, None, text) is None


def test_the_end_of_the_orders_own_number_is_no_phone(shop: Shop, order: Order) -> None:
    make_order(customer=make_customer(shop=shop, phone="13911110007"), number="202606020007")

    assert queries.find_order(shop, None, "202606020007") is None


def test_an_order_of_a_customer_without_a_phone_opens_for_no_stranger(shop: Shop) -> None:
    make_order(customer=make_customer(shop=shop, phone=""), number="202606030001")

    assert queries.find_order(shop, None, "202606030001 0000") is None


def test_a_text_full_of_numbers_is_read_up_to_a_limit() -> None:
    text = " ".join(f"ab{n:08d}" for n in range(1000))

    assert len(queries.numbers_in(text)) == 2 * queries.MOST_NUMBERS


def test_a_products_picture_is_a_static_file_or_a_full_address() -> None:
    assert queries.picture("") == ""
    assert queries.picture("commerce/demo/SY-TENT.svg") == "/static/commerce/demo/SY-TENT.svg"
    assert queries.picture("https://img.example.com/1.jpg") == "https://img.example.com/1.jpg"


def test_an_order_shows_its_pictures(shop: Shop, li: Customer) -> None:
    mug = make_product(shop=shop, image="commerce/demo/HP-MUG.svg")
    make_order(customer=li, variants=(make_variant(product=mug),), status=OrderStatus.PAID)

    [card] = queries.recent_orders(li, 1)

    assert card.lines[0].image == "/static/commerce/demo/HP-MUG.svg"
