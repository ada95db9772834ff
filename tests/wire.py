"""A customer's client that speaks docs/protocol.md over a real socket, independent of the product's own code."""

import asyncio
import json
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

Frame = dict[str, Any]


class Refused(Exception):  # noqa: N818 - what the server answered, not what went wrong here
    """The server answered with an error frame instead of what was waited for."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.code = frame["code"]


PATIENCE_S = 10.0


@dataclass
class Customer:
    """One visitor's socket. `seen` holds every message frame by its seq, over all reconnections."""

    ws_url: str
    shop: str = "shanye"
    identity: str | None = None
    locale: str = "zh-hans"
    origin: str = ""
    token: str | None = None
    conversation: str = ""
    state: str = ""
    seen: dict[int, Frame] = field(default_factory=dict)
    doubled: list[Frame] = field(default_factory=list)
    socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        await self.hello()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.leave()

    async def hello(self, since: int | None = None) -> Frame:
        """Connects and says hello; returns the welcome."""
        origin = self.origin or self.ws_url.replace("ws://", "http://")
        self.socket = await connect(f"{self.ws_url}/ws/chat/{self.shop}/", origin=origin, max_size=1 << 20)
        since = max(self.seen, default=0) if since is None else since
        hello = {"type": "hello", "token": self.token, "identity": self.identity, "since": since}
        await self.send_frame(hello | {"locale": self.locale})
        welcome = await self.next("welcome")
        return welcome

    async def leave(self) -> None:
        if self.socket:
            with suppress(ConnectionClosed, OSError):
                await self.socket.close()
            self.socket = None

    async def send_frame(self, frame: Frame) -> None:
        assert self.socket
        await self.socket.send(json.dumps(frame))

    async def receive(self) -> Frame:
        """The next frame, noted where it is a message or news of the conversation."""
        assert self.socket
        frame: Frame = json.loads(await asyncio.wait_for(self.socket.recv(), PATIENCE_S))
        if frame["type"] == "welcome":
            self.token = frame["token"] or self.token
            self.conversation, self.state = frame["conversation"], frame["state"]
        elif frame["type"] == "state":
            self.state = frame["state"]
        elif frame["type"] == "message":
            known = self.seen.setdefault(frame["seq"], frame)
            if known is not frame:
                self.doubled.append(frame)
        return frame

    async def next(self, kind: str, **fields: Any) -> Frame:
        """The next frame of this type with these fields; others are noted and passed over."""
        while True:
            frame = await self.receive()
            if frame["type"] == kind and all(frame.get(name) == value for name, value in fields.items()):
                return frame
            if frame["type"] == "error" and kind != "error":
                raise Refused(frame)

    async def ask(self, body: str) -> Frame:
        """Sends a text and returns the first answer to it."""
        seq = (await self.say(body))["seq"]
        while True:
            later = [frame for number, frame in sorted(self.seen.items()) if number > seq]
            answers = [frame for frame in later if frame["author"] != "customer"]
            if answers:
                return answers[0]
            await self.receive()

    async def say(self, body: str, client_id: str = "") -> Frame:
        """Sends a text once and returns its ack."""
        client_id = client_id or str(uuid.uuid4())
        await self.send_frame({"type": "send", "client_id": client_id, "body": body})
        return await self.next("ack", client_id=client_id)

    async def say_until_acknowledged(self, body: str, client_id: str) -> Frame:
        """Sends a text again and again under one id, over any number of broken connections, until it is acknowledged."""
        while True:
            try:
                if self.socket is None:
                    await self.hello()
                return await self.say(body, client_id)
            except Refused as refused:
                # The one refusal that says "not stored, send it again".
                if refused.code != "busy":
                    raise
            except (ConnectionClosed, OSError, InvalidStatus, TimeoutError, EOFError):
                await self.leave()
            await asyncio.sleep(0.05)  # a client's pause before it knocks again
