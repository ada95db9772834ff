"""The web process is killed again and again under load; every acknowledged message is there once, in order."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.stage import Stage, Web
from tests.wire import Customer, Frame

pytestmark = pytest.mark.xdist_group("stage")

KILLS = 10
CUSTOMERS = 12
MESSAGES_BETWEEN_KILLS = 40
BODIES = ("你好", "怎么申请退货", "天书 {n}", "请问发什么快递", "谢谢")


@dataclass
class Ledger:
    """What a customer was promised: client ids in the order in which they were sent, with their acks.

    `stored` is what a new connection reads afterwards.
    """

    customer: Customer
    acks: dict[str, Frame] = field(default_factory=dict)
    stored: list[Frame] = field(default_factory=list)


async def talk(ledger: Ledger, *, ended: asyncio.Event, acknowledged: Callable[[], None]) -> None:
    number = 0
    while not ended.is_set():
        client_id = str(uuid.uuid4())
        body = BODIES[number % len(BODIES)].format(n=number)
        ledger.acks[client_id] = await ledger.customer.say_until_acknowledged(body, client_id)
        acknowledged()
        number += 1


async def kill_under_load(stage: Stage, web: Web) -> list[Ledger]:
    ledgers = [Ledger(Customer(web.ws)) for _ in range(CUSTOMERS)]
    ended, count, moved = asyncio.Event(), 0, asyncio.Event()

    def acknowledged() -> None:
        nonlocal count
        count += 1
        moved.set()

    talks = [asyncio.create_task(talk(ledger, ended=ended, acknowledged=acknowledged)) for ledger in ledgers]
    for _ in range(KILLS):
        goal = count + MESSAGES_BETWEEN_KILLS
        while count < goal:
            moved.clear()
            await asyncio.wait_for(moved.wait(), 60)
        await asyncio.to_thread(web.kill)
        web = await asyncio.to_thread(stage.web, web.port)
    ended.set()
    await asyncio.gather(*talks)
    for ledger in ledgers:
        await ledger.customer.leave()
        ledger.stored = await transcript(ledger.customer)
    return ledgers


async def transcript(customer: Customer) -> list[Frame]:
    """The whole conversation as a new connection reads it."""
    again = Customer(customer.ws_url, token=customer.token)
    welcome = await again.hello(since=0)
    while len(again.seen) < welcome["seq"]:
        await again.receive()
    await again.leave()
    assert again.doubled == []
    return [frame for _, frame in sorted(again.seen.items())]


def test_ten_kills_under_load_lose_double_and_reorder_nothing(stage: Stage) -> None:
    web = stage.web()

    ledgers = asyncio.run(kill_under_load(stage, web))

    assert sum(len(ledger.acks) for ledger in ledgers) >= KILLS * MESSAGES_BETWEEN_KILLS
    for ledger in ledgers:
        frames = ledger.stored
        mine = [frame["client_id"] for frame in frames if frame["client_id"]]
        assert [frame["seq"] for frame in frames] == list(range(1, len(frames) + 1))
        assert mine == list(ledger.acks)
        by_id = {frame["client_id"]: frame for frame in frames}
        for client_id, ack in ledger.acks.items():
            assert (ack["seq"], ack["id"]) == (by_id[client_id]["seq"], by_id[client_id]["id"])
        assert ledger.customer.doubled == []
