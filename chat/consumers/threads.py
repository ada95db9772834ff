"""Database work off the event loop: one thread on SQLite, which writes one at a time anyway, a few on PostgreSQL."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import close_old_connections
from django.utils import translation

from chat.protocol.refusals import Busy

P = ParamSpec("P")
R = TypeVar("R")

THREADS = 1 if settings.ON_SQLITE else 4
# At a few milliseconds each, more than this would wait longer than a client does.
MOST_WAITING = 1_000
RETRY_AFTER_S = 5

_pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="chat-database")
_waiting = 0


async def in_thread(locale: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Runs `function` in a database thread, speaking `locale`. Raises Busy when too much waits already."""
    global _waiting
    if _waiting >= MOST_WAITING:
        raise Busy(retry_after=RETRY_AFTER_S)
    _waiting += 1
    work = partial(contextvars.copy_context().run, _work, locale, partial(function, *args, **kwargs))
    try:
        return await asyncio.get_running_loop().run_in_executor(_pool, work)
    finally:
        _waiting -= 1


def _work(locale: str, function: Callable[[], R]) -> R:
    close_old_connections()
    try:
        with translation.override(locale):
            return function()
    finally:
        close_old_connections()
