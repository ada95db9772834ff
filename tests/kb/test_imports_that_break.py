"""A long import that broke says so once, and stays over: people may have mended by hand what it did not do."""

import pytest
from django.test import Client
from django_q.exceptions import TimeoutException
from django_q.models import OrmQ

from cscore.commerce.models import Shop
from kb import import_runs
from kb.models import Article
from tests.kb.test_long_imports import _every_file_is_long, confirmed, rows, run_the_job

__all__ = ["_every_file_is_long"]


def too_long(**_arguments: object) -> None:
    raise TimeoutException("Task exceeded maximum timeout value")


def test_what_took_too_long_says_so_and_is_not_begun_again(
    editor: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = confirmed(editor, shop, rows(3))
    monkeypatch.setattr("kb.actions.import_articles", too_long)
    with pytest.raises(TimeoutException):
        run_the_job()
    monkeypatch.undo()

    again = run_the_job()

    assert again == "taken in already"
    assert "could not be finished" in editor.get(f"{page}state/").json()["sentence"]
    assert not Article.objects.exists()


def test_its_job_is_not_tried_again_by_itself(editor: Client, shop: Shop) -> None:
    confirmed(editor, shop, rows(3))

    assert OrmQ.objects.get().task["ack_failure"] is True


def test_a_worker_that_does_not_have_the_file_fails_aloud(editor: Client, shop: Shop) -> None:
    confirmed(editor, shop, rows(3))
    [waiting] = [file for file in import_runs.folder().iterdir() if not file.suffix]
    waiting.unlink()

    with pytest.raises(FileNotFoundError, match="share VAR_DIR/imports"):
        run_the_job()
