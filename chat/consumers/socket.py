"""What both doors share: frames in and out, limits, errors, and leaving in order."""

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from channels.consumer import get_handler_name
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import DatabaseError
from django.utils import translation

from chat.consumers.language import language_of
from chat.consumers.limits import Places, Rates
from chat.consumers.threads import in_thread
from chat.layer import MISSED, MemoryLayer
from chat.protocol import answering, outgoing, parsing
from chat.protocol.refusals import Busy, HelloFirst
from cscore.common.errors import NotAllowed, NotFound, Refusal, SignInFirst

logger = logging.getLogger(__name__)

LIMITS: dict[str, Any] = settings.CHAT_LIMITS
# A reader who lets frames lie for this long gets no more.
SLOWEST_READ_S = 30.0
LOOK_AGAIN_S = 2
BINARY, POLICY, TOO_BIG, BROKEN, COME_BACK, OVERLOADED = 1003, 1008, 1009, 1011, 1012, 1013
NOT_SIGNED_IN, FORBIDDEN, NO_SUCH_SHOP = 4401, 4403, 4404

# Frames of any type that one socket may send; twenty a second is faster than people are.
frame_rates = Rates(per_minute=1_200, burst=max(100, LIMITS["messages_per_minute"] / 10))
addresses = Places(LIMITS["sockets_per_address"])

Handler = Callable[[Any], Awaitable[None]]


class Socket(AsyncWebsocketConsumer, ABC):  # type: ignore[misc]
    """One websocket. Subclasses list the frames they know and have a method `on_<type>` for each."""

    frames: Mapping[str, type]
    channel_layer: MemoryLayer
    # The hash of what let this socket in; the socket ends when the database holds another one.
    credential = ""

    def __init__(self) -> None:
        super().__init__()
        self.locale = settings.LANGUAGE_CODE
        self.greeted = self.closing = self.listening = False
        self._leave: list[Callable[[], object]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Lives until the other side or we close; whatever ends it, every place it holds is given back."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            for leave in reversed(self._leave):
                leave()
            self.channel_layer.forget(self.channel_name)

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Channels' own dispatch checks database connections in a shared thread at every message; ours does not."""
        try:
            await self.handle(message)
        except StopConsumer:
            raise
        except (DatabaseError, Busy):
            # The database is away for a moment, or has too much to do: look again soon, whatever this was about.
            logger.warning("No database on %s.", message["type"], exc_info=True)
            asyncio.get_running_loop().call_later(
                LOOK_AGAIN_S, self.channel_layer.put, self.channel_name, MISSED
            )
        except Exception:
            logger.exception("A websocket failed on %s.", message["type"])
            await self.end(BROKEN)

    async def handle(self, message: dict[str, Any]) -> None:
        """Calls the message's own method; a hint that finds the door shut ends the socket in order."""
        try:
            await getattr(self, get_handler_name(message))(message)
        except Busy:
            raise
        except Refusal:
            await self.still_welcome()
            # Still welcome, but what it watched is gone: the next hello finds what there is.
            await self.end(COME_BACK)

    def at_the_end(self, leave: Callable[[], object]) -> None:
        """Remembers what to give back when the socket is gone."""
        self._leave.append(leave)

    async def connect(self) -> None:
        """Accepts first, so that the page learns from the close code why it may not stay."""
        self.locale = language_of(self.scope)
        await self.accept()
        address = (self.scope.get("client") or ("",))[0]
        if not addresses.enter(address):
            await self.end(OVERLOADED)
            return
        self.at_the_end(lambda: addresses.leave(address))
        try:
            code = await self.refuse_at_door()
        except (DatabaseError, Busy):
            logger.warning("No database for a newcomer.", exc_info=True)
            code = OVERLOADED
        if code:
            await self.end(code)
        else:
            self._expect_hello()

    @abstractmethod
    async def refuse_at_door(self) -> int:
        """The close code for who may not come in, or 0."""

    def _expect_hello(self) -> None:
        timer = asyncio.get_running_loop().call_later(LIMITS["hello_s"], self._no_hello)
        self.at_the_end(timer.cancel)

    def _no_hello(self) -> None:
        if self.listening:
            # It has said something that we are slow to answer: our slowness is not its silence.
            self._expect_hello()
        elif not self.greeted:
            task = asyncio.ensure_future(self.end(POLICY))
            self.at_the_end(task.cancel)

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        text = message.get("text")
        if self.closing:
            return
        if text is None:
            await self.end(BINARY)
        elif (
            len(text) > LIMITS["frame_bytes"] or len(text.encode("utf-8", "replace")) > LIMITS["frame_bytes"]
        ):
            await self.end(TOO_BIG)
        else:
            self.listening = True
            await self.obey(text)
            self.listening = False

    async def obey(self, text: str) -> None:
        """Reads one frame and does what it says; a refusal goes back as an error."""
        content: dict[str, Any] = {}
        try:
            frame_rates.check(self.channel_name, now=time.monotonic())
            content = parsing.loads(text)
            frame = parsing.parse(content, self.frames)
            if (content["type"] == "hello") == self.greeted and content["type"] != "ping":
                raise HelloFirst
            await getattr(self, f"on_{content['type']}")(frame)
        except (DatabaseError, Busy) as away:
            logger.warning("No database for a frame.", exc_info=True)
            if content["type"] == "hello":
                # Half welcomed is worse than not at all: come back and say it again.
                await self.end(OVERLOADED)
            else:
                busy = away if isinstance(away, Busy) else Busy(retry_after=LOOK_AGAIN_S)
                await self.refuse(busy, content)
        except Refusal as refusal:
            await self.refuse(refusal, content)

    async def refuse(self, refusal: Refusal, content: dict[str, Any]) -> None:
        """Sends the refusal; who may not be here at all is shown out."""
        with translation.override(self.locale):
            error = answering.refused(refusal, parsing.client_id_of(content))
        await self.write(error, conversation=self.conversation_of(content))
        if self.greeted and isinstance(refusal, (NotAllowed, NotFound, SignInFirst)):
            await self.still_welcome()

    def conversation_of(self, content: dict[str, Any]) -> UUID | None:
        """The conversation that an error belongs to, for sockets with several."""
        return None

    @abstractmethod
    async def still_welcome(self) -> None:
        """Closes the socket when its token or right was withdrawn."""

    async def ask(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Database work in its thread, in this socket's language."""
        return await in_thread(self.locale, function, *args, **kwargs)

    def in_words(self, frames: Iterable[outgoing.Frame]) -> list[outgoing.Frame]:
        """The frames, built in this socket's language: they carry names of kinds and states."""
        with translation.override(self.locale):
            return list(frames)

    async def write(self, frame: outgoing.Frame, *, conversation: UUID | None = None) -> None:
        """Sends a frame; gives up on a reader who does not read."""
        text = outgoing.encode(frame, conversation=conversation)
        await self._sent({"type": "websocket.send", "text": text})

    async def end(self, code: int) -> None:
        """Closes the socket once; what still arrives is not read."""
        if not self.closing:
            self.closing = True
            await self._sent({"type": "websocket.close", "code": code})

    async def _sent(self, message: dict[str, Any]) -> None:
        try:
            async with asyncio.timeout(SLOWEST_READ_S):
                await self.base_send(message)
        except (OSError, RuntimeError, TimeoutError) as gone:
            raise StopConsumer from gone

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        raise StopConsumer

    async def on_ping(self, frame: Any) -> None:
        await self.write(outgoing.Pong())

    async def join(self, group: str) -> None:
        """Hears of everything in the group until the socket is gone."""
        await self.channel_layer.group_add(group, self.channel_name)
        self.at_the_end(lambda: self.channel_layer.leave(group, self.channel_name))

    async def rights_changed(self, hint: dict[str, Any]) -> None:
        """Somebody says, or a minute has passed: look whether this socket may still be open."""
        if self.greeted and not self.closing:
            await self.still_welcome()
