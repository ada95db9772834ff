"""The verbs, as the sockets and the demo's loader call them."""

import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.deletion import Collector

from chat import actions
from chat.actions.refusals import Taken
from chat.actions.tidying import close_quiet, drop_empty
from chat.bot.turn import Reply
from chat.models import Author, BotTurn, Conversation, HandOff, Message, State, Visitor
from cscore.accounts.models import AuditEntry, User
from cscore.commerce import identity
from cscore.commerce.models import Customer, Order, Shop
from cscore.compliance.actions import NotSayable
from tests.factories import MONDAY_9AM
from tickets.models import Ticket

MINUTE = timedelta(minutes=1)
Say = Callable[..., Conversation]


@pytest.fixture
def lis_visit(shop: Shop, li: Customer, order: Order) -> Visitor:
    token = identity.sign(shop=shop, external_id=li.external_id, at=MONDAY_9AM)
    return actions.meet(shop=shop, token=None, identity=token, at=MONDAY_9AM).visitor


@pytest.fixture
def say(lis_visit: Visitor) -> Say:
    """Li says something; returns the conversation as it is afterwards."""

    def say(body: str, *, at: object = MONDAY_9AM, choice: str = "") -> Conversation:
        client_id = uuid.uuid4()
        if choice:
            heard = actions.choose(visitor=lis_visit, client_id=client_id, choice=choice, at=at)
        else:
            heard = actions.hear_customer(visitor=lis_visit, client_id=client_id, body=body, at=at)
        heard.conversation.refresh_from_db()
        return heard.conversation

    return say


@pytest.fixture
def mei_there(mei: User) -> User:
    actions.set_presence(agent=mei, available=True, capacity=5, at=MONDAY_9AM)
    return mei


def last(conversation: Conversation, author: str = Author.BOT) -> str:
    return str(conversation.messages.filter(author=author).order_by("-seq")[0].body)


def test_a_hand_over_stores_its_reason_and_the_question(say: Say, mei_there: User) -> None:
    conversation = say("does the tent have two doors")

    handed = HandOff.objects.get()
    assert (conversation.state, conversation.waiting_since) == (State.WAITING, MONDAY_9AM)
    assert (handed.reason, handed.question) == ("missing_knowledge", "does the tent have two doors")


def test_every_turn_of_the_bot_keeps_its_reasons(say: Say) -> None:
    conversation = say("hello")

    turn = BotTurn.objects.get()
    assert (turn.step, turn.decision) == ("small_talk", "talk")
    assert (turn.message.seq, turn.reply.seq if turn.reply else 0) == (1, 2)
    assert conversation.unanswered_since is None


def test_the_clock_of_people_starts_at_the_hand_over(say: Say, mei_there: User) -> None:
    conversation = say("please, a real person")
    actions.take(conversation=conversation, by=mei_there, at=MONDAY_9AM + MINUTE)

    said = actions.say(
        conversation=conversation,
        by=mei_there,
        client_id=uuid.uuid4(),
        body="Hi!",
        at=MONDAY_9AM + 2 * MINUTE,
    )

    bots = conversation.messages.get(author=Author.BOT)
    assert said.reply_seconds == 120
    assert bots.reply_seconds is not None
    assert bots.reply_seconds < 10


def test_when_nobody_is_there_the_customer_is_told_and_gets_a_ticket_once(say: Say) -> None:
    conversation = say("does the tent have two doors")
    again = say("please, a real person", at=MONDAY_9AM + MINUTE)

    ticket = Ticket.objects.get()
    assert (ticket.kind, ticket.reason, ticket.origin) == ("callback", "does the tent have two doors", "bot")
    assert ticket.number in last(conversation)
    assert list(conversation.tickets.all()) == [ticket]
    assert again.state == State.WAITING


def test_an_after_sale_talk_ends_in_a_ticket_about_order_item_and_reason(say: Say, order: Order) -> None:
    say("我要退货")
    say("", choice=f"order:{order.number}")
    lamp = order.lines.order_by("pk").last()
    assert lamp is not None
    say("", choice=f"item:{lamp.pk}")
    say("太亮了")
    conversation = say("没有照片")

    ticket = Ticket.objects.get()
    assert (ticket.kind, ticket.order, ticket.item, ticket.reason) == ("return", order, lamp, "太亮了")
    assert ticket.number in last(conversation)
    assert conversation.messages.get(seq=conversation.last_seq).parts[0]["number"] == ticket.number
    assert conversation.state == State.BOT


def test_where_is_my_order_is_answered_with_cards(say: Say, order: Order) -> None:
    conversation = say("我的快递到哪了")

    reply = conversation.messages.get(seq=2)
    assert [part["kind"] for part in reply.parts] == ["order", "parcel"]
    assert order.number in reply.body


def test_the_bots_words_are_dropped_when_an_agent_took_the_chat_meanwhile(
    say: Say, omar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = say("hello")
    actions.set_presence(agent=omar, available=True, capacity=5, at=MONDAY_9AM)

    def thinks_too_long(chat: Conversation, **_: object) -> Reply:
        actions.take(conversation=chat, by=omar, at=MONDAY_9AM)
        return Reply("small_talk", "talk", "too late")

    monkeypatch.setattr("chat.actions.hearing.reply_to", thinks_too_long)
    say("hello?")

    said = list(conversation.messages.order_by("seq").values_list("author", flat=True))
    assert said == ["customer", "bot", "system", "customer"]
    assert not conversation.messages.filter(body="too late").exists()


def test_what_is_said_while_a_chat_is_being_closed_opens_the_next_one(
    say: Say, omar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = say("hello")

    def thinks_too_long(chat: Conversation, **_: object) -> Reply:
        if chat.pk == closed.pk:
            actions.close(conversation=chat, by=omar, at=MONDAY_9AM + MINUTE)
        return Reply("small_talk", "talk", "in time")

    monkeypatch.setattr("chat.actions.hearing.reply_to", thinks_too_long)
    opened = say("hello?", at=MONDAY_9AM + MINUTE)

    assert opened.pk != closed.pk
    assert list(opened.messages.order_by("seq").values_list("body", flat=True)) == ["hello?", "in time"]
    assert closed.messages.order_by("seq").last().author == Author.SYSTEM


def test_a_broken_step_hands_over_instead_of_failing(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat.bot.thinking.pipeline.answer", lambda turn, steps: 1 / 0)

    conversation = say("hello")

    assert HandOff.objects.get().reason == "tool_failure"
    assert conversation.messages.count() == 2


def test_a_stranger_never_learns_whether_an_order_exists(shop: Shop, order: Order) -> None:
    visitor = actions.meet(shop=shop, token=None, identity=None, at=MONDAY_9AM).visitor
    answers = []
    for number in (order.number, "202699999999"):
        heard = actions.hear_customer(
            visitor=visitor, client_id=uuid.uuid4(), body=f"查订单 {number}", at=MONDAY_9AM
        )
        answers.append(
            (last(heard.conversation), heard.conversation.messages.get(seq=heard.message.seq + 1).parts)
        )

    assert answers[0] == answers[1]


def test_words_that_may_not_be_said_are_not_stored(say: Say, mei_there: User, shop: Shop) -> None:
    conversation = say("转人工")
    actions.take(conversation=conversation, by=mei_there, at=MONDAY_9AM)

    with pytest.raises(NotSayable):
        actions.say(
            conversation=conversation,
            by=mei_there,
            client_id=uuid.uuid4(),
            body="这是国家级最佳产品，加我微信 abc123 转账",
            at=MONDAY_9AM,
        )

    assert not conversation.messages.filter(author=Author.AGENT).exists()


def test_verbs_leave_a_line_in_the_audit_trail(say: Say, mei_there: User) -> None:
    conversation = say("转人工")
    actions.take(conversation=conversation, by=mei_there, at=MONDAY_9AM)
    actions.release(conversation=conversation, by=mei_there, at=MONDAY_9AM)
    actions.take(conversation=conversation, by=mei_there, at=MONDAY_9AM)
    actions.close(conversation=conversation, by=mei_there, at=MONDAY_9AM)

    verbs = AuditEntry.objects.filter(verb__startswith="chat.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["chat.take", "chat.release", "chat.take", "chat.close"]


def test_a_chat_with_the_bot_is_taken_by_who_supervises_only(say: Say, mei_there: User, omar: User) -> None:
    conversation = say("hello")

    with pytest.raises(Taken):
        actions.take(conversation=conversation, by=mei_there, at=MONDAY_9AM)
    assert actions.take(conversation=conversation, by=omar, at=MONDAY_9AM).agent == omar


def test_quiet_chats_with_the_bot_are_closed_and_waiting_ones_never(
    say: Say, mei_there: User, shop: Shop
) -> None:
    quiet = say("hello")
    other = actions.meet(shop=shop, token=None, identity=None, at=MONDAY_9AM).visitor
    waiting = actions.ask_for_person(visitor=other, client_id=uuid.uuid4(), at=MONDAY_9AM).conversation

    closed = close_quiet(at=MONDAY_9AM + timedelta(hours=3))

    quiet.refresh_from_db()
    waiting.refresh_from_db()
    assert (closed, quiet.state, waiting.state) == (1, State.CLOSED, State.WAITING)


def test_visits_without_a_word_are_dropped_after_a_day(say: Say, shop: Shop) -> None:
    kept = say("hello")
    silent = actions.meet(shop=shop, token=None, identity=None, at=MONDAY_9AM).visitor
    actions.start(visitor=silent, at=MONDAY_9AM)

    drop_empty(at=MONDAY_9AM + timedelta(days=31))

    assert list(Conversation.objects.all()) == [kept]
    assert not Visitor.objects.filter(pk=silent.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_visitor_says_just_while_silent_visits_are_dropped_is_kept(
    lis_visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tidying has found his silent visit; before it deletes what hangs on it, he says his first words."""
    actions.start(visitor=lis_visit, at=MONDAY_9AM)
    next_week, find = MONDAY_9AM + timedelta(days=7), Collector.related_objects
    said = {"visitor": lis_visit, "client_id": uuid.uuid4(), "body": "hello", "at": next_week}

    with ThreadPoolExecutor(1) as visitors:
        talk: list[Future[uuid.UUID]] = []

        def found(*args: Any) -> Any:
            if not talk:
                talk.append(visitors.submit(_heard, **said))
                wait(talk, timeout=1)
            return find(*args)

        monkeypatch.setattr(Collector, "related_objects", found)
        drop_empty(at=next_week)

    assert Message.objects.filter(pk=talk[0].result()).exists()


def _heard(**said: Any) -> uuid.UUID:
    """The stored message's id, from a thread of its own."""
    try:
        return actions.hear_customer(**said).message.pk
    finally:
        connection.close()


def test_a_token_that_was_not_used_for_a_month_opens_nothing(shop: Shop) -> None:
    met = actions.meet(shop=shop, token=None, identity=None, at=MONDAY_9AM)

    again = actions.meet(shop=shop, token=met.token, identity=None, at=MONDAY_9AM + timedelta(days=31))

    assert again.visitor != met.visitor
