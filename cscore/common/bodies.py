"""Bodies of requests that anybody may send are bounded before they are read, not after."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

TOO_LARGE = b'{"error": {"code": "too-large", "sentence": "This is too large.", "details": {}}}'


def bounded(application: Application, *, under: str, most_bytes: int) -> Application:
    """Addresses that begin with `under` take at most so many bytes, whatever a request says of itself."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if not scope["path"].startswith(under):
            await application(scope, receive, send)
        elif _said_length(scope) > most_bytes:
            await _refuse(send)
        else:
            body = _Body(receive, send, most_bytes)
            await application(scope, body.receive, body.send)
            if body.is_too_long and not body.is_answered:
                await _refuse(send)

    return guarded


def _said_length(scope: Scope) -> int:
    said = dict(scope["headers"]).get(b"content-length", b"0")
    return int(said) if said.isdigit() else 0


class _Body:
    """Ends for the application, as if the other side had gone, once it turns out longer than it may be."""

    def __init__(self, receive: Receive, send: Send, most_bytes: int) -> None:
        self._receive, self._send, self._left = receive, send, most_bytes
        self.is_answered = False

    @property
    def is_too_long(self) -> bool:
        return self._left < 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.is_too_long else message

    async def send(self, message: Message) -> None:
        self.is_answered = True
        await self._send(message)


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_LARGE})
