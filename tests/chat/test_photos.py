"""A customer's photo: sent with the visitor's token, kept as a JPEG of ours, shown to him and to the shop's staff alone."""

import http.client
import json
import uuid
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from chat import actions
from chat.consumers.limits import Rates
from chat.models import Author, Conversation, Message, State
from chat.views import photos as door
from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.commerce import identity
from cscore.commerce.models import Customer, Order, Shop
from cscore.common import clock
from tests.chat.conftest import Open
from tests.factories import make_person, make_ticket
from tickets.models import Photo, Ticket
from tickets.photographs import MOST_IN_CHAT


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "attempts", Rates(per_minute=10, burst=10))


@pytest.fixture
def token(shop: Shop, li: Customer, order: Order) -> str:
    """Li's token: she is signed in and has an order."""
    signed = identity.sign(shop=shop, external_id=li.external_id, at=clock.now())
    met = actions.meet(shop=shop, token=None, identity=signed, at=clock.now())
    assert met.token
    return met.token


def jpeg(shade: int = 90) -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 40), (shade, 30, 60)).save(file, "JPEG")
    return file.getvalue()


def send(token: str, data: bytes = b"", *, shop: str = "shanye", client_id: str = "", **headers: str) -> Any:
    return Client().post(
        f"/widget/{shop}/photos/",
        data or jpeg(),
        content_type="image/jpeg",
        headers={
            "X-Visitor-Token": token,
            "X-Client-Id": client_id or str(uuid.uuid4()),
            "Accept": "application/json",
            **headers,
        },
    )


def own(token: str, photo: Photo, *, shop: str = "shanye") -> Any:
    return Client().get(f"/widget/{shop}/photos/{photo.pk}/", headers={"X-Visitor-Token": token})


def staff(person: User, photo: Photo) -> int:
    client = Client()
    client.force_login(person)
    return client.get(reverse("chat:photo", args=[photo.pk])).status_code


def test_a_photo_becomes_a_message_with_a_part_and_the_bot_says_it_is_kept(token: str, shop: Shop) -> None:
    answer = send(token)

    assert answer.status_code == 201
    kept, message = Photo.objects.get(), Message.objects.get(author=Author.CUSTOMER)
    assert answer.json() == {
        "conversation": str(message.conversation_id),
        "id": str(message.pk),
        "seq": message.seq,
    }
    assert message.parts == [{"kind": "photo", "id": str(kept.pk), "width": 60, "height": 40}]
    assert kept.origin_ref == str(message.conversation_id)
    assert Message.objects.filter(author=Author.BOT).count() == 1


def test_what_comes_back_is_inert(token: str) -> None:
    send(token, jpeg() + b"<script>alert(1)</script>")

    answer = own(token, Photo.objects.get())

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("inline; filename=")
    assert answer["Cache-Control"] == "private, max-age=600"
    assert b"script" not in answer.content


def test_a_case_asks_for_a_photo_and_its_ticket_gets_it(token: str, shop: Shop, order: Order) -> None:
    visitor = actions.meet(shop=shop, token=token, identity=None, at=clock.now()).visitor
    line = order.lines.order_by("pk").first()
    assert line is not None
    said = {"visitor": visitor, "at": clock.now()}
    actions.hear_customer(**said, client_id=uuid.uuid4(), body="收到的帐篷破了")
    actions.choose(**said, client_id=uuid.uuid4(), choice=f"order:{order.number}")
    actions.choose(**said, client_id=uuid.uuid4(), choice=f"item:{line.pk}")
    asked = Message.objects.order_by("-seq")[0]
    assert asked.parts[0]["field"] == "photo"

    assert send(token).status_code == 201

    ticket = Ticket.objects.get()
    assert Photo.objects.get().ticket == ticket
    assert ticket.number in Message.objects.order_by("-seq")[0].body


def opened(shop: Shop, token: str, **fields: Any) -> Ticket:
    """A case of the conversation that this visitor has now."""
    visitor = actions.meet(shop=shop, token=token, identity=None, at=clock.now()).visitor
    conversation = actions.start(visitor=visitor, at=clock.now())
    ticket = make_ticket(shop=shop, **fields)
    conversation.tickets.add(ticket)
    return ticket


def bot_said() -> str:
    return Message.objects.filter(author=Author.BOT).latest("seq").body


def test_a_photo_after_a_case_belongs_to_it_and_the_bot_says_so(token: str, shop: Shop) -> None:
    ticket = opened(shop, token, kind="exchange")

    send(token)

    assert Photo.objects.get().ticket == ticket
    assert ticket.number in bot_said()


@pytest.mark.parametrize("fields", [{"state": "closed"}, {"state": "solved"}, {"kind": "callback"}])
def test_a_photo_after_a_settled_case_or_a_call_back_belongs_to_none(
    token: str, shop: Shop, fields: dict[str, str]
) -> None:
    ticket = opened(shop, token, **fields)

    send(token)

    assert Photo.objects.get().ticket is None
    assert ticket.number not in bot_said()


def test_while_another_case_is_filled_in_the_photo_waits_for_that_one(token: str, shop: Shop) -> None:
    opened(shop, token)
    visitor = actions.meet(shop=shop, token=token, identity=None, at=clock.now()).visitor
    actions.hear_customer(visitor=visitor, client_id=uuid.uuid4(), body="收到的帐篷破了", at=clock.now())

    send(token)

    assert Photo.objects.get().ticket is None


def test_a_ticket_from_the_desk_gets_the_photos_of_the_chat(token: str, shop: Shop, mei: User) -> None:
    send(token)
    conversation = Conversation.objects.get()

    ticket = actions.open_ticket_for(
        conversation=conversation, kind="damaged", order=None, item=None, reason="Torn", client_id=uuid.uuid4(),
        by=mei, at=clock.now(),
    )  # fmt: skip

    assert Photo.objects.get().ticket == ticket


def test_one_chat_holds_so_many_photos_and_no_more(token: str) -> None:
    send(token)
    Photo.objects.update(at=clock.now() - timedelta(hours=2))
    first = Photo.objects.get()
    Photo.objects.bulk_create(
        Photo(
            shop_id=first.shop_id,
            origin_ref=first.origin_ref,
            data=first.data,
            width=60,
            height=40,
            at=first.at,
        )
        for _ in range(MOST_IN_CHAT - 1)
    )

    answer = send(token)

    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too-many-photos-here")


def test_the_same_photo_under_the_same_id_is_one_message(token: str) -> None:
    client_id, data = str(uuid.uuid4()), jpeg()

    first, again = (send(token, data, client_id=client_id) for _ in range(2))
    other = send(token, jpeg(200), client_id=client_id)

    assert first.json() == again.json()
    assert (other.status_code, other.json()["error"]["code"]) == (409, "conflict")
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415, "no-photo"),
        (b"x" * (10 * 1024 * 1024 + 1), 413, "photo-too-large"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_code_and_leaves_nothing(
    token: str, data: bytes, status: int, code: str
) -> None:
    answer = send(token, data)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert not Photo.objects.exists()
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("headers", [{"X-Visitor-Token": "guessed"}, {"X-Visitor-Token": ""}])
def test_without_a_visitors_token_there_is_nothing_here(token: str, headers: dict[str, str]) -> None:
    assert send("", **headers).status_code == 404


def test_another_page_may_not_send_or_read_photos(token: str) -> None:
    assert send(token, Origin="https://evil.example").status_code == 403
    assert send(token, Origin="http://testserver").status_code == 201


def test_ten_photos_an_hour_are_enough(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "attempts", Rates(per_minute=100, burst=100))

    statuses = [send(token, jpeg(number)).status_code for number in range(11)]
    Photo.objects.update(at=clock.now() - timedelta(hours=2))

    assert statuses == [201] * 10 + [429]
    assert send(token, jpeg(99)).status_code == 201


def test_who_tries_too_often_waits(token: str) -> None:
    statuses = [send(token, b"no photo").status_code for _ in range(11)]

    assert statuses[:10] == [415] * 10
    assert statuses[10] == 429


def test_another_visitor_does_not_see_it(token: str, shop: Shop, other_shop: Shop) -> None:
    send(token)
    photo = Photo.objects.get()
    stranger = actions.meet(shop=shop, token=None, identity=None, at=clock.now()).token
    elsewhere = actions.meet(shop=other_shop, token=None, identity=None, at=clock.now()).token

    assert own(str(stranger), photo).status_code == 404
    assert own(str(elsewhere), photo, shop=other_shop.key).status_code == 404
    assert own(token, photo).status_code == 200


def test_staff_see_the_photos_of_their_tickets_and_of_the_chats_they_serve(
    token: str, shop: Shop, mei: User, omar: User, zhou: User, lin: User, vera: User
) -> None:
    send(token)
    photo, conversation = Photo.objects.get(), Conversation.objects.get()

    with_the_bot = [staff(person, photo) for person in (mei, omar, zhou)]
    Conversation.objects.update(state=State.HUMAN, agent=mei)
    with_mei = [staff(person, photo) for person in (mei, omar, zhou)]
    ticket = conversation.tickets.create(
        shop=shop, number="T1", kind="damaged", reason="x", opened_at=clock.now(), updated_at=clock.now(),
        due_at=clock.now(),
    )  # fmt: skip
    Photo.objects.update(ticket=ticket)
    with_a_ticket = [staff(person, photo) for person in (mei, omar, zhou)]

    assert with_the_bot == [404, 200, 404]
    assert with_mei == [200, 200, 404]
    assert with_a_ticket == [200, 200, 200]
    assert staff(lin, photo) == 403
    assert staff(make_person(role=Role.ADMINISTRATOR, shops=()), photo) == 404
    assert staff(vera, photo) in {403, 404}


def test_the_tickets_page_shows_its_photos(token: str, shop: Shop, omar: User) -> None:
    send(token)
    ticket = Ticket.objects.create(
        shop=shop, number="T1", kind="damaged", reason="x", opened_at=clock.now(), updated_at=clock.now(),
        due_at=clock.now(),
    )  # fmt: skip
    Photo.objects.update(ticket=ticket)
    client = Client()
    client.force_login(omar)

    page = client.get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).content.decode()

    assert reverse("chat:photo", args=[Photo.objects.get().pk]) in page


def test_the_page_that_is_open_gets_the_photo_like_any_message(customer_page: Open) -> None:
    page = customer_page()
    page.wait("state")

    answer = send(page.welcome["token"])

    assert answer.status_code == 201
    assert page.wait("message", author="customer")["parts"][0]["kind"] == "photo"
    assert page.wait("message", author="bot")


def test_a_body_that_says_it_is_too_long_is_not_even_read(port: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.putrequest("POST", "/widget/shanye/photos/")
    line.putheader("Content-Length", str(11 * 1024 * 1024))
    line.endheaders()

    answer = line.getresponse()

    assert (answer.status, json.loads(answer.read())["error"]["code"]) == (413, "too-large")
    line.close()


def test_a_body_that_does_not_say_how_long_it_is_is_counted(port: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.putrequest("POST", "/widget/shanye/photos/")
    line.putheader("Transfer-Encoding", "chunked")
    line.endheaders()
    with suppress(ConnectionError):
        for _ in range(12):
            line.send(b"100000\r\n" + b"x" * 0x100000 + b"\r\n")
        line.send(b"0\r\n\r\n")

    answer = line.getresponse()

    assert (answer.status, json.loads(answer.read())["error"]["code"]) == (413, "too-large")
    line.close()
