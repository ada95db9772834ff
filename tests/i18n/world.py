"""A shop whose every word is in one language, so that a word of the other on a page is a leftover."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chat import actions as chat
from chat.models import Conversation
from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.commerce.models import Shop
from kb import actions as kb
from tests.factories import (
    MONDAY_9AM,
    make_customer,
    make_order,
    make_parcel,
    make_person,
    make_product,
    make_shop,
    make_variant,
)
from tickets import actions as tickets
from tickets.models import Kind, Origin, State, Ticket

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh-hans": {
        "shop": "山野集",
        "person": "小美",
        "customer": "李娜",
        "product": "双人帐篷",
        "variant": "绿色",
        "carrier": "顺丰速运",
        "place": "杭州",
        "news": "已离开仓库",
        "category": "物流",
        "question": "多久能到？",
        "answer": "两到四天送达。",
        "asked": "你们几点下班",
        "reason": "拉链坏了",
        "word": "全网第一",
    },
    "en": {
        "shop": "Harbour Home",
        "person": "May",
        "customer": "Lena Lee",
        "product": "Two-person tent",
        "variant": "Green",
        "carrier": "SF Express",
        "place": "Hangzhou",
        "news": "Left the warehouse",
        "category": "Delivery",
        "question": "How long does delivery take?",
        "answer": "Two to four days.",
        "asked": "When do you close?",
        "reason": "The zip is broken.",
        "word": "best in the world",
    },
}


@dataclass(frozen=True)
class World:
    """A shop with one of everything that a page shows."""

    language: str
    shop: Shop
    lead: User
    ticket: Ticket
    conversation: Conversation

    def person(self, role: Role, **fields: Any) -> User:
        name = WORDS[self.language]["person"]
        return make_person(username=f"the-{role}", display_name=name, role=role, shops=(self.shop,), **fields)


def a_shop_in(language: str) -> World:
    words = WORDS[language]
    shop = make_shop(key="the-shop", name=words["shop"], language=language)
    lead = make_person(username="the-first", display_name=words["person"], role=Role.LEAD, shops=(shop,))
    ticket = _a_case(shop, lead, words)
    _an_article(shop, lead, words)
    shop.wording_rules.create(key="first-rule", family="absolute", words=words["word"], updated_at=MONDAY_9AM)
    return World(language, shop, lead, ticket, _a_chat(shop, lead, words))


def _a_case(shop: Shop, lead: User, words: Mapping[str, str]) -> Ticket:
    customer = make_customer(shop=shop, name=words["customer"], city=words["place"], external_id="C-1")
    tent = make_product(shop=shop, sku="TENT-2", name=words["product"], category=words["category"])
    order = make_order(customer=customer, variants=(make_variant(product=tent, name=words["variant"]),))
    event = {"at": MONDAY_9AM.isoformat(), "place": words["place"], "text": words["news"]}
    make_parcel(order=order, carrier=words["carrier"], events=[event])
    ticket = tickets.open_ticket(
        shop=shop,
        kind=Kind.DAMAGED,
        reason=words["reason"],
        customer=customer,
        order=order,
        item=order.lines.first(),
        origin=Origin.STAFF,
        origin_ref="",
        by=lead,
        at=MONDAY_9AM,
    )
    tickets.assign(ticket=ticket, to=lead, by=lead, at=MONDAY_9AM)
    tickets.move(ticket=ticket, to=State.WORKING, by=lead, at=MONDAY_9AM, note=words["news"])
    return ticket


def _an_article(shop: Shop, lead: User, words: Mapping[str, str]) -> None:
    """Live, and with a later draft that says what a wording rule knows."""
    category = shop.categories.create(name=words["category"])
    text = {"key": "how-long", "category": category, "question": words["question"], "phrasings": ()}
    live = kb.save_draft(shop=shop, by=lead, at=MONDAY_9AM, answer=words["answer"], **text)
    kb.publish(versions=[live], by=lead, at=MONDAY_9AM)
    text |= {"answer": words["answer"] + words["word"], "article": live.article}
    kb.save_draft(shop=shop, by=lead, at=MONDAY_9AM, **text)


def _a_chat(shop: Shop, lead: User, words: Mapping[str, str]) -> Conversation:
    """Asked, handed over, taken by the lead, answered and rated."""
    visitor = chat.meet(shop=shop, token=None, identity=None, at=MONDAY_9AM).visitor
    heard = chat.hear_customer(visitor=visitor, client_id=uuid.uuid4(), body=words["asked"], at=MONDAY_9AM)
    chat.ask_for_person(visitor=visitor, client_id=uuid.uuid4(), at=MONDAY_9AM)
    chat.take(conversation=heard.conversation, by=lead, at=MONDAY_9AM)
    chat.say(
        conversation=heard.conversation, client_id=uuid.uuid4(), body=words["answer"], by=lead, at=MONDAY_9AM
    )
    return Conversation.objects.get(pk=heard.conversation.pk)
