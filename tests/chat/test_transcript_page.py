"""Whoever works on a ticket reads the conversation that led to it; nobody else's business shows."""

from uuid import uuid4

import pytest
from django.test import Client

from chat.models import Conversation
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from tests.factories import make_conversation, make_message, make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(shop: Shop) -> Conversation:
    """A conversation with a line that is an attack, and a ticket."""
    conversation = make_conversation(shop=shop)
    make_message(conversation=conversation, body="<img src=x onerror=alert(1)> 杯子碎了")
    conversation.tickets.add(make_ticket(shop=shop))
    return conversation


def read(person: User, conversation_id: object) -> tuple[int, str]:
    client = Client()
    client.force_login(person)
    answer = client.get(f"/desk/conversations/{conversation_id}/")
    return answer.status_code, answer.content.decode()


def test_an_agent_reads_what_led_to_a_ticket_as_text(mei: User, talk: Conversation) -> None:
    status, page = read(mei, talk.pk)

    assert status == 200
    assert "杯子碎了" in page
    assert "<img" not in page


def test_without_a_ticket_it_is_none_of_his_business(mei: User, shop: Shop) -> None:
    assert read(mei, make_conversation(shop=shop).pk)[0] == 404


def test_a_lead_reads_every_conversation_of_the_shop(omar: User, shop: Shop) -> None:
    assert read(omar, make_conversation(shop=shop).pk)[0] == 200


def test_another_shop_finds_the_same_nothing_as_for_a_missing_one(vera: User, talk: Conversation) -> None:
    foreign, missing = read(vera, talk.pk), read(vera, uuid4())

    assert foreign[0] == missing[0] == 404
    assert foreign[1].replace(str(talk.pk), "") == missing[1].replace(str(talk.pk), "")


@pytest.mark.parametrize("after", ["9" * 5_000, "99999999999999999999", "-1", "x", "²"])
def test_an_odd_place_to_begin_at_is_no_error(omar: User, talk: Conversation, after: str) -> None:
    client = Client()
    client.force_login(omar)

    assert client.get(f"/desk/conversations/{talk.pk}/", {"after": after}).status_code == 200
