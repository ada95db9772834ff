"""One model for this process: how many may ask it at a time, and when it is left alone."""

import asyncio
import logging
import time
from typing import Any

from django.conf import settings

from chat.phrasing.breaker import Breaker
from chat.phrasing.checks import checked
from chat.phrasing.client import Endpoint, ask
from chat.phrasing.outcome import FAULTS, NoWords, Outcome
from chat.phrasing.task import Task

logger = logging.getLogger(__name__)
# Each of them holds a connection and a little memory; who comes when all are taken hears the plain answer at once.
MOST_AT_ONCE = 16


class Model:
    """Used on the event loop only."""

    def __init__(self) -> None:
        self._breaker = Breaker()
        self._asking = 0

    async def words_for(self, task: Task) -> str:
        """Words that may be said for the task's answers. Raises NoWords."""
        if self._asking >= MOST_AT_ONCE:
            raise NoWords(Outcome.BUSY)
        if self._breaker.rests(time.monotonic()):
            raise NoWords(Outcome.RESTING)
        self._asking += 1
        try:
            text = await ask(endpoint(), task)
        except NoWords as none:
            if none.outcome in FAULTS:
                self._breaker.failed(time.monotonic())
                logger.warning("The language model gave no words: %s.", none.outcome)
            raise
        finally:
            self._asking -= 1
        self._breaker.succeeded()
        return await asyncio.to_thread(checked, text, task)


def endpoint() -> Endpoint:
    """The model's address as the settings have it."""
    setting: dict[str, Any] = settings.LANGUAGE_MODEL
    return Endpoint(**setting)
