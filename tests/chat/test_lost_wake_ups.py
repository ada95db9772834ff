"""What no wake-up told is found by looking; every test here runs on a layer that loses all of them."""

import uuid
from typing import Any

import pytest
from channels.layers import channel_layers

from chat import actions
from chat.layer import MemoryLayer
from chat.models import Conversation, Visitor
from cscore.accounts.models import User
from cscore.common import clock
from tests.chat.conftest import Open


class LosesEverything(MemoryLayer):
    """Delivers no hint to any group."""

    def hint(self, group: str, message: dict[str, Any]) -> None:
        return


@pytest.fixture(autouse=True)
def _every_hint_is_lost() -> Any:
    kept = channel_layers.set("default", LosesEverything())
    yield
    channel_layers.set("default", kept)


def test_a_customer_still_hears_the_agent(customer_page: Open, mei: User) -> None:
    actions.set_presence(agent=mei, available=True, capacity=5, at=clock.now())
    page = customer_page()
    page.write(type="human", client_id=str(uuid.uuid4()))
    page.wait("state", state="waiting")
    conversation = Conversation.objects.get()

    actions.take(conversation=conversation, by=mei, at=clock.now())
    actions.say(conversation=conversation, by=mei, client_id=uuid.uuid4(), body="Hello!", at=clock.now())

    page.wait("message", author="agent", body="Hello!")
    assert [message["seq"] for message in page.everything("message")] == [1, 2, 3, 4]


def test_an_agent_still_hears_of_newcomers_and_of_what_they_say(
    customer_page: Open, desk: Open, mei: User
) -> None:
    agent, page = desk(mei), customer_page()
    page.write(type="human", client_id=str(uuid.uuid4()))
    conversation = agent.wait("inbox", whole=False)["rows"][0]["conversation"]
    agent.write(type="open", conversation=conversation, since=0)
    agent.write(type="take", conversation=conversation)

    page.say("are you there?")

    agent.wait("message", body="are you there?")


def test_two_tabs_still_agree(customer_page: Open) -> None:
    one = customer_page()
    two = customer_page(token=one.welcome["token"])

    actions.hear_customer(visitor=Visitor.objects.get(), client_id=uuid.uuid4(), body="hello", at=clock.now())

    assert one.wait("message", seq=2) == two.wait("message", seq=2)


def test_who_waits_hears_that_the_queue_moved(customer_page: Open, mei: User) -> None:
    actions.set_presence(agent=mei, available=True, capacity=5, at=clock.now())
    first, second = customer_page(), customer_page()
    for page in (first, second):
        page.write(type="human", client_id=str(uuid.uuid4()))
        page.wait("state", state="waiting")
    assert second.everything("state")[-1]["ahead"] == 1

    ahead = Conversation.objects.get(pk=first.welcome["conversation"])
    actions.take(conversation=ahead, by=mei, at=clock.now())

    assert second.wait("state", state="waiting", ahead=0)["wait_s"] == 0


def test_a_desk_still_sees_that_a_chat_was_closed(
    customer_page: Open, desk: Open, mei: User, omar: User
) -> None:
    page, agent, lead = customer_page(), desk(mei), desk(omar)
    page.write(type="human", client_id=str(uuid.uuid4()))
    page.wait("state", state="waiting")
    conversation = Conversation.objects.get()
    page.socket.close()
    actions.take(conversation=conversation, by=mei, at=clock.now())
    for desk_page in (agent, lead):
        while desk_page.wait("inbox", whole=False)["rows"][0]["state"] != "human":
            pass

    actions.close(conversation=conversation, by=mei, at=clock.now())

    for desk_page in (agent, lead):
        assert desk_page.wait("inbox", whole=False)["rows"][0]["state"] == "closed"
