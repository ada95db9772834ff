"""The agent's door, over a real socket."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from chat import actions
from chat.models import Author, Conversation, Note, State, Visitor
from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.commerce import identity
from cscore.commerce.models import Customer, Order, Shop
from cscore.common import clock
from tests.chat.conftest import Open
from tests.chat.served import Page
from tests.factories import make_person
from tickets.models import Ticket


@pytest.fixture
def waiting(shop: Shop, mei: User, li: Customer, order: Order, transactional_db: None) -> Conversation:
    """Li waits for a person."""
    actions.set_presence(agent=mei, available=True, capacity=5, at=clock.now())
    vouched = identity.sign(shop=shop, external_id=li.external_id, at=clock.now())
    visitor = actions.meet(shop=shop, token=None, identity=vouched, at=clock.now()).visitor
    return actions.ask_for_person(visitor=visitor, client_id=uuid.uuid4(), at=clock.now()).conversation


def error_after(page: Page, **frame: object) -> str:
    page.write(**frame)
    return str(page.wait("error")["code"])


def test_an_agent_takes_a_waiting_customer_and_they_talk(customer_page: Open, desk: Open, mei: User) -> None:
    agent, customer = desk(mei), customer_page()
    customer.say("please let me talk to a real person")
    row = agent.wait("inbox", whole=False)["rows"][0]
    conversation = row["conversation"]

    agent.write(type="open", conversation=conversation, since=0)
    agent.write(type="take", conversation=conversation)
    agent.wait("state", state="human")
    agent.say("Hello, this is Mei.", conversation=conversation)

    assert (row["state"], row["reason"]) == ("waiting", "customer_request")
    assert customer.wait("message", author="agent")["body"] == "Hello, this is Mei."
    customer.say("good, thanks")
    assert agent.wait("message", author="customer", body="good, thanks")["conversation"] == conversation


def test_opening_a_chat_shows_the_customer_and_his_orders(
    desk: Open, mei: User, waiting: Conversation
) -> None:
    agent = desk(mei)

    agent.write(type="open", conversation=str(waiting.pk), since=0)
    card = agent.wait("customer")
    why = agent.wait("suggestion")["why"]

    assert (card["customer"]["name"], card["customer"]["phone"]) == ("Li Na", "138****8000")
    assert [line["name"] for line in card["orders"][0]["lines"]] == [
        "Two-person tent Green",
        "Camping lamp Warm light",
    ]
    assert why == "The customer asked for a person."
    assert [message["seq"] for message in agent.everything("message")] == [1, 2]


def test_the_customer_is_told_who_took_over_and_then_that_it_is_over(
    desk: Open, mei: User, waiting: Conversation
) -> None:
    agent = desk(mei)
    agent.write(type="open", conversation=str(waiting.pk), since=0)

    agent.write(type="take", conversation=str(waiting.pk))
    took = agent.wait("message", author="system")
    agent.write(type="close", conversation=str(waiting.pk))
    agent.wait("state", state="closed")

    waiting.refresh_from_db()
    assert "Mei" in took["body"]
    assert waiting.state == State.CLOSED
    assert (
        error_after(agent, type="send", conversation=str(waiting.pk), client_id=str(uuid.uuid4()), body="x")
        == "closed"
    )


def test_the_second_agent_to_take_is_refused(
    desk: Open, mei: User, waiting: Conversation, shop: Shop
) -> None:
    other = make_person(username="bo", shops=(shop,))
    actions.take(conversation=waiting, by=other, at=clock.now())

    assert error_after(desk(mei), type="take", conversation=str(waiting.pk)) in {"taken", "not-found"}
    waiting.refresh_from_db()
    assert waiting.agent == other


def test_nobody_takes_more_than_fit(desk: Open, mei: User, waiting: Conversation, shop: Shop) -> None:
    agent = desk(mei)
    agent.write(type="presence", available=True, capacity=1)
    agent.wait("welcome")
    visitor = actions.meet(shop=shop, token=None, identity=None, at=clock.now()).visitor
    second = actions.ask_for_person(visitor=visitor, client_id=uuid.uuid4(), at=clock.now()).conversation
    agent.write(type="take", conversation=str(waiting.pk))

    assert error_after(agent, type="take", conversation=str(second.pk)) == "full"


def test_only_who_has_a_chat_speaks_in_it(desk: Open, mei: User, waiting: Conversation) -> None:
    said = {"conversation": str(waiting.pk), "client_id": str(uuid.uuid4()), "body": "hello"}

    assert error_after(desk(mei), type="send", **said) == "not-yours"
    assert not waiting.messages.filter(author=Author.AGENT).exists()


def test_notes_reach_colleagues_and_never_the_customer(
    customer_page: Open, desk: Open, mei: User, omar: User
) -> None:
    agent, customer = desk(mei), customer_page()
    customer.write(type="human", client_id=str(uuid.uuid4()))
    conversation = agent.wait("inbox", whole=False)["rows"][0]["conversation"]
    lead = desk(omar)
    for page in (agent, lead):
        page.write(type="open", conversation=conversation, since=0)
        page.wait("suggestion")

    client_id = str(uuid.uuid4())
    agent.write(type="note", conversation=conversation, client_id=client_id, body="check the photo first")
    ack = agent.wait("ack", client_id=client_id)

    assert ack["seq"] is None
    assert lead.wait("note")["body"] == "check the photo first"
    customer.write(type="ping")
    customer.wait("pong")
    assert "check the photo first" not in str(customer.seen)
    assert Note.objects.count() == 1


def test_transfer_alerts_the_colleague_and_frees_the_first(
    desk: Open, mei: User, omar: User, waiting: Conversation, shop: Shop
) -> None:
    bo = make_person(username="bo", shops=(shop,))
    agent, colleague = desk(mei), desk(bo)
    agent.write(type="take", conversation=str(waiting.pk))
    agent.wait("inbox", whole=False)

    agent.write(type="transfer", conversation=str(waiting.pk), to="bo")

    assert colleague.wait("alert")["code"] == "transferred"
    row = next(r for r in agent.wait("inbox", whole=False)["rows"] if r["agent"] == "Bo")
    assert (row["mine"], row["last"], row["customer"]) == (False, "", "Visitor")


def test_a_chat_is_not_passed_to_who_is_not_there(
    desk: Open, mei: User, waiting: Conversation, shop: Shop
) -> None:
    make_person(username="bo", shops=(shop,))
    agent = desk(mei)
    agent.write(type="take", conversation=str(waiting.pk))
    agent.wait("inbox", whole=False)

    assert error_after(agent, type="transfer", conversation=str(waiting.pk), to="bo") == "full"
    assert error_after(agent, type="transfer", conversation=str(waiting.pk), to="nobody") == "not-found"


def test_release_keeps_the_place_in_the_queue(desk: Open, mei: User, waiting: Conversation) -> None:
    since = waiting.waiting_since
    agent = desk(mei)
    agent.write(type="take", conversation=str(waiting.pk))
    agent.wait("inbox", whole=False)

    agent.write(type="release", conversation=str(waiting.pk))
    agent.wait("inbox", whole=False)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.agent, waiting.waiting_since) == (State.WAITING, None, since)


def test_a_ticket_from_the_desk_reaches_the_customer_and_so_do_its_moves(
    customer_page: Open, desk: Open, mei: User, shop: Shop, li: Customer, order: Order
) -> None:
    agent = desk(mei)
    customer = customer_page(identity=identity.sign(shop=shop, external_id=li.external_id, at=clock.now()))
    customer.write(type="human", client_id=str(uuid.uuid4()))
    conversation = agent.wait("inbox", whole=False)["rows"][0]["conversation"]
    agent.write(type="open", conversation=conversation, since=0)
    agent.write(type="take", conversation=conversation)
    agent.wait("state", state="human")

    wish = {"client_id": str(uuid.uuid4()), "kind": "return", "order": order.number, "reason": "Too small"}
    for _ in range(2):
        agent.write(type="open_ticket", conversation=conversation, **wish)
        agent.wait("ack", client_id=wish["client_id"])
    number = customer.wait("ticket", state="new")["number"]
    agent.write(type="move_ticket", number=number, state="working")

    assert customer.wait("ticket", state="working")["number"] == number
    told = [message["body"] for message in customer.everything("message") if message["author"] == "system"]
    assert [number in body for body in told] == [False, True, True]
    assert Ticket.objects.get().order == order
    assert error_after(agent, type="move_ticket", number=number, state="new") == "bad-move"


def test_vera_of_another_shop_sees_nothing_and_a_foreign_chat_looks_missing(
    desk: Open, vera: User, waiting: Conversation
) -> None:
    page = desk(vera)
    frames = [
        {"type": "open", "since": 0}, {"type": "take"}, {"type": "release"}, {"type": "close"},
        {"type": "transfer", "to": "mei"}, {"type": "suggest", "text": "hello"},
        {"type": "send", "client_id": str(uuid.uuid4()), "body": "hello"},
        {"type": "note", "client_id": str(uuid.uuid4()), "body": "hello"},
        {"type": "open_ticket", "client_id": str(uuid.uuid4()), "kind": "return", "reason": "x"},
    ]  # fmt: skip
    for frame in frames:
        answers = []
        for conversation in (str(waiting.pk), str(uuid.uuid4())):
            page.write(conversation=conversation, **frame)
            answers.append({key: value for key, value in page.wait("error").items() if key != "conversation"})

        assert answers[0] == answers[1]
        assert answers[0]["code"] == "not-found"
    assert all(not frame["rows"] for frame in page.everything("inbox"))
    assert page.everything("message") == []


def test_an_agent_does_not_read_a_colleagues_chat_but_the_lead_does(
    desk: Open, mei: User, omar: User, waiting: Conversation, shop: Shop
) -> None:
    bo = make_person(username="bo", shops=(shop,))
    actions.take(conversation=waiting, by=bo, at=clock.now())
    agent, lead = desk(mei), desk(omar)

    lead.write(type="open", conversation=str(waiting.pk), since=0)

    assert error_after(agent, type="open", conversation=str(waiting.pk), since=0) == "not-found"
    assert lead.wait("message", seq=1)["author"] == "customer"


def test_without_a_session_the_desk_stays_closed(port: int, pages: object) -> None:
    with Page.open(port, "/ws/desk/") as page:
        assert page.close_code() == 4401


def test_a_role_without_chats_does_not_open_the_desk(desk: Open, zhou: User) -> None:
    assert desk(zhou, hello=False).close_code() == 4403


@pytest.mark.parametrize("origin", ["https://evil.test", "", "null"])
def test_a_foreign_page_does_not_open_the_desk(port: int, origin: str) -> None:
    with Page.open(port, "/ws/desk/", origin=origin) as page:
        assert page.close_code() == 4403


def test_a_signed_out_agent_is_refused_at_the_next_action(
    desk: Open, mei: User, waiting: Conversation
) -> None:
    agent = desk(mei)
    Session.objects.all().delete()

    agent.write(type="take", conversation=str(waiting.pk))

    assert agent.close_code() == 1008
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_an_agent_whose_role_changed_is_refused_at_the_next_action(
    desk: Open, mei: User, waiting: Conversation
) -> None:
    agent = desk(mei)
    User.objects.filter(pk=mei.pk).update(role=Role.ANALYST)

    agent.write(type="take", conversation=str(waiting.pk))

    assert agent.close_code() == 1008


def test_after_a_break_the_desk_gets_what_each_open_chat_missed(
    desk: Open, mei: User, waiting: Conversation
) -> None:
    actions.take(conversation=waiting, by=mei, at=clock.now())
    visitor = Visitor.objects.get()
    actions.hear_customer(visitor=visitor, client_id=uuid.uuid4(), body="still there?", at=clock.now())

    agent = desk(mei, cursors={str(waiting.pk): 2}, available=False)
    agent.wait("state")

    assert [message["seq"] for message in agent.everything("message")] == [3, 4]


def test_a_desk_that_has_seen_more_than_there_is_still_gets_what_comes(
    desk: Open, mei: User, waiting: Conversation
) -> None:
    """So it is after a database was restored from its backup."""
    actions.take(conversation=waiting, by=mei, at=clock.now())
    agent = desk(mei, cursors={str(waiting.pk): 1_000}, available=False)

    actions.hear_customer(
        visitor=Visitor.objects.get(), client_id=uuid.uuid4(), body="still there?", at=clock.now()
    )

    agent.wait("message", body="still there?")


def test_the_inbox_is_in_the_order_of_the_queue(
    desk: Open, mei: User, shop: Shop, waiting: Conversation
) -> None:
    for minutes in (1, 20):
        visitor = actions.meet(shop=shop, token=None, identity=None, at=clock.now()).visitor
        at = clock.now() - timedelta(minutes=minutes)
        actions.set_presence(agent=mei, available=True, capacity=5, at=at)
        actions.ask_for_person(visitor=visitor, client_id=uuid.uuid4(), at=at)

    page = desk(mei, available=False)
    tiers = [row["tier"] for row in page.everything("inbox")[0]["rows"]]

    assert tiers == ["regular", "gold", "regular"]
