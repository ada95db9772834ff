"""The customer's door, over a real socket."""

import json
import uuid

import pytest
from django.conf import settings
from websockets.exceptions import ConnectionClosed

from chat import actions
from chat.models import Author, Conversation, Message, Visitor
from cscore.accounts.models import User
from cscore.commerce import identity
from cscore.commerce.models import Customer, Shop
from cscore.common import clock
from tests.chat.conftest import Open


def test_what_a_customer_says_is_stored_answered_and_acknowledged(customer_page: Open) -> None:
    page = customer_page()

    ack = page.say("hello")

    page.wait("message", seq=2)
    said, answered = page.everything("message")[-2:]
    assert ack["seq"] == 1
    assert (said["author"], said["body"], said["client_id"]) == ("customer", "hello", ack["client_id"])
    assert (answered["author"], answered["client_id"]) == ("bot", None)
    assert list(Message.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]


def test_a_resend_gets_the_first_ack_again(customer_page: Open) -> None:
    page = customer_page()
    client_id = str(uuid.uuid4())

    first, again = page.say("hello", client_id=client_id), page.say("hello", client_id=client_id)

    assert first == again
    assert Message.objects.filter(author=Author.CUSTOMER).count() == 1


def test_the_same_id_with_other_words_is_a_conflict(customer_page: Open) -> None:
    page = customer_page()
    client_id = page.say("hello")["client_id"]

    page.write(type="send", client_id=client_id, body="goodbye")

    assert page.wait("error")["code"] == "conflict"
    assert not Message.objects.filter(body="goodbye").exists()


def test_after_a_break_since_brings_exactly_what_was_missed(customer_page: Open, mei: User) -> None:
    page = customer_page()
    token = page.welcome["token"]
    page.say("hello")
    page.wait("message", seq=2)
    page.socket.close()
    visitor = Visitor.objects.get()
    for body in ("hello", "thanks"):
        actions.hear_customer(visitor=visitor, client_id=uuid.uuid4(), body=body, at=clock.now())

    back = customer_page(token=token, since=2)
    back.wait("state")

    assert back.welcome["token"] is None
    assert [message["seq"] for message in back.everything("message")] == [3, 4, 5, 6]


def test_a_since_of_another_conversation_is_answered_from_the_beginning(customer_page: Open) -> None:
    page = customer_page()
    page.say("hello")
    page.wait("message", seq=2)

    back = customer_page(token=page.welcome["token"], since=1, conversation=str(uuid.uuid4()))
    back.wait("state")

    assert [message["seq"] for message in back.everything("message")] == [1, 2]


def test_long_histories_come_in_pages_without_holes(customer_page: Open, shop: Shop) -> None:
    met = actions.meet(shop=shop, token=None, identity=None, at=clock.now())
    for _ in range(230):
        actions.hear_customer(visitor=met.visitor, client_id=uuid.uuid4(), body="hello", at=clock.now())

    page = customer_page(token=met.token)
    page.wait("message", seq=460)

    assert [message["seq"] for message in page.everything("message")] == list(range(1, 461))


def test_two_tabs_of_one_visitor_see_the_same(customer_page: Open) -> None:
    one = customer_page()
    two = customer_page(token=one.welcome["token"])

    one.say("hello")

    assert two.wait("message", seq=1)["body"] == "hello"
    assert two.wait("message", seq=2)["author"] == "bot"


def test_after_closing_the_next_words_open_a_new_conversation(customer_page: Open) -> None:
    page = customer_page()
    page.say("hello")
    actions.close(conversation=Conversation.objects.get(), by=None, at=clock.now())
    page.wait("state", state="closed")

    client_id = str(uuid.uuid4())
    page.write(type="send", client_id=client_id, body="hello again")
    welcome = page.wait("welcome")
    page.wait("ack", client_id=client_id)

    assert welcome["conversation"] != page.welcome["conversation"]
    assert Conversation.objects.count() == 2


def test_two_tabs_go_on_to_the_next_conversation_together(
    customer_page: Open, desk: Open, omar: User
) -> None:
    one, lead = customer_page(), desk(omar)
    two = customer_page(token=one.welcome["token"])
    one.say("hello")
    lead.write(type="open", conversation=one.welcome["conversation"], since=0)
    lead.wait("suggestion")
    actions.close(conversation=Conversation.objects.get(), by=omar, at=clock.now())
    for page in (one, two):
        page.wait("state", state="closed")

    one.say("one more thing")

    assert two.wait("welcome")["conversation"] == one.everything("welcome")[-1]["conversation"]
    assert two.wait("message", author="customer")["body"] == "one more thing"
    lead.write(type="ping")
    lead.wait("pong")


def test_only_what_was_offered_can_be_chosen(customer_page: Open) -> None:
    page = customer_page()

    page.write(type="choose", client_id=str(uuid.uuid4()), choice="order:20260601")

    assert page.wait("error")["code"] == "not-found"
    assert not Message.objects.exists()


def test_a_rating_is_kept_and_the_last_one_counts(customer_page: Open) -> None:
    page = customer_page()
    page.say("hello")

    page.write(type="rate", stars=2)
    page.wait("rated", stars=2)
    page.write(type="rate", stars=5, comment="quick")
    page.wait("rated", stars=5)

    conversation = Conversation.objects.get()
    assert (conversation.stars, conversation.comment) == (5, "quick")


def test_signing_in_rotates_the_token_and_takes_the_history_along(
    customer_page: Open, shop: Shop, li: Customer
) -> None:
    stranger = customer_page()
    stranger.say("hello")
    vouched = identity.sign(shop=shop, external_id=li.external_id, at=clock.now())

    signed = customer_page(token=stranger.welcome["token"], identity=vouched)

    assert signed.welcome["customer"] == li.name
    assert signed.welcome["conversation"] == stranger.welcome["conversation"]
    assert signed.welcome["token"] not in {None, stranger.welcome["token"]}
    assert Conversation.objects.get().customer == li
    assert stranger.close_code() == 1008
    assert (
        customer_page(token=stranger.welcome["token"]).welcome["conversation"]
        != signed.welcome["conversation"]
    )


def test_a_customer_whose_new_token_was_lost_on_its_way_keeps_the_history(
    customer_page: Open, shop: Shop, li: Customer
) -> None:
    stranger = customer_page()
    stranger.say("hello")
    vouched = identity.sign(shop=shop, external_id=li.external_id, at=clock.now())
    unheard = customer_page(token=stranger.welcome["token"], identity=vouched)

    again = customer_page(token=stranger.welcome["token"], identity=vouched)

    assert again.welcome["conversation"] == stranger.welcome["conversation"]
    assert again.welcome["token"] not in {None, stranger.welcome["token"], unheard.welcome["token"]}


def test_a_former_token_opens_nothing_to_another_customer(
    customer_page: Open, shop: Shop, li: Customer
) -> None:
    other = Customer.objects.create(shop=shop, external_id="C2", name="Wang")
    stranger = customer_page()
    stranger.say("hello")
    customer_page(
        token=stranger.welcome["token"],
        identity=identity.sign(shop=shop, external_id=li.external_id, at=clock.now()),
    )

    thief = customer_page(
        token=stranger.welcome["token"],
        identity=identity.sign(shop=shop, external_id=other.external_id, at=clock.now()),
    )

    assert thief.welcome["conversation"] != stranger.welcome["conversation"]


def test_another_customer_in_the_same_browser_sees_nothing_of_the_first(
    customer_page: Open, shop: Shop, li: Customer
) -> None:
    other = Customer.objects.create(shop=shop, external_id="C2", name="Wang")
    first = customer_page(identity=identity.sign(shop=shop, external_id=li.external_id, at=clock.now()))
    first.say("hello")

    second = customer_page(
        token=first.welcome["token"],
        identity=identity.sign(shop=shop, external_id=other.external_id, at=clock.now()),
    )
    second.wait("state")

    assert second.welcome["conversation"] != first.welcome["conversation"]
    assert second.everything("message") == []


def test_a_forged_identity_leaves_a_stranger(customer_page: Open, other_shop: Shop, li: Customer) -> None:
    forged = identity.sign(shop=other_shop, external_id=li.external_id, at=clock.now())

    page = customer_page(identity=forged)

    assert page.welcome["customer"] is None
    assert page.wait("error")["code"] == "not-allowed"


def test_a_token_of_another_shop_opens_nothing(customer_page: Open, other_shop: Shop) -> None:
    page = customer_page()
    page.say("hello")

    elsewhere = customer_page(shop_key=other_shop.key, token=page.welcome["token"])
    elsewhere.wait("state")

    assert elsewhere.welcome["token"] is not None
    assert elsewhere.everything("message") == []


def test_only_the_hash_of_a_token_is_kept(customer_page: Open) -> None:
    token = customer_page().welcome["token"]

    assert len(token) >= 43
    assert token not in json.dumps(list(Visitor.objects.values("token_hash")))


@pytest.mark.parametrize("origin", ["https://evil.test", "", "null", "http://[", "http://127.0.0.1:1"])
def test_a_foreign_page_is_shown_out(customer_page: Open, origin: str) -> None:
    assert customer_page(hello=False, origin=origin).close_code() == 4403


def test_a_page_of_the_shop_is_let_in(customer_page: Open, shop: Shop) -> None:
    shop.widget_origins = ["https://shop.example.com"]
    shop.save()

    assert customer_page(origin="https://shop.example.com").welcome["state"] == "bot"


def test_a_shop_that_is_not_there_has_no_chat(customer_page: Open) -> None:
    assert customer_page(hello=False, shop_key="nowhere").close_code() == 4404


def test_the_first_frame_must_be_hello_and_only_the_first(customer_page: Open) -> None:
    page = customer_page(hello=False)

    page.write(type="send", client_id=str(uuid.uuid4()), body="hello")
    assert page.wait("error")["code"] == "hello-first"
    page.hello()
    page.write(type="hello", token=None, identity=None, since=0, locale="en")

    assert page.wait("error")["code"] == "hello-first"
    assert not Message.objects.exists()


def test_binary_and_oversized_frames_end_the_socket(customer_page: Open) -> None:
    binary, huge = customer_page(), customer_page()

    binary.socket.send(b"hello")
    huge.socket.send(json.dumps({"type": "send", "client_id": str(uuid.uuid4()), "body": "字" * 30_000}))

    assert (binary.close_code(), huge.close_code()) == (1003, 1009)


def test_too_many_messages_are_refused_with_the_seconds_to_wait(customer_page: Open) -> None:
    page = customer_page()
    for _ in range(5):
        page.say("hello")

    page.write(type="send", client_id=str(uuid.uuid4()), body="one too many")
    error = page.wait("error")

    assert error["code"] == "rate-limited"
    assert 1 <= error["retry_after"] <= 60
    assert not Message.objects.filter(body="one too many").exists()


def test_a_visitor_may_hold_four_sockets(customer_page: Open) -> None:
    token = customer_page().welcome["token"]
    for _ in range(3):
        customer_page(token=token)

    fifth = customer_page(hello=False)
    fifth.write(type="hello", token=token, identity=None, since=0, locale="en")

    assert fifth.close_code() == 1013


def test_whoever_says_nothing_is_shown_out(customer_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.CHAT_LIMITS, "hello_s", 0.05)

    assert customer_page(hello=False).close_code() == 1008


def test_a_sender_never_learns_another_ones_client_ids(customer_page: Open, desk: Open, mei: User) -> None:
    agent, page = desk(mei), customer_page()
    page.write(type="human", client_id=str(uuid.uuid4()))
    conversation = agent.wait("inbox", whole=False)["rows"][0]["conversation"]
    agent.write(type="take", conversation=conversation)
    agent.wait("inbox")
    agent.say("Hello, this is Mei.", conversation=conversation)

    assert page.wait("message", author="agent")["client_id"] is None


def test_a_closed_socket_can_not_be_written_to(customer_page: Open) -> None:
    page = customer_page(hello=False, origin="https://evil.test")
    page.close_code()

    with pytest.raises(ConnectionClosed):
        page.write(type="ping")
