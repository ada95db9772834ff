"""A language model may find the words. Whatever it does, the customer is heard at once and answered exactly once."""

import socket
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from chat import actions, tasks
from chat.consumers import wording
from chat.models import Author, BotSettings, BotTurn, Conversation, Message, PlannedReply
from chat.phrasing.asking import Model
from chat.queries.reasons import why
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.compliance.queries import checker_for
from kb.models import Article
from tests.chat.conftest import Open
from tests.chat.served import Page
from tests.chat.strange_models import PLAIN, STRANGE, WORDS, fails, hangs
from tests.chat.strange_server import StrangeServer, says, strange_server
from tests.factories import make_article

QUESTION = "How long does delivery take?"


@pytest.fixture(autouse=True)
def _a_fresh_breaker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "model", Model())


@pytest.fixture
def article(shop: Shop, transactional_db: None) -> Article:
    BotSettings.objects.create(shop=shop, language_model=True)
    checker_for(shop)  # as the server does before the first customer asks
    return make_article(shop=shop, live=True, question=QUESTION, answer=PLAIN)


@pytest.fixture
def model(article: Article, settings: Any) -> Iterator[StrangeServer]:
    """A well-behaved model; a test sets another behaviour."""
    with strange_server(says(f"{WORDS} ", "[A", "1]")) as server:
        settings.LANGUAGE_MODEL = server.patient
        yield server


@pytest.fixture
def impatient(model: StrangeServer, settings: Any) -> StrangeServer:
    """The same, where a test waits for our patience to end."""
    settings.LANGUAGE_MODEL = model.setting
    return model


def asked(page: Page) -> dict[str, Any]:
    """Asks the question; returns the bot's reply."""
    page.say(QUESTION)
    return page.wait("message", author="bot")


def turn() -> BotTurn:
    return BotTurn.objects.get()


def test_words_that_keep_to_the_article_are_said_with_their_source(
    model: StrangeServer, customer_page: Open, article: Article
) -> None:
    reply = asked(customer_page())

    assert reply["body"] == WORDS
    assert [part["article"] for part in reply["parts"]] == [article.key]
    assert Message.objects.get(author=Author.BOT).article_version == article.live_version
    assert turn().wording == "worded"
    with translation.override("en"):
        assert "A language model put it into words." in why(turn())
    assert not PlannedReply.objects.exists()


def test_the_question_is_acknowledged_while_the_model_still_thinks(
    model: StrangeServer, customer_page: Open
) -> None:
    model.behaviour = model.says_when_it_may(f"{WORDS} [A1]")
    page = customer_page()

    page.say(QUESTION)

    assert page.wait("typing")["author"] == "bot"
    assert not [frame for frame in page.everything("message") if frame["author"] == "bot"]
    model.may_speak.set()
    assert page.wait("message", author="bot")["body"] == WORDS


def test_nobody_else_waits_while_a_model_thinks(model: StrangeServer, customer_page: Open) -> None:
    model.behaviour = model.says_when_it_may(f"{WORDS} [A1]")
    waiting, other = customer_page(), customer_page()
    waiting.say(QUESTION)

    for _ in range(5):
        other.say("hello")

    assert PlannedReply.objects.count() == 1
    model.may_speak.set()
    assert waiting.wait("message", author="bot")["body"] == WORDS


@pytest.mark.parametrize("name", STRANGE)
def test_whatever_the_model_does_the_plain_answer_is_said_once(
    name: str, model: StrangeServer, settings: Any, customer_page: Open
) -> None:
    model.behaviour, reason = STRANGE[name]
    if reason == "slow":
        settings.LANGUAGE_MODEL = model.setting
    page = customer_page()

    reply = asked(page)

    assert reply["body"] == PLAIN
    assert turn().wording == reason
    assert turn().reply_id == uuid.UUID(reply["id"])
    assert Message.objects.filter(author=Author.BOT).count() == 1
    assert len(model.requests) == 1


def test_a_model_that_is_not_there_costs_the_words_alone(
    article: Article, settings: Any, customer_page: Open
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    settings.LANGUAGE_MODEL = StrangeServer(f"http://127.0.0.1:{port}/v1", hangs).setting

    assert asked(customer_page())["body"] == PLAIN
    assert turn().wording == "unreachable"


def test_an_inside_address_is_called_only_with_the_operators_leave(
    model: StrangeServer, settings: Any, customer_page: Open
) -> None:
    settings.LANGUAGE_MODEL = model.setting | {"private": False}

    assert asked(customer_page())["body"] == PLAIN
    assert turn().wording == "unreachable"
    assert model.requests == []


def test_after_five_failures_the_model_is_left_alone(
    model: StrangeServer, customer_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.behaviour = fails
    for _ in range(6):
        asked(customer_page())

    assert len(model.requests) == 5
    assert set(BotTurn.objects.values_list("wording", flat=True)) == {"refused", "resting"}


def test_only_masked_text_and_published_answers_go_out(
    model: StrangeServer, customer_page: Open, shop: Shop
) -> None:
    words = "How long until it reaches {}, mail {}, order {}?"
    taught = words.format("13900001111", "me@example.org", "20250101000999")
    make_article(shop=shop, live=True, question="Arrival", phrasings=[taught], answer=PLAIN)
    secrets = ("13812345678", "li@example.com", "20260601000123")
    page = customer_page()

    page.say(words.format(*secrets))
    assert page.wait("message", author="bot")["body"] == WORDS

    sent = str(model.requests)
    assert PLAIN in sent
    assert [secret for secret in secrets if secret in sent] == []
    assert "authorization: bearer the-key" in model.heads[0].lower()


def test_without_the_shops_leave_the_model_is_never_asked(
    model: StrangeServer, customer_page: Open, shop: Shop
) -> None:
    BotSettings.objects.update(language_model=False)

    assert asked(customer_page())["body"] == PLAIN
    assert model.requests == []
    assert turn().wording == ""


def test_what_is_no_article_is_never_sent(model: StrangeServer, customer_page: Open) -> None:
    page = customer_page()

    for words in ("hello", "where is my parcel", "I want to talk to a person"):
        page.say(words)
        page.wait("message", author="bot")

    assert model.requests == []


def test_words_that_come_after_the_next_question_are_not_said(
    impatient: StrangeServer, customer_page: Open
) -> None:
    impatient.behaviour = hangs
    page = customer_page()

    page.say(QUESTION)
    page.say("hello")
    answers = [page.wait("message", author="bot") for _ in range(2)]

    bodies = list(Message.objects.order_by("seq").values_list("author", "body"))
    assert answers[0]["body"] == PLAIN
    assert [author for author, _ in bodies] == ["customer", "bot", "customer", "bot"]
    assert bodies[1][1] == PLAIN
    assert BotTurn.objects.order_by("pk")[0].wording == "interrupted"


def test_a_person_who_takes_over_meanwhile_is_not_talked_over(
    article: Article, settings: Any, shop: Shop, mei: Any
) -> None:
    conversation = planned(shop, settings)
    Conversation.objects.update(state="human", agent=mei)

    said = actions.say_planned(
        conversation_id=conversation.pk,
        question_id=Message.objects.get().pk,
        outcome="worded",
        words=WORDS,
        at=clock.now(),
    )

    assert said
    assert not Message.objects.filter(author=Author.BOT).exists()
    assert not PlannedReply.objects.exists()


def planned(shop: Shop, settings: Any) -> Conversation:
    """A conversation whose process died between the acknowledgement and the reply."""
    settings.LANGUAGE_MODEL = StrangeServer("http://127.0.0.1:1/v1", hangs).setting
    visitor = actions.meet(shop=shop, token=None, identity=None, at=clock.now()).visitor
    heard = actions.hear_customer(
        visitor=visitor, client_id=uuid.uuid4(), body=QUESTION, at=clock.now(), may_wait=True
    )
    assert heard.task is not None
    assert PlannedReply.objects.get().question == heard.message
    return heard.conversation


def test_the_job_of_every_minute_says_what_a_dead_process_planned_and_says_it_once(
    article: Article, settings: Any, shop: Shop
) -> None:
    planned(shop, settings)
    PlannedReply.objects.update(due_at=clock.now() - timedelta(seconds=1))

    assert (tasks.say_planned(), tasks.say_planned()) == ("1 said", "0 said")
    assert Message.objects.get(author=Author.BOT).body == PLAIN
    assert turn().wording == "interrupted"


def test_the_job_leaves_alone_what_is_not_due_yet(article: Article, settings: Any, shop: Shop) -> None:
    planned(shop, settings)

    assert tasks.say_planned() == "0 said"
    assert PlannedReply.objects.exists()


def test_a_resend_while_a_reply_is_planned_neither_answers_nor_asks_again(
    article: Article, settings: Any, shop: Shop
) -> None:
    conversation = planned(shop, settings)
    stored = Message.objects.get()

    again = actions.hear_customer(
        visitor=conversation.visitor,
        client_id=stored.client_id,
        body=QUESTION,
        at=clock.now(),
        may_wait=True,
    )

    assert (again.message, again.task) == (stored, None)
    assert PlannedReply.objects.count() == 1


def test_a_page_that_comes_back_is_told_what_was_planned(
    impatient: StrangeServer, customer_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.consumers.customer.begin", lambda heard: None)
    page = customer_page()
    page.say(QUESTION)

    again = customer_page(token=page.welcome["token"])

    assert again.wait("message", author="bot")["body"] == PLAIN
    assert turn().wording == "interrupted"


def test_callers_that_cannot_wait_get_the_plain_answer_in_one_transaction(
    article: Article, settings: Any, shop: Shop
) -> None:
    settings.LANGUAGE_MODEL = StrangeServer("http://127.0.0.1:1/v1", hangs).setting
    visitor = actions.meet(shop=shop, token=None, identity=None, at=clock.now()).visitor

    actions.hear_customer(visitor=visitor, client_id=uuid.uuid4(), body=QUESTION, at=clock.now())

    assert Message.objects.get(author=Author.BOT).body == PLAIN
    assert not PlannedReply.objects.exists()
