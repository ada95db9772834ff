"""Websocket doors."""

from collections.abc import Awaitable, Callable
from typing import Any

from django.urls import URLPattern, path, re_path

from chat.consumers import AgentConsumer, CustomerConsumer
from chat.consumers.socket import NO_SUCH_SHOP

Message = dict[str, Any]


async def nowhere(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """For paths that lead to no door: the router alone would answer with a traceback."""
    await receive()
    await send({"type": "websocket.close", "code": NO_SUCH_SHOP})


websocket_urlpatterns: list[URLPattern] = [
    path("ws/chat/<slug:key>/", CustomerConsumer.as_asgi()),
    path("ws/desk/", AgentConsumer.as_asgi()),
    re_path("", nowhere),  # type: ignore[arg-type]
]
