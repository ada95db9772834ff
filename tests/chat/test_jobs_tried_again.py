"""A replay or a recall whose job failed goes on when the job is tried again, and one that never ended is in nobody's way."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from chat.actions.announcing import announce
from chat.actions.recalling import run_recall
from chat.actions.replaying import ask_replay, run_replay
from chat.models import Conversation, JobState, Message, Recall, Replay
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb.models import ArticleVersion
from tests.chat.test_recalls import NEXT_DAY, asked, tells, version
from tests.chat.test_replays import TENT, ask, three_articles
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft

__all__ = ["three_articles", "version"]


def test_a_replay_that_failed_is_run_when_its_job_is_tried_again(
    shop: Shop, lin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(shop, TENT)
    replay = ask_replay(versions=[draft(shop, lin, key="tents", question=TENT)], by=lin, at=MONDAY_9AM)
    monkeypatch.setattr("chat.actions.replaying.past_questions", gone)
    with pytest.raises(OperationalError):
        run_replay(replay.pk)
    between = Replay.objects.get()
    monkeypatch.undo()

    run_replay(replay.pk)

    replay.refresh_from_db()
    assert between.state == JobState.FAILED
    assert (replay.state, replay.total, replay.done) == (JobState.DONE, 1, 1)


def gone(*_arguments: object) -> None:
    raise OperationalError("the connection is closed")


def test_a_replay_that_never_ended_keeps_nobody_from_asking_anew(shop: Shop, lin: User) -> None:
    version = draft(shop, lin, key="tents", question=TENT)
    first = ask_replay(versions=[version], by=lin, at=MONDAY_9AM)

    again = ask_replay(versions=[version], by=lin, at=MONDAY_9AM + timedelta(days=1))

    assert again != first


def test_a_recall_that_failed_goes_on_when_its_job_is_tried_again(
    shop: Shop, version: ArticleVersion, omar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [tells(shop, version), tells(shop, version)]
    found = asked(version, omar, body="Four days.")
    spoken: list[object] = []

    def once(conversation: Conversation, *words: Any, **more: Any) -> Message:
        if spoken:
            raise OperationalError("the connection is closed")
        spoken.append(conversation)
        return announce(conversation, *words, **more)

    monkeypatch.setattr("chat.actions.recalling.announce", once)
    with pytest.raises(OperationalError):
        run_recall(found.pk)
    between = Recall.objects.get().state
    monkeypatch.undo()

    assert (between, run_recall(found.pk)) == (JobState.FAILED, "1 conversations corrected")
    assert Recall.objects.get().state == JobState.DONE
    assert [one.messages.filter(body__contains="Four days.").count() for one in told] == [1, 1]


def test_a_recall_that_never_ended_keeps_nobody_from_another(
    shop: Shop, version: ArticleVersion, omar: User
) -> None:
    tells(shop, version)
    asked(version, omar)

    again = asked(version, omar, at=NEXT_DAY + timedelta(days=1))

    assert run_recall(again.pk) == "1 conversations corrected"
