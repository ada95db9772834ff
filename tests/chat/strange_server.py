"""A language model's server that does what a test tells it, on a real port; `requests` is what it was asked."""

import asyncio
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

HEAD = "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n{more}\r\n"
STREAM = "text/event-stream; charset=utf-8"


@dataclass
class Talk:
    """One connection, after its request was read. `forever` is over when the test is."""

    writer: asyncio.StreamWriter
    over: asyncio.Event

    async def head(self, status: str = "200 OK", kind: str = STREAM, more: str = "") -> None:
        await self.raw(HEAD.format(status=status, kind=kind, more=more).encode())

    async def raw(self, content: bytes) -> None:
        self.writer.write(content)
        await self.writer.drain()

    async def token(self, text: Any) -> None:
        await self.raw(f"data: {json.dumps({'choices': [{'delta': {'content': text}}]})}\n\n".encode())

    async def done(self) -> None:
        await self.raw(b"data: [DONE]\n\n")

    async def forever(self) -> None:
        await self.over.wait()


Behaviour = Callable[[Talk], Awaitable[None]]


@dataclass
class StrangeServer:
    url: str
    behaviour: Behaviour
    requests: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)
    may_speak: threading.Event = field(default_factory=threading.Event)

    async def hear(self, reader: asyncio.StreamReader) -> None:
        """Reads one request and keeps it."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        [length] = [
            line.split(":")[1] for line in head.splitlines() if line.lower().startswith("content-length")
        ]
        self.heads.append(head)
        self.requests.append(json.loads(await reader.readexactly(int(length))))
        self.asked.set()

    @property
    def patient(self) -> dict[str, Any]:
        """The setting for a test in which the model is well, on a machine that may be busy."""
        return self.setting | {"first_s": 8.0, "total_s": 9.0}

    def says_when_it_may(self, *tokens: str) -> Behaviour:
        """Thinks until the test sets `may_speak`."""

        async def behave(talk: Talk) -> None:
            await asyncio.to_thread(self.may_speak.wait, 8)
            await says(*tokens)(talk)

        return behave

    @property
    def setting(self) -> dict[str, Any]:
        """LANGUAGE_MODEL as an operator would have it, with less patience."""
        return {
            "base_url": self.url,
            "model": "tiny",
            "api_key": "the-key",
            "private": True,
            "first_s": 0.4,
            "total_s": 0.8,
        }


def says(*tokens: str) -> Behaviour:
    """A server that is well and says this."""

    async def behave(talk: Talk) -> None:
        await talk.head()
        for token in tokens:
            await talk.token(token)
        await talk.done()

    return behave


@contextmanager
def strange_server(behaviour: Behaviour) -> Iterator[StrangeServer]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = StrangeServer(f"http://127.0.0.1:{listening.getsockname()[1]}/v1", behaviour)
    ready, stop = threading.Event(), []

    async def serve() -> None:
        over, talks = asyncio.Event(), []
        stop.extend([asyncio.get_running_loop(), over])

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            talks.append(asyncio.current_task())
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await server.hear(reader)
                await server.behaviour(Talk(writer, over))
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

        async with await asyncio.start_server(talk, sock=listening):
            ready.set()
            await over.wait()
        await asyncio.gather(*talks)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(60)
    yield server
    loop, over = stop
    loop.call_soon_threadsafe(over.set)
    thread.join(60)
