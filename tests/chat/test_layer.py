"""Wake-ups: bounded, from any thread, and never in anybody's way."""

import asyncio
import os
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from chat.layer import MISSED, MemoryLayer, RedisLayer

HINT = {"type": "conversation.changed", "id": "x", "seq": 1, "state": "bot"}
REDIS_URL = os.environ.get("REDIS_URL", "")


async def member(layer: MemoryLayer, group: str = "shop.1") -> str:
    channel = await layer.new_channel()
    await layer.group_add(group, channel)
    return channel


async def next_hint(layer: MemoryLayer, channel: str) -> dict[str, Any]:
    return await asyncio.wait_for(layer.receive(channel), timeout=60)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.01)


def test_a_hint_from_a_thread_reaches_every_member() -> None:
    async def story() -> list[dict[str, Any]]:
        layer = MemoryLayer()
        one, two = await member(layer), await member(layer)
        threading.Thread(target=layer.hint, args=("shop.1", HINT)).start()
        return [await next_hint(layer, one), await next_hint(layer, two)]

    assert asyncio.run(story()) == [HINT, HINT]


def test_other_groups_and_those_who_left_hear_nothing() -> None:
    async def story() -> dict[str, Any]:
        layer = MemoryLayer()
        stays, leaves = await member(layer), await member(layer)
        await layer.group_discard("shop.1", leaves)
        await layer.group_send("shop.2", {"type": "elsewhere"})
        await layer.group_send("shop.1", HINT)
        await layer.send(leaves, {"type": "last"})
        assert await next_hint(layer, leaves) == {"type": "last"}
        return await next_hint(layer, stays)

    assert asyncio.run(story()) == HINT


def test_a_reader_who_does_not_read_learns_that_he_missed_something() -> None:
    async def story() -> list[dict[str, Any]]:
        layer = MemoryLayer(capacity=10)
        channel = await member(layer)
        for _ in range(25):
            await layer.send(channel, HINT)
        return [await next_hint(layer, channel) for _ in range(5)]

    assert asyncio.run(story())[0] == MISSED


def test_a_socket_that_is_gone_leaves_nothing_behind() -> None:
    async def story() -> tuple[int, int]:
        layer = MemoryLayer()
        channel = await member(layer)
        layer.leave("shop.1", channel)
        layer.forget(channel)
        await layer.send(channel, HINT)
        return len(layer._mailboxes), len(layer._groups)

    assert asyncio.run(story()) == (0, 0)


def test_hints_before_there_is_a_socket_are_no_error() -> None:
    MemoryLayer().hint("shop.1", HINT)


def test_a_dead_redis_is_not_the_senders_problem() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{unused.getsockname()[1]}/0"

    async def story() -> dict[str, Any]:
        layer = RedisLayer(url=url)
        channel = await member(layer)
        for _ in range(1_000):
            layer.hint("shop.1", HINT)
        return await next_hint(layer, channel)

    assert asyncio.run(story()) == HINT


@pytest.mark.scale
@pytest.mark.skipif(not REDIS_URL, reason="REDIS_URL is not set")
def test_a_hint_crosses_from_one_process_to_another_and_comes_home_once() -> None:
    async def story() -> tuple[list[dict[str, Any]], int]:
        here, there = RedisLayer(url=REDIS_URL, bus="test:hints"), RedisLayer(url=REDIS_URL, bus="test:hints")
        near, far = await member(here), await member(there)
        # Each says MISSED once it listens: whatever came before cannot have been heard.
        assert [await next_hint(here, near), await next_hint(there, far)] == [MISSED, MISSED]
        here.hint("shop.1", HINT)
        got = [await next_hint(here, near), await next_hint(there, far)]
        here.hint("shop.1", {"type": "second"})
        assert await next_hint(there, far) == {"type": "second"}
        assert await next_hint(here, near) == {"type": "second"}
        return got, len(here._mailboxes[near]._hints)

    assert asyncio.run(story()) == ([HINT, HINT], 0)


@pytest.mark.scale
@pytest.mark.skipif(not REDIS_URL, reason="REDIS_URL is not set")
def test_garbage_on_the_bus_hurts_nobody() -> None:
    redis = pytest.importorskip("redis").Redis.from_url(REDIS_URL)

    async def story() -> dict[str, Any]:
        here, there = (
            RedisLayer(url=REDIS_URL, bus="test:garbage"),
            RedisLayer(url=REDIS_URL, bus="test:garbage"),
        )
        far = await member(there)
        assert await next_hint(there, far) == MISSED
        for garbage in (b"", b"{", b"[1]", b'{"a": 1}', b"[[1, 2]]", b"\xff"):
            redis.publish("test:garbage", garbage)
        await member(here)
        here.hint("shop.1", HINT)
        return await next_hint(there, far)

    assert asyncio.run(story()) == HINT


@pytest.mark.scale
@pytest.mark.skipif(not REDIS_URL, reason="REDIS_URL is not set")
def test_after_a_cut_both_ways_come_back_by_themselves() -> None:
    redis = pytest.importorskip("redis").Redis.from_url(REDIS_URL)

    async def story() -> dict[str, Any]:
        here, there = RedisLayer(url=REDIS_URL, bus="test:cut"), RedisLayer(url=REDIS_URL, bus="test:cut")
        far = await member(there)
        assert await next_hint(there, far) == MISSED
        for client in redis.client_list(_type="pubsub"):
            if redis.pubsub_numsub("test:cut")[0][1] and client["sub"] == "1":
                redis.client_kill_filter(_id=client["id"])
        assert await next_hint(there, far) == MISSED
        here.hint("shop.1", HINT)
        return await next_hint(there, far)

    assert asyncio.run(story()) == HINT
