"""Planned replies on their way: words are asked for beside everything else, and in the end the reply is said.

While a language model is waited for, nothing is held: no thread, no transaction, no socket. A reply that this process
forgets, because it died, is said by the customer's next hello, his next message, or the job of every minute.
"""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError

from chat import actions, events
from chat.actions import Heard
from chat.consumers.threads import in_thread
from chat.models import Author
from chat.phrasing import NoWords, Outcome, Task
from chat.phrasing.asking import Model
from chat.protocol.refusals import Busy
from cscore.common import clock

logger = logging.getLogger(__name__)
TYPING_EVERY_S = 4.0

model = Model()
_under_way: dict[UUID, asyncio.Task[None]] = {}


def begin(heard: Heard) -> None:
    """Looks for words for a planned reply and says it; returns at once."""
    if heard.task:
        conversation, question = heard.conversation.pk, heard.message.pk
        _keep(question, _worded(conversation, question, heard.task))


def wait(conversation: UUID, question: UUID, due_at: datetime) -> None:
    """Says a planned reply when it is due, unless this process is at it already."""
    if question not in _under_way:
        _keep(question, _said_when_due(conversation, question, due_at))


def _keep(question: UUID, work: Coroutine[Any, Any, None]) -> None:
    """The loop alone would let a task be collected that nobody holds."""
    task = asyncio.get_running_loop().create_task(work)
    _under_way[question] = task
    task.add_done_callback(lambda _done: _under_way.pop(question, None))


async def _worded(conversation: UUID, question: UUID, task: Task) -> None:
    typing = asyncio.create_task(_typing(conversation))
    words, outcome = None, Outcome.WORDED
    try:
        words = await model.words_for(task)
    except NoWords as none:
        outcome = none.outcome
    except Exception:
        logger.exception("Asking for words failed in conversation %s.", conversation)
        outcome = Outcome.BROKEN
    finally:
        typing.cancel()
    await _say(conversation, question, outcome, words)


async def _said_when_due(conversation: UUID, question: UUID, due_at: datetime) -> None:
    await asyncio.sleep(max((due_at - clock.now()).total_seconds(), 0.0))
    await _say(conversation, question, Outcome.INTERRUPTED, None)


async def _say(conversation: UUID, question: UUID, outcome: Outcome, words: str | None) -> None:
    # The job of every minute says it when the database is away now.
    with suppress(DatabaseError, Busy):
        await in_thread(
            settings.LANGUAGE_CODE,
            actions.say_planned,
            conversation_id=conversation,
            question_id=question,
            outcome=outcome,
            words=words,
            at=clock.now(),
        )


async def _typing(conversation: UUID) -> None:
    while True:
        events.typing(conversation, author=Author.BOT)
        await asyncio.sleep(TYPING_EVERY_S)
