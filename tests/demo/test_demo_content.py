"""The demo shops' content is whole: it can be loaded as it stands and says nothing a shop may not say."""

import re
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from defusedxml import ElementTree

from tests.demo.content import (
    ARTICLES,
    ROOT,
    SHOPS,
    VISITS,
    hours_old_at_midnight,
    lines,
    of_shop,
    rows,
    turns,
)

STATIC = ROOT / "cscore" / "commerce" / "static"
WITH_PARCEL = {"shipped": {"collected", "in_transit", "out_for_delivery", "exception"}}
WITH_PARCEL |= {status: {"delivered"} for status in ("delivered", "completed", "refunding", "refunded")}
WITHOUT_PARCEL = {"pending_payment", "paid", "cancelled", "refunded"}
# What advertising law calls absolute, and ways out of the shop's own checkout.
UNLAWFUL = re.compile(
    r"最[佳优好强高低大新]|第一|唯一|国家级|世界级|顶级|极致|百分百|100%|绝对|永久|万能|加微|加V|QQ|私下付"
)


def bare(text: str) -> str:
    """The text without case, width and punctuation."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def test_every_shop_has_a_catalogue_customers_orders_articles_and_visits() -> None:
    counted = {
        shop: [len(of_shop(name, shop)) for name in ("products.json", "customers.json", "orders.json")]
        + [len(rows(ARTICLES[shop])), len(rows(VISITS[shop]))]
        for shop in SHOPS
    }

    assert [shop["key"] for shop in rows("shops.json")] == list(SHOPS)
    assert counted == {"shanye": [12, 40, 120, 85, 232], "harbor": [4, 6, 10, 12, 14]}


@pytest.mark.parametrize(("shop", "fewest"), [("shanye", 6), ("harbor", 5)])
def test_every_article_has_enough_wordings_and_an_answer_of_readable_length(shop: str, fewest: int) -> None:
    articles = rows(ARTICLES[shop])

    assert len({article["id"] for article in articles}) == len(articles)
    assert [a["id"] for a in articles if not fewest <= len(a["variants"]) <= 9] == []
    assert [
        a["id"] for a in articles if not 40 <= len(a["answer"]) <= (160 if shop == "shanye" else 320)
    ] == []


def test_every_category_has_six_to_nine_articles() -> None:
    sizes = Counter(article["category"] for article in rows("articles.jsonl"))

    assert len(sizes) == 10
    assert all(6 <= size <= 9 for size in sizes.values())


@pytest.mark.parametrize("shop", SHOPS)
def test_no_two_wordings_are_the_same_but_for_punctuation(shop: str) -> None:
    wordings = Counter(bare(text) for a in rows(ARTICLES[shop]) for text in (a["question"], *a["variants"]))

    assert [text for text, times in wordings.items() if times > 1] == []


def test_the_questions_that_test_the_answers_are_not_wordings_of_the_articles() -> None:
    articles = rows("articles.jsonl")
    known = {bare(text) for article in articles for text in (article["question"], *article["variants"])}
    asked = lines(ROOT / "tests" / "kb" / "unseen_questions.jsonl")

    assert [row["text"] for row in asked if bare(row["text"]) in known] == []
    assert {row["expected"] for row in asked} == {article["id"] for article in articles} | {None}
    assert Counter(row["kind"] for row in asked) == {"in": 155, "other": 50}
    assert all((row["expected"] is None) == (row["kind"] == "other") for row in asked)


def test_nothing_a_shop_says_is_unlawful() -> None:
    said = [a["answer"] for name in ARTICLES.values() for a in rows(name)]
    said += [product["name"] + product["description"] for product in rows("products.json")]
    said += [
        turn["agent"] for name in (*VISITS.values(), "open_visits.jsonl") for turn in turns(name, "agent")
    ]

    assert len(said) > 200
    assert [text for text in said if UNLAWFUL.search(text)] == []


def test_visits_do_not_repeat_the_wordings_of_the_articles() -> None:
    known = {bare(text) for a in rows("articles.jsonl") for text in (a["question"], *a["variants"])}

    assert [t["say"] for t in turns("conversations.jsonl", "say") if bare(t["say"]) in known] == []


def test_products_have_distinct_skus_prices_of_two_places_and_a_picture() -> None:
    products = rows("products.json")
    variants = [variant for product in products for variant in product["variants"]]
    priced = [*products, *variants]

    assert len({row["sku"] for row in priced}) == len(priced)
    assert all(Decimal(row["price"]).as_tuple().exponent == -2 for row in priced)
    assert all(variant["stock"] >= 0 for variant in variants)
    assert [p["sku"] for p in products if not (STATIC / p["image"]).is_file()] == []


@pytest.mark.parametrize("picture", sorted(STATIC.glob("commerce/demo/*.svg")), ids=lambda path: path.stem)
def test_every_picture_is_small_sound_and_only_a_drawing(picture: Path) -> None:
    drawing = ElementTree.parse(picture).getroot()
    tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}

    assert picture.stat().st_size < 4096
    assert drawing.get("viewBox")
    assert tags <= {"svg", "rect", "path", "circle"}


def test_customers_are_distinct_and_their_telephones_belong_to_nobody() -> None:
    customers = rows("customers.json")

    assert len({customer["external_id"] for customer in customers}) == len(customers)
    assert all(re.fullmatch(r"1540000\d{4}", customer["phone"]) for customer in customers)
    assert len({customer["phone"] for customer in customers}) == len(customers)
    assert {customer["tier"] for customer in customers} == {"regular", "silver", "gold", "vip"}
    assert all(date.fromisoformat(customer["member_since"]) < date(2026, 1, 1) for customer in customers)


@pytest.mark.parametrize("shop", SHOPS)
def test_every_order_is_of_a_known_customer_and_known_goods(shop: str) -> None:
    customers = {customer["external_id"] for customer in of_shop("customers.json", shop)}
    goods = {
        v["sku"] for product in of_shop("products.json", shop) for v in product["variants"] if v["stock"]
    }
    orders = of_shop("orders.json", shop)

    assert len({order["number"] for order in orders}) == len(orders)
    assert {order["customer"] for order in orders} <= customers
    assert {line["variant"] for order in orders for line in order["lines"]} <= goods
    assert all(order["lines"] and line["quantity"] >= 1 for order in orders for line in order["lines"])


def test_an_order_has_a_parcel_where_its_status_says_so() -> None:
    for order in rows("orders.json"):
        if order["parcel"]:
            assert order["parcel"]["status"] in WITH_PARCEL[order["status"]], order["number"]
        else:
            assert order["status"] in WITHOUT_PARCEL, order["number"]


def test_parcel_news_is_newest_first_and_never_older_than_its_order() -> None:
    for order in rows("orders.json"):
        if not order["parcel"]:
            continue
        ages = [event["hours_ago"] for event in order["parcel"]["events"]]

        assert ages == sorted(ages), order["number"]
        assert ages[0] > 0, order["number"]
        assert ages[-1] <= hours_old_at_midnight(order["days_ago"], order["hour"]), order["number"]


def test_some_parcels_are_late_and_some_in_trouble() -> None:
    parcels = [order["parcel"] for order in of_shop("orders.json", "shanye") if order["status"] == "shipped"]

    assert sum(parcel["status"] == "exception" for parcel in parcels) >= 3
    assert sum(p["status"] == "in_transit" and p["events"][0]["hours_ago"] > 96 for p in parcels) >= 3


def test_nobody_waits_for_payment_longer_than_the_shop_says() -> None:
    unpaid = [order for order in rows("orders.json") if order["status"] == "pending_payment"]

    assert unpaid
    assert all(hours_old_at_midnight(order["days_ago"], order["hour"]) + 24 <= 48 for order in unpaid)
