"""Thousands of broken frames over a real socket: answered by a code or a close, stored never, logged never."""

import json
import logging
import random
import uuid
from typing import Any

import pytest

from chat.consumers import socket as door
from chat.consumers.limits import Rates
from chat.models import Message
from cscore.accounts.models import User
from tests.chat.conftest import Open
from tests.chat.served import Page

FRAMES = 1_500
NAMES = [
    "hello", "send", "choose", "human", "typing", "read", "rate", "open", "take", "note", "transfer", "release",
    "close", "open_ticket", "move_ticket", "suggest", "presence", "__class__", "", "conversation_changed",
]  # fmt: skip
FIELDS = [
    "client_id", "body", "choice", "seq", "stars", "comment", "conversation", "since", "to", "kind", "number",
    "state", "reason", "item", "order", "text", "cursors", "available", "capacity", "token", "locale",
]  # fmt: skip
ODD: list[Any] = [
    None, True, False, 0, -1, 1.5, 2**63, "", " ", "x", "\x00", "\ud800", "💥" * 50, [], {}, [[]], {"a": None},
    "a" * 5_000, str(uuid.UUID(int=0)), str(uuid.UUID(int=1)),
]  # fmt: skip
RAW = [
    "",
    "{",
    "null",
    "[]",
    "12",
    '"x"',
    "{}",
    '{"type":{}}',
    "[" * 20_000,
    '{"type":"send"' * 9,
    "\u0000",
    "NaN",
]


def garbage(dice: random.Random) -> str:
    if dice.random() < 0.2:
        return dice.choice(RAW)
    frame: dict[str, Any] = {"type": dice.choice(NAMES)}
    frame |= {name: dice.choice(ODD) for name in dice.sample(FIELDS, dice.randint(0, 6))}
    return json.dumps(frame)


def throw(page: Page, dice: random.Random, count: int) -> set[str]:
    """Sends garbage, and pings to know that everything before was answered; returns the codes."""
    for number in range(count):
        page.socket.send(garbage(dice))
        if number % 50 == 49:
            page.write(type="ping")
            page.wait("pong")
    return {frame["code"] for frame in page.everything("error")}


@pytest.fixture(autouse=True)
def _as_fast_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "frame_rates", Rates(per_minute=1e9, burst=1e9))


def test_garbage_from_a_customer_stores_nothing_and_breaks_nothing(
    customer_page: Open, caplog: pytest.LogCaptureFixture
) -> None:
    page = customer_page()

    codes = throw(page, random.Random(7), FRAMES)

    # Among the garbage are a few frames in order; nothing else may be stored.
    in_order = {*(odd for odd in ODD if isinstance(odd, str)), "I would like to talk to a person."}
    assert codes >= {"bad-json", "unknown-type", "bad-field", "bad-text", "too-long"}
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert set(Message.objects.filter(author="customer").values_list("body", flat=True)) <= in_order


def test_garbage_from_a_desk_stores_nothing_and_breaks_nothing(
    desk: Open, mei: User, caplog: pytest.LogCaptureFixture
) -> None:
    page = desk(mei)

    codes = throw(page, random.Random(8), FRAMES)

    assert codes >= {"bad-json", "unknown-type", "bad-field", "not-found"}
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert not Message.objects.exists()


def test_a_flood_of_frames_is_refused_and_others_are_served(
    customer_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "frame_rates", Rates(per_minute=1_200, burst=100))
    flooder, other = customer_page(), customer_page()
    for _ in range(400):
        flooder.socket.send("{")

    other.say("hello")

    assert flooder.wait("error", code="rate-limited")["retry_after"] == 1


def test_bytes_that_are_no_utf_8_end_the_socket(customer_page: Open) -> None:
    page = customer_page()

    page.socket.send(b"\xff\xfe", text=True)

    assert page.close_code() == 1007
