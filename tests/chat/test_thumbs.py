"""Thumbs on the bot's answers and on suggestions, over real sockets."""

import uuid
from typing import Any

import pytest

from chat import actions
from chat.models import Author, Conversation, Message, State, Thumb
from chat.queries.verdicts import verdicts_of
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from kb.actions import ask_precision
from kb.models import ArticleVersion
from kb.tasks import train_matcher
from tests.chat.conftest import Open
from tests.chat.served import Page
from tests.factories import MONDAY_9AM
from tests.kb.articles import neighbours, published

ASKED = "How long does delivery take?"


@pytest.fixture
def delivery(transactional_db: None, shop: Shop, lin: User) -> ArticleVersion:
    """A live article, and two others that it is told apart from."""
    neighbours(shop, lin)
    return published(shop, lin)


def answered(page: Page, text: str = ASKED) -> int:
    """Asks; the number of the bot's answer."""
    seq = page.say(text)["seq"]
    return int(page.wait("message", author="bot", seq=seq + 1)["seq"])


def thumbed(page: Page, seq: int, *, up: bool, **fields: Any) -> dict[str, Any]:
    page.write(type="thumb", seq=seq, up=up, **fields)
    return page.wait("thumbed", seq=seq)


def refusal(page: Page, **frame: Any) -> str:
    page.write(type="thumb", **frame)
    return str(page.wait("error")["code"])


def test_a_customer_says_that_an_answer_helped(customer_page: Open, delivery: ArticleVersion) -> None:
    page = customer_page()

    found = thumbed(page, answered(page), up=True)

    kept = Thumb.objects.get()
    assert found["up"] is True
    assert (kept.up, kept.version, kept.question.body, kept.agent) == (True, delivery, ASKED, None)
    assert kept.confidence is not None
    assert kept.confidence > 0.9


def test_the_last_verdict_counts_and_the_same_again_changes_nothing(
    customer_page: Open, delivery: ArticleVersion
) -> None:
    page = customer_page()
    seq = answered(page)

    for up in (True, False, False):
        thumbed(page, seq, up=up)

    assert list(Thumb.objects.values_list("up", flat=True)) == [False]


def test_an_answer_that_did_not_help_is_followed_once_by_the_offer_of_a_person(
    customer_page: Open, delivery: ArticleVersion
) -> None:
    page = customer_page()
    first = answered(page)
    thumbed(page, first, up=False)
    offer = page.wait("message", author="bot", seq=first + 1)
    second = answered(page, "Can I send it back?")
    thumbed(page, second, up=False)
    page.write(type="choose", client_id=str(uuid.uuid4()), choice=offer["parts"][0]["options"][0]["value"])
    page.wait("state", state="waiting")

    bodies = Message.objects.filter(author=Author.BOT).values_list("body", flat=True)
    assert list(bodies).count(offer["body"]) == 1
    assert "colleague" in offer["body"]


def test_nobody_is_offered_a_person_by_the_bot_who_talks_to_one(
    customer_page: Open, delivery: ArticleVersion, mei: User
) -> None:
    page = customer_page()
    seq = answered(page)
    conversation = Conversation.objects.get()
    Conversation.objects.update(state=State.HUMAN, agent=mei)

    thumbed(page, seq, up=False)

    conversation.refresh_from_db()
    assert conversation.last_seq == seq


def test_the_page_finds_its_verdicts_again(customer_page: Open, delivery: ArticleVersion) -> None:
    page = customer_page()
    seq = answered(page)
    thumbed(page, seq, up=True)

    back = customer_page(token=page.welcome["token"])

    assert back.wait("thumbed")["seq"] == seq


@pytest.mark.parametrize("seq", [1, 4, 99])
def test_only_answers_from_articles_have_a_verdict(
    customer_page: Open, delivery: ArticleVersion, seq: int
) -> None:
    page = customer_page()
    answered(page)
    answered(page, "hello")

    assert refusal(page, seq=seq, up=True) == "not-found"
    assert not Thumb.objects.exists()


def test_another_visitors_answers_are_out_of_reach(customer_page: Open, delivery: ArticleVersion) -> None:
    seq = answered(customer_page())

    assert refusal(customer_page(), seq=seq, up=False) == "not-found"


def test_a_verdict_on_a_chosen_question_is_one_on_what_was_asked_before(
    customer_page: Open, shop: Shop, lin: User, transactional_db: None
) -> None:
    for key, thing in (("tent", "tent"), ("lamp", "lamp"), ("stove", "stove")):
        published(shop, lin, key=key, question=f"How do I clean my {thing}?", phrasings=[], answer=f"{key}!")
    ask_precision(shop=shop, answer=0.95, offer=0.5, by=lin, at=MONDAY_9AM)
    train_matcher(shop.pk)
    page = customer_page()
    asked = page.say("please clean my")
    offer = page.wait("message", author="bot", seq=asked["seq"] + 1)
    [article, *_others] = offer["parts"][0]["options"]
    page.write(type="choose", client_id=str(uuid.uuid4()), choice=article["value"])

    thumbed(page, page.wait("message", author="bot", seq=asked["seq"] + 3)["seq"], up=True)

    assert Thumb.objects.get().question.body == "please clean my"


@pytest.fixture
def served(delivery: ArticleVersion, customer_page: Open, mei: User, shop: Shop) -> Conversation:
    """The customer got an answer, thumbed it down and talks to Mei now."""
    actions.set_presence(agent=mei, available=True, capacity=5, at=clock.now())
    page = customer_page()
    thumbed(page, answered(page), up=False)
    page.write(type="human", client_id=str(uuid.uuid4()))
    page.wait("state", state="waiting")
    page.say("When does delivery of my parcel arrive please")
    return actions.take(conversation=Conversation.objects.get(), by=mei, at=clock.now())


def test_an_agent_sees_the_customers_verdict_and_gives_his_own(
    desk: Open, mei: User, served: Conversation
) -> None:
    agent = desk(mei)
    agent.write(type="open", conversation=str(served.pk), since=0)
    customers = agent.wait("thumbed")

    own = thumbed(agent, 2, up=True, conversation=str(served.pk))

    assert (customers["by"], customers["up"], own["by"], own["up"]) == ("customer", False, "agent", True)
    assert set(Thumb.objects.values_list("agent", "up")) == {(None, False), (mei.pk, True)}


def test_an_agent_judges_a_suggestion(desk: Open, mei: User, served: Conversation) -> None:
    agent = desk(mei)
    agent.write(type="open", conversation=str(served.pk), since=0)
    suggestion = agent.wait("suggestion")
    article = suggestion["items"][0]["article"]

    thumbed(agent, suggestion["seq"], up=True, conversation=str(served.pk), article=article)
    agent.write(type="open", conversation=str(served.pk), since=99)
    again = agent.wait("suggestion")

    kept = Thumb.objects.get(agent=mei)
    assert (article, kept.question.seq, kept.version.article.key) == (
        "delivery",
        suggestion["seq"],
        "delivery",
    )
    assert again["items"][0]["up"] is True


def test_what_was_not_suggested_cannot_be_judged(desk: Open, mei: User, served: Conversation) -> None:
    agent, last = desk(mei), served.last_seq

    assert refusal(agent, seq=last, up=True, conversation=str(served.pk), article="nothing") == "not-found"
    assert refusal(agent, seq=2, up=True, conversation=str(uuid.uuid4())) == "not-found"


def test_a_training_hears_verdicts_on_answers_that_are_still_told(
    customer_page: Open, delivery: ArticleVersion, shop: Shop, lin: User
) -> None:
    page = customer_page()
    thumbed(page, answered(page), up=True)
    thumbed(page, answered(page, "Can I send it back?"), up=True)

    published(shop, lin, answer="Now within a day.")

    [kept] = verdicts_of(shop.pk, since=MONDAY_9AM)
    assert (kept.entry, kept.question, kept.right, kept.by_staff) == (
        "returns", "Can I send it back?", True, False,
    )  # fmt: skip
    assert kept.previous == ASKED
