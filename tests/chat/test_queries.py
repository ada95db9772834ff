"""Who is in the inbox, and who is before whom."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from chat import actions
from chat.models import Conversation, State, Visitor
from chat.queries import inbox
from chat.queries.inbox import whole_inbox
from chat.queries.queue import standing
from cscore.accounts.models import User
from cscore.commerce.models import Shop, Tier
from tests.factories import MONDAY_9AM, make_customer

MINUTE = timedelta(minutes=1)


@pytest.fixture
def visitor(shop: Shop) -> Visitor:
    return actions.meet(shop=shop, token=None, identity=None, at=MONDAY_9AM).visitor


def chat(visitor: Visitor, state: State, *, active_at: datetime, tier: Tier | None = None) -> Conversation:
    """A chat in which one thing was said; one that waits does so since then."""
    customer = make_customer(shop=visitor.shop, tier=tier) if tier else None
    return Conversation.objects.create(
        shop=visitor.shop,
        visitor=visitor,
        customer=customer,
        state=state,
        locale="en",
        last_seq=1,
        opened_at=active_at,
        active_at=active_at,
        waiting_since=active_at if state == State.WAITING else None,
    )


def test_however_many_newer_chats_there_are_who_waits_longest_is_in_the_inbox(
    visitor: Visitor, omar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST_ROWS", 3)
    first, second = (
        chat(visitor, State.WAITING, active_at=MONDAY_9AM + minutes * MINUTE) for minutes in range(2)
    )
    for minutes in range(2, 6):
        chat(visitor, State.BOT, active_at=MONDAY_9AM + minutes * MINUTE)

    rows = whole_inbox(omar)

    assert [row.conversation for row in rows[:2]] == [first.pk, second.pk]
    assert len(rows) == 3


def test_everyone_who_waits_is_told_his_place_in_the_order_of_the_queue(
    visitor: Visitor, shop: Shop, other_shop: Shop
) -> None:
    tiers: list[Tier | None] = [*Tier, None]
    for minutes, tier in product(range(0, 12, 3), tiers):
        chat(visitor, State.WAITING, active_at=MONDAY_9AM + minutes * MINUTE, tier=tier)
    elsewhere = actions.meet(shop=other_shop, token=None, identity=None, at=MONDAY_9AM).visitor
    chat(elsewhere, State.WAITING, active_at=MONDAY_9AM - MINUTE)
    waiting = Conversation.objects.filter(shop=shop)
    keys = sorted(map(queue_key, waiting))

    places = {one.pk: standing(one, at=MONDAY_9AM).ahead for one in waiting}

    assert places == {one.pk: keys.index(queue_key(one)) for one in waiting}


def queue_key(conversation: Conversation) -> datetime:
    head_start = {Tier.SILVER: 1, Tier.GOLD: 3, Tier.VIP: 8}
    minutes = head_start.get(Tier(conversation.customer.tier), 0) if conversation.customer else 0
    assert conversation.waiting_since
    return conversation.waiting_since - minutes * MINUTE
