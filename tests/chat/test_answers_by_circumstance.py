"""One question, several answers: what each customer is told, from the row to the socket."""

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from chat import actions
from chat.models import BotTurn, Conversation, HandOff, Message
from chat.queries.beside import suggested
from chat.queries.reasons import why
from cscore.accounts.models import User
from cscore.commerce.models import Customer, Shop
from kb import actions as kb
from kb.answers import Circumstances, CouponCard, ImageCard, LinkCard, OtherAnswer, ProductCard, Rich
from kb.rules import Draft
from tests.chat.conftest import Open
from tests.factories import (
    MONDAY_9AM,
    make_conversation,
    make_customer,
    make_order,
    make_parcel,
    make_product,
)

QUESTION = "How long does delivery take?"
HOUR = timedelta(hours=1)


def published(shop: Shop, by: User, answer: str, **fields: Any) -> None:
    draft = Draft(fields.pop("key", "delivery"), fields.pop("question", QUESTION), (), answer, **fields)
    kb.publish(versions=kb.save_drafts(shop=shop, drafts=[draft], by=by, at=MONDAY_9AM), by=by, at=MONDAY_9AM)


def told(
    shop: Shop,
    customer: Customer | None = None,
    at: datetime = MONDAY_9AM,
    text: str = QUESTION,
    **fields: Any,
) -> Message:
    """What the bot replies to a customer in a conversation of his own."""
    talk = make_conversation(shop=shop, customer=customer, **{"locale": "en"} | fields)
    actions.hear_customer(visitor=talk.visitor, client_id=uuid.uuid4(), body=text, at=at)
    return Message.objects.get(conversation=talk, author="bot")


@pytest.fixture
def gold(shop: Shop) -> Customer:
    return make_customer(shop=shop, name="Lin", tier="gold")


def other(text: str, **when: Any) -> OtherAnswer:
    return OtherAnswer(text, Circumstances(**when))


def test_a_gold_customer_is_told_the_gold_answer_and_others_the_base_answer(
    shop: Shop, lin: User, gold: Customer
) -> None:
    published(shop, lin, "Two days.", others=(other("One day.", tiers=("gold",)),))

    for_gold, for_all = told(shop, gold), told(shop)

    assert (for_gold.body, for_all.body) == ("One day.", "Two days.")
    assert for_gold.parts[-1]["answer"] == 1
    assert "answer" not in for_all.parts[-1]


def test_an_answer_is_for_the_page_the_customer_is_on_and_the_channel_he_writes_in(
    shop: Shop, lin: User
) -> None:
    make_product(shop=shop, sku="TENT", category="tents")
    others = (
        other("Tents take three days.", categories=("tents",)),
        other("On JD see your order.", channels=("jd",)),
    )
    published(shop, lin, "Two days.", others=others)

    assert told(shop, page={"product": "TENT"}).body == "Tents take three days."
    assert told(shop, channel="jd").body == "On JD see your order."
    assert told(shop, page={"product": "TENT"}, channel="jd").body == "Tents take three days."
    assert told(shop, page={"product": "unheard-of"}).body == "Two days."


def test_when_a_sale_is_over_the_base_answer_is_said_without_a_click(shop: Shop, lin: User) -> None:
    sale = other("Five days during the sale.", begins=MONDAY_9AM, ends=MONDAY_9AM + HOUR)
    published(shop, lin, "Two days.", others=(sale,))

    during, after = told(shop), told(shop, at=MONDAY_9AM + HOUR)

    assert (during.body, after.body) == ("Five days during the sale.", "Two days.")


def test_why_says_which_answer_it_was(shop: Shop, lin: User, gold: Customer) -> None:
    published(shop, lin, "Two days.", others=(other("One day.", tiers=("gold",)),))

    turn = BotTurn.objects.get(reply=told(shop, gold))

    assert turn.candidates[0]["answer"] == 1
    with translation.override("en"):
        assert "Its other answer 1 fitted the customer." in why(turn)


def test_live_values_are_the_customers_own(shop: Shop, lin: User, gold: Customer) -> None:
    order = make_order(customer=gold, number="A100", status="shipped", total=Decimal("59.00"))
    make_parcel(order=order, carrier="SF", tracking_number="SF9", status="in_transit")
    make_order(customer=make_customer(shop=shop), number="B200")
    make_product(shop=shop, sku="TENT", name="Ridge tent", price=Decimal("399.00"), ships_within_hours=48)
    published(
        shop,
        lin,
        "{customer.name} ({customer.tier}): {order.number} of {order.placed_on} over {order.total} is {order.status}; "
        "{parcel.carrier} {parcel.number} {parcel.status}: {parcel.latest}. {product.name} {product.price} in "
        "{product.ships_within}, by {product.ships_by}. {shop.name}",
    )

    said = told(shop, gold, page={"product": "TENT"}).body

    assert said == (
        "Lin (Gold): A100 of June 1 over ¥59.00 is Shipped; SF SF9 In transit: Hangzhou Left the warehouse. "
        f"Ridge tent ¥399.00 in 48 hours, by June 3. {shop.name}"
    )


def test_a_stranger_reads_words_where_values_are_not_known(shop: Shop, lin: User) -> None:
    published(shop, lin, "Hello {customer.name|friend}, {parcel.status}. {product.ships_by}")

    assert told(shop).body == "Hello friend, shown on the order's page. the day shown on the product's page"


def test_an_order_on_whose_page_the_customer_asks_is_meant_if_it_is_his(
    shop: Shop, lin: User, gold: Customer
) -> None:
    make_order(customer=gold, number="OLD-0001", status="completed", placed_at=MONDAY_9AM - HOUR)
    make_order(customer=gold, number="NEW-0002", status="shipped")
    make_order(customer=make_customer(shop=shop), number="NOT-HIS-03")
    published(shop, lin, "It is {order.number}.")

    assert told(shop, gold).body == "It is NEW-0002."
    assert told(shop, gold, page={"order": "OLD-0001"}).body == "It is OLD-0001."
    assert told(shop, gold, page={"order": "NOT-HIS-03"}).body == "It is NEW-0002."


def test_a_value_is_text_whatever_it_says(shop: Shop, lin: User) -> None:
    customer = make_customer(shop=shop, name="<img src=x onerror=alert(1)> {shop.name}")
    published(shop, lin, "", rich=Rich("<p>Hello <b>{customer.name}</b></p>"))

    reply = told(shop, customer)

    assert reply.body == f"Hello {customer.name}"
    [rich] = [part for part in reply.parts if part["kind"] == "rich"]
    assert rich["nodes"] == [
        {"tag": "p", "children": ["Hello ", {"tag": "b", "children": [customer.name]}]},
    ]


def test_words_that_a_value_makes_unlawful_are_said_with_the_fallback(shop: Shop, lin: User) -> None:
    make_product(shop=shop, sku="TENT", name="全网最低价帐篷")
    published(shop, lin, "您看的是{product.name|这款商品}。")

    assert told(shop, page={"product": "TENT"}).body == "您看的是这款商品。"


def test_cards_stand_below_the_answer(shop: Shop, lin: User) -> None:
    make_product(
        shop=shop, sku="TENT", name="Ridge tent", price=Decimal("399.00"), page="https://a.example/tent"
    )
    cards = (
        ProductCard("TENT"),
        ProductCard("sold-out-and-gone"),
        CouponCard("GOLD5", "5 yuan off for {customer.name}", date(2026, 6, 1)),
        CouponCard("OLD", "over", date(2026, 5, 31)),
        LinkCard("https://a.example/size", "Sizes"),
        ImageCard("/static/demo/tent.svg", "A tent"),
    )
    published(shop, lin, "Take this one.", rich=Rich(cards=cards))

    parts = told(shop).parts

    assert [part["kind"] for part in parts] == ["product", "coupon", "link", "image", "source"]
    assert parts[0] == {
        "kind": "product",
        "sku": "TENT",
        "name": "Ridge tent",
        "price": "399.00",
        "image": "",
        "url": "https://a.example/tent",
    }
    assert parts[1] == {
        "kind": "coupon",
        "code": "GOLD5",
        "words": "5 yuan off for dear customer",
        "ends": "2026-06-01",
    }


def test_a_keyword_rules_an_article_out_and_the_decision_is_made_anew(shop: Shop, lin: User) -> None:
    published(shop, lin, "Two days.", negative_keywords=("國外", "abroad"))
    abroad = "How long does delivery abroad take?"
    published(
        shop, lin, "Three weeks.", key="abroad", question="How long does delivery to another country take?"
    )

    reply = told(shop, text=abroad)

    turn = BotTurn.objects.get(reply=reply)
    assert "Two days." not in reply.body
    assert turn.candidates[0]["id"] == "abroad"
    assert {"id": "delivery", "confidence": 0.0, "keyword": "abroad"} in turn.candidates
    with translation.override("en"):
        assert "delivery was ruled out by the keyword “abroad”." in why(turn)


def test_a_keyword_is_found_in_another_script_and_case(shop: Shop, lin: User) -> None:
    published(shop, lin, "两天。", question="快递几天能到？", negative_keywords=("國外", "USA"))

    assert told(shop, text="快递几天能到？").body == "两天。"
    assert told(shop, text="国外快递几天能到？").body != "两天。"
    assert told(shop, text="快递到ｕｓａ几天能到？").body != "两天。"


def test_a_person_is_told_too_and_the_customer_has_his_answer_at_once(
    shop: Shop, lin: User, mei: User
) -> None:
    actions.set_presence(agent=mei, available=True, capacity=5, at=MONDAY_9AM)
    published(shop, lin, "We change the size for you.", tell_person=True)

    reply = told(shop)

    assert reply.body.startswith("We change the size for you.\n\nA colleague will see to this.")
    assert reply.conversation.state == "waiting"
    assert HandOff.objects.get().reason == "follow_up"


def test_when_nobody_is_there_the_person_finds_a_ticket(shop: Shop, lin: User) -> None:
    published(shop, lin, "We change the size for you.", tell_person=True)

    reply = told(shop)

    ticket = reply.conversation.tickets.get()
    assert ticket.reason == QUESTION
    assert reply.body.startswith("We change the size for you.\n\n")
    assert ticket.number in reply.body


def test_an_agent_is_suggested_what_this_customer_would_be_told(
    shop: Shop, lin: User, gold: Customer
) -> None:
    published(shop, lin, "Two days.", others=(other("One day for {customer.name}.", tiers=("gold",)),))
    talk = make_conversation(shop=shop, customer=gold, locale="en")

    [suggestion] = suggested(talk, QUESTION, MONDAY_9AM)

    assert suggestion.answer == "One day for Lin."


def test_nothing_is_looked_up_for_an_answer_that_needs_nothing(shop: Shop, lin: User, gold: Customer) -> None:
    make_product(shop=shop, sku="TENT")
    published(shop, lin, "Two days.")
    told(shop)

    with CaptureQueriesContext(connection) as queries:
        told(shop, gold, page={"product": "TENT"})

    assert not [
        query for query in queries if "commerce_product" in query["sql"] or "commerce_order" in query["sql"]
    ]


def test_a_client_that_ignores_parts_gets_it_all_in_words(shop: Shop, lin: User, customer_page: Open) -> None:
    html = '<h3>Care</h3><ul><li>wash <b>cold</b></li><li><a href="https://a.example/care">more</a></li></ul>'
    published(shop, lin, "", rich=Rich(html, (CouponCard("CARE5", "5 yuan off"),)))
    page = customer_page()

    page.say(QUESTION)

    frame = page.wait("message", seq=2)
    assert frame["body"] == "Care\n• wash cold\n• more (https://a.example/care)"
    rich, coupon, _source = frame["parts"]
    assert rich["text"] == frame["body"]
    assert [node["tag"] for node in rich["nodes"]] == ["h3", "ul"]
    assert coupon == {"kind": "coupon", "code": "CARE5", "words": "5 yuan off", "ends": None}
    assert Conversation.objects.get().state == "bot"
