"""A database that is away or slow, rights that end, chats that vanish: sockets end in order, with the right code."""

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.contrib.sessions.models import Session
from django.db import OperationalError

from chat import access, actions, events
from chat.actions.tidying import drop_empty
from chat.consumers import customer, reader
from chat.consumers.socket import LIMITS
from chat.layer import MISSED
from chat.models import Conversation, Visitor
from chat.protocol.refusals import Busy
from cscore.accounts.models import User
from cscore.common import clock
from tests.chat.conftest import Open


class Once:
    """Raises the first time it is called, then does what it stands for."""

    def __init__(self, problem: Exception, function: Any) -> None:
        self.problem, self.function = problem, function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if problem := self.__dict__.pop("problem", None):
            raise problem
        return self.function(*args, **kwargs)


def test_who_comes_while_the_database_is_away_is_asked_to_come_back(
    customer_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "shop_by_key", Once(OperationalError(), access.shop_by_key))

    assert customer_page(hello=False).close_code() == 1013
    assert customer_page().welcome["state"] == "bot"


@pytest.mark.parametrize("problem", [OperationalError(), Busy(retry_after=5)])
def test_nobody_is_left_half_welcomed(
    customer_page: Open, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    away = Once(problem, actions.current_conversation)
    monkeypatch.setattr(actions, "current_conversation", away)
    page = customer_page(hello=False)

    page.write(type="hello", token=None, identity=None, since=0, locale="en")

    assert page.close_code() == 1013


def test_a_slow_answer_to_hello_is_not_taken_for_silence(
    customer_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    never, meet = threading.Event(), actions.meet

    def slowly(**who: Any) -> actions.Met:
        never.wait(0.5)
        return meet(**who)

    monkeypatch.setitem(LIMITS, "hello_s", 0.1)
    monkeypatch.setattr(actions, "meet", slowly)

    assert customer_page().welcome["state"] == "bot"


def test_news_that_found_the_database_busy_are_brought_later(
    customer_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = customer_page()
    page.wait("state")
    monkeypatch.setattr(customer, "news_of", Once(Busy(retry_after=5), reader.news_of))

    actions.hear_customer(visitor=Visitor.objects.get(), client_id=uuid.uuid4(), body="hello", at=clock.now())

    page.wait("message", seq=2)


def test_news_show_a_signed_out_agent_the_door(customer_page: Open, desk: Open, mei: User) -> None:
    agent = desk(mei)
    Session.objects.all().delete()

    customer_page().write(type="human", client_id=str(uuid.uuid4()))

    assert agent.close_code() == 1008


def test_a_page_whose_silent_chat_was_dropped_comes_back_to_a_new_one(customer_page: Open) -> None:
    page = customer_page()
    page.wait("state")
    dropped = Conversation.objects.get()

    drop_empty(at=clock.now() + timedelta(days=2))
    get_channel_layer().hint(events.conversation_group(dropped.pk), MISSED)

    assert page.close_code() == 1012
    again = customer_page(token=page.welcome["token"])
    assert again.welcome["conversation"] != str(dropped.pk)
