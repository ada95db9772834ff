"""How a shop hears that a customer is upset: from the whole visit, by its own lesson, within what its people can take."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django_q.models import OrmQ, Schedule

from chat import actions, tasks
from chat.models import Author, BotSettings, BotTurn, Conversation, DispleasureLesson, State
from chat.queries.behaviour import Said, behaviours
from chat.queries.hearing import ear_of
from chat.queries.inbox import changed_rows
from cscore.accounts.models import AuditEntry, User
from cscore.accounts.roles import Role
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.language.displeasure import THRESHOLD, Behaviour, Seen, shipped
from cscore.language.displeasure.lesson import Taught
from tests.chat.conftest import Open
from tests.factories import MONDAY_9AM, make_conversation, make_message, make_person, make_ticket

SECOND = timedelta(seconds=1)


def said(author: Author, body: str, after_s: float, **fields: object) -> Said:
    return replace(Said(author, body, MONDAY_9AM + after_s * SECOND), **fields)  # type: ignore[arg-type]


def last(*lines: Said) -> Behaviour:
    return behaviours(lines)[-1]


def test_turns_count_until_the_customer_gets_something() -> None:
    asked = [said(Author.CUSTOMER, f"question {number}", 10 * number) for number in range(3)]
    offered = said(Author.BOT, "Did you mean?", 5, decision="offer")
    answered = said(Author.BOT, "Two days.", 15, decision="answer")

    assert last(asked[0], offered, asked[1], offered, asked[2]).turns_without_progress == 3
    assert last(asked[0], offered, asked[1], answered, asked[2]).turns_without_progress == 1


def test_a_wait_is_the_last_reply_or_the_one_still_missing() -> None:
    first, again = said(Author.CUSTOMER, "hello?", 0), said(Author.CUSTOMER, "anybody?", 400)
    late = said(Author.AGENT, "Here I am.", 300, reply_seconds=300)
    given_over = said(Author.BOT, "A colleague comes.", 1, decision="hand_over")

    assert last(first, again).waited_s == 400
    assert last(first, late, again).waited_s == 300
    assert last(first, given_over, again).waited_s == 399


def test_what_happened_earlier_in_the_visit_is_remembered() -> None:
    asked = said(Author.CUSTOMER, "a person please", 0, step="wants_person")
    refused = said(Author.AGENT, "不好意思，这个不能退", 20)

    now = last(asked, refused, said(Author.CUSTOMER, "为什么", 30))

    assert (now.asked_for_person, now.refused_refund, now.earlier) == (True, True, ("a person please",))
    assert not last(asked).asked_for_person


def talk(shop: Shop, *bodies: str, **fields: object) -> Conversation:
    conversation = make_conversation(shop=shop, **fields)
    for body in bodies:
        make_message(conversation=conversation, body=body)
    return conversation


def test_the_bot_hears_what_happened_in_the_visit_and_before(
    customer_page: Open, shop: Shop, mei: User
) -> None:
    """The same words, after a refund was refused and a person asked for, go to people."""
    words = "那我的钱怎么办"
    assert shipped().score(Behaviour(words)) < THRESHOLD
    page = customer_page()
    page.say("你好")
    page.wait("message", seq=2)
    conversation = Conversation.objects.get()
    ticket = make_ticket(shop=shop, kind="refund", state="closed")
    conversation.tickets.add(ticket)
    conversation.handoffs.create(at=MONDAY_9AM, reason="negative_emotion")
    asked = make_message(conversation=conversation, body="我要人工")
    BotTurn.objects.create(message=asked, step="wants_person", decision="hand_over")
    for _one in range(3):
        make_message(conversation=conversation, body=words)

    page.say(words)

    page.wait("state", state="waiting")
    assert conversation.handoffs.order_by("-at").first().reason == "negative_emotion"


def lesson(shop: Shop, taught: Taught, seen: Seen | None = None, at: datetime = MONDAY_9AM) -> None:
    actions.keep_lesson(shop=shop, taught=taught, seen=seen or Seen.of([], 0), at=at)


def test_a_lesson_is_heard_in_every_process_from_the_next_message_on(shop: Shop, db: None) -> None:
    deaf = replace(shipped(), intercept=-50.0)
    lesson(shop, Taught(60, 30, 0.7, 0.8, deaf))
    assert ear_of(shop.pk).model.score(Behaviour("太差劲了")) < 0.01

    lesson(shop, Taught(60, 30, 0.8, 0.7, None), at=MONDAY_9AM + SECOND)

    assert ear_of(shop.pk).model is shipped()
    assert DispleasureLesson.objects.get(shop=shop).report["shipped"] == 0.8


def test_a_lesson_that_cannot_be_read_is_passed_over(shop: Shop, db: None) -> None:
    lesson(shop, Taught(60, 30, 0.7, 0.8, shipped()), at=MONDAY_9AM + 2 * SECOND)
    DispleasureLesson.objects.update(data=b"broken", trained_at=MONDAY_9AM + 3 * SECOND)

    assert ear_of(shop.pk).model is shipped()


def test_a_manager_says_how_many_upset_customers_people_can_take(shop: Shop, mei: User, db: None) -> None:
    lesson(shop, Taught(0, 0), Seen.of([0.6, 0.7, 0.8, 0.9], hours=1))
    assert ear_of(shop.pk).threshold == THRESHOLD

    actions.take_upset_per_hour(shop=shop, most=2, by=mei, at=MONDAY_9AM)
    two = ear_of(shop.pk).threshold
    lesson(shop, Taught(0, 0), Seen.of([0.95] * 4 + [0.97], hours=1))
    now = ear_of(shop.pk).threshold
    actions.take_upset_per_hour(shop=shop, most=None, by=mei, at=MONDAY_9AM)

    assert 0.7 < two <= 0.8
    assert 0.95 < now <= 0.97
    assert ear_of(shop.pk).threshold == THRESHOLD
    verbs = AuditEntry.objects.filter(by=mei).values_list("verb", flat=True)
    assert list(verbs) == ["chat.upset_per_hour"] * 2


def test_the_weekly_lesson_reads_the_shops_own_rated_chats(shop: Shop, other_shop: Shop, db: None) -> None:
    now = clock.now()
    bad, good = ("请问蓝色的有吗", "蓝色的几号发"), ("怎么还没到呢", "哎呀又要等")
    for number in range(25):
        talk(shop, f"{bad[number % 2]}{number}", stars=1, opened_at=now)
        talk(shop, f"{good[number % 2]}{number}", stars=5, opened_at=now)
    talk(other_shop, "hello", stars=1, opened_at=now)

    said_of_it = tasks.learn_displeasure_of(shop.pk)
    tasks.learn_displeasure_of(other_shop.pk)

    kept = DispleasureLesson.objects.get(shop=shop)
    assert said_of_it == "50 rated chats, a better model"
    assert kept.report["taught"] > kept.report["shipped"]
    assert ear_of(shop.pk).model.score(Behaviour("蓝色的")) > shipped().score(Behaviour("蓝色的"))
    assert BotSettings.objects.get(shop=shop).seen.chats == 50  # type: ignore[union-attr]
    assert ear_of(other_shop.pk).model is shipped()


def test_each_week_every_shop_has_its_lesson(shop: Shop, other_shop: Shop, db: None) -> None:
    tasks.learn_displeasure()

    assert OrmQ.objects.count() == 2
    assert Schedule.objects.get(name="chat-displeasure").schedule_type == Schedule.WEEKLY


@pytest.mark.parametrize("role", [Role.LEAD, Role.AGENT])
def test_a_lead_is_alerted_by_the_whole_text_and_agents_by_nothing(
    shop: Shop, mei: User, role: Role, db: None
) -> None:
    long = "我想问一下我上次买的那个帐篷" * 8 + "你们这些骗子，我要投诉到12315"
    conversation = talk(shop, long, state=State.HUMAN, agent=mei)
    reader = make_person(username="zhao", role=role, shops=(shop,))

    [row] = changed_rows(reader, [conversation.pk])

    assert row.displeased is (role == Role.LEAD)
    assert changed_rows(mei, [conversation.pk])[0].displeased is False


def test_what_an_agent_wrote_last_is_no_displeasure(shop: Shop, mei: User, db: None) -> None:
    conversation = talk(shop, "你们这些骗子", state=State.HUMAN, agent=mei)
    make_message(conversation=conversation, body="你们这些骗子", author=Author.AGENT, agent=mei)
    lead = make_person(username="zhao", role=Role.LEAD, shops=(shop,))

    assert changed_rows(lead, [conversation.pk])[0].displeased is False
