"""Asks a language model through any address that speaks OpenAI's format, and waits no longer than it may."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from chat.phrasing.outcome import NoWords, Outcome
from chat.phrasing.prompt import request_for
from chat.phrasing.task import Task
from cscore.common import fetching

MOST_BYTES = 256 * 1024
MOST_CHARACTERS = 4_000
DONE = "[DONE]"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is, as the operator set it; `private` lets it be inside his own network."""

    base_url: str
    model: str
    api_key: str = ""
    private: bool = False
    first_s: float = 3.0
    total_s: float = 15.0

    @property
    def url(self) -> str:
        return f"{self.base_url.rstrip('/')}/chat/completions"

    @property
    def headers(self) -> dict[str, str]:
        accept = {"Accept": "text/event-stream"}
        return accept | ({"Authorization": f"Bearer {self.api_key}"} if self.api_key else {})


async def ask(endpoint: Endpoint, task: Task) -> str:
    """The model's whole text. Raises NoWords when it does not begin or end in time, or is nothing to read."""
    text = ""
    try:
        async with asyncio.timeout(endpoint.total_s), asyncio.timeout(endpoint.first_s) as first:
            async for token in _tokens(endpoint, task):
                first.reschedule(None)
                text += token
                if len(text) > MOST_CHARACTERS:
                    raise NoWords(Outcome.TOO_MUCH)
    except TimeoutError as late:
        raise NoWords(Outcome.SLOW) from late
    except fetching.TooMuch as much:
        raise NoWords(Outcome.TOO_MUCH) from much
    except fetching.Unreachable as gone:
        raise NoWords(Outcome.UNREACHABLE) from gone
    return text


async def _tokens(endpoint: Endpoint, task: Task) -> AsyncIterator[str]:
    """The pieces of text as they come, until the server says that it has done."""
    request = request_for(task, model=endpoint.model)
    async with fetching.post(
        endpoint.url,
        content=request,
        headers=endpoint.headers,
        private=endpoint.private,
        most_bytes=MOST_BYTES,
    ) as answer:
        if answer.status != 200:
            raise NoWords(Outcome.REFUSED)
        if answer.content_type != "text/event-stream":
            raise NoWords(Outcome.UNREADABLE)
        async for line in answer.lines():
            name, _, data = line.partition(":")
            if name != "data":
                continue
            if data.strip() == DONE:
                return
            if token := _token(data):
                yield token
        # Half a sentence may say the opposite of the whole.
        raise NoWords(Outcome.UNREACHABLE)


def _token(data: str) -> str:
    try:
        event: Any = json.loads(data)
        choices = event["choices"]
        token = choices[0].get("delta", {}).get("content") if choices else None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as strange:
        raise NoWords(Outcome.UNREADABLE) from strange
    if token is not None and not isinstance(token, str):
        raise NoWords(Outcome.UNREADABLE)
    return token or ""
