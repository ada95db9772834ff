"""Builds a turn from the conversation as it stands, and lets the bot answer it in the customer's language."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property

from django.utils import translation

from chat.bot import pipeline
from chat.bot.handing_over import hand_over
from chat.bot.memory import Memory
from chat.bot.turn import Reply, Turn
from chat.models import Conversation, HandOffReason, State
from chat.queries.cases import case_of_photo
from chat.queries.hearing import ListensTo
from chat.queries.queue import present_agents
from chat.queries.telling import Teller
from cscore.commerce import queries as commerce
from cscore.commerce.models import Order
from cscore.commerce.queries import OrderCard
from kb import live
from kb.matching import Match
from kb.queries import LiveAnswer

logger = logging.getLogger(__name__)
ORDERS_OFFERED = 3


def reply_to(
    conversation: Conversation, *, text: str, choice: str, at: datetime, photo: bool = False
) -> Reply | None:
    """What the bot says; None when it has nothing to say in this state. Never raises: it hands over instead."""
    someone_there = cache(lambda: bool(present_agents(conversation.shop, at=at)))
    if conversation.state == State.HUMAN or (conversation.state == State.WAITING and someone_there()):
        return None
    steps = pipeline.STEPS if conversation.state == State.BOT else pipeline.STEPS_MEANWHILE
    knowledge = LazyKnowledge(conversation.shop_id)
    turn = Turn(
        text=text,
        choice=choice,
        knowledge=knowledge,
        orders=CustomersOrders(conversation),
        memory=Memory.from_json(conversation.bot_memory),
        signed_in=conversation.customer_id is not None,
        presence=someone_there,
        mood=ListensTo(conversation, at),
        tell=Teller(conversation, at),
        photo=photo,
        case=_case(conversation) if photo else "",
    )
    with translation.override(conversation.locale):
        try:
            return knowledge.signed(pipeline.answer(turn, steps))
        except Exception:  # whatever breaks in the bot, the customer gets a person
            logger.exception("The bot failed in conversation %s.", conversation.pk)
            return hand_over(turn, "broken", HandOffReason.TOOL_FAILURE)


def _case(conversation: Conversation) -> str:
    case = case_of_photo(conversation)
    return case.number if case else ""


class LazyKnowledge:
    """The shop's live knowledge, asked for at the first need; one question is matched once in a turn."""

    def __init__(self, shop_id: int) -> None:
        self._shop_id = shop_id
        self.match = cache(self._match)

    @cached_property
    def _live(self) -> live.Knowledge:
        return live.knowledge(self._shop_id)

    def signed(self, reply: Reply | None) -> Reply | None:
        """The reply with the release and thresholds it was made under, if the knowledge was asked at all."""
        if reply is None or "_live" not in self.__dict__:
            return reply
        thresholds = self._live.thresholds
        marks = {"answer": thresholds.answer, "offer": thresholds.offer}
        return replace(reply, release=self._live.release, thresholds=marks)

    def answer(self, key: str) -> LiveAnswer | None:
        return self._live.answer(key)

    def _match(self, text: str, previous: str = "") -> Match:
        return self._live.match(text, previous=previous)


@dataclass(frozen=True)
class CustomersOrders:
    """The orders that the customer of one conversation may ask about."""

    conversation: Conversation

    def find(self, text: str) -> OrderCard | None:
        return commerce.find_order(self.conversation.shop, self.conversation.customer, text)

    def by_id(self, order_id: int | None) -> OrderCard | None:
        if order_id is None:
            return None
        row = Order.objects.filter(shop=self.conversation.shop, pk=order_id).with_contents().first()
        return commerce.order_card(row) if row else None

    def recent(self) -> Sequence[OrderCard]:
        customer = self.conversation.customer
        return commerce.recent_orders(customer, ORDERS_OFFERED) if customer else ()
