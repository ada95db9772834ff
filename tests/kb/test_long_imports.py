"""A long file is taken in by a job; its page says how far it is, to its uploader alone."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django_q.models import OrmQ

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import import_runs, tasks
from kb.models import Article
from tests.kb.test_exchange import CONFIRM, CSV, confirmation, upload
from tests.kb.test_tables import csv

HEADER = ["编号", "标准问", "答案"]


@pytest.fixture(autouse=True)
def _every_file_is_long(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr(import_runs, "LONG", 10)


def rows(count: int) -> bytes:
    return csv(HEADER, *([f"a{number}", f"第 {number} 个问题？", "好的。"] for number in range(count)))


def confirmed(editor: Client, shop: Shop, data: bytes) -> str:
    """Where the confirmed upload leads."""
    response = editor.post(CONFIRM, confirmation(upload(editor, shop, data, CSV)))
    return urlsplit(response["Location"]).path


def run_the_job() -> str:
    """What the worker would do with the newest job."""
    queued = OrmQ.objects.order_by("-pk").first()
    assert queued is not None
    job = queued.task
    assert job["func"] == "kb.tasks.take_in"
    return tasks.take_in(*job["args"])


def test_a_long_file_is_taken_in_by_a_job_and_its_page_says_so(editor: Client, shop: Shop) -> None:
    page = confirmed(editor, shop, rows(12))
    waiting = editor.get(f"{page}state/").json()
    assert not Article.objects.exists()

    run_the_job()

    over = editor.get(f"{page}state/").json()
    assert (waiting["over"], waiting["sentence"]) == (False, "Waiting for its turn.")
    assert (over["over"], over["done"], over["total"]) == (True, 12, 12)
    assert over["sentence"] == "Imported: 12 new, 0 changed, 0 unchanged."
    assert "12 new" in editor.get(page).content.decode()
    assert Article.objects.count() == 12


def test_a_job_that_breaks_says_so_on_its_page(editor: Client, shop: Shop) -> None:
    page = confirmed(editor, shop, rows(3))
    [waiting] = [file for file in import_runs.folder().iterdir() if not file.suffix]
    waiting.unlink()
    waiting.mkdir()

    with pytest.raises(IsADirectoryError):
        run_the_job()

    over = editor.get(f"{page}state/").json()
    assert over["over"] is True
    assert "could not be finished" in over["sentence"]


def test_the_job_may_run_twice(editor: Client, shop: Shop) -> None:
    confirmed(editor, shop, rows(3))

    first, second = run_the_job(), run_the_job()

    assert (first.startswith("Imported: 3 new"), second) == (True, "taken in already")
    assert Article.objects.count() == 3


def test_what_went_wrong_since_the_preview_is_said_by_row(editor: Client, shop: Shop, lin: User) -> None:
    page = confirmed(editor, shop, rows(3))
    Article.objects.create(shop=shop, key="other", created_at=lin.date_joined, updated_at=lin.date_joined)
    from_elsewhere = csv(HEADER, ["other", "第 1 个问题？", "先到。"])
    confirmed(editor, shop, from_elsewhere)
    run_the_job()

    first = OrmQ.objects.order_by("pk").first()
    assert first is not None
    tasks.take_in(*first.task["args"])

    state = editor.get(f"{page}state/").json()
    assert state["over"]
    assert "Nothing was imported" in state["sentence"]
    assert [issue.startswith("Cell B3:") for issue in state["issues"]] == [True]
    assert Article.objects.count() == 1


def test_nobody_looks_at_the_import_of_somebody_else(editor: Client, shop: Shop, omar: User) -> None:
    page = confirmed(editor, shop, rows(3))
    other = Client()
    other.force_login(omar)

    assert other.get(page).status_code == 404
    assert other.get(f"{page}state/").status_code == 404
    assert editor.get("/admin/kb/import/nonsense/").status_code == 404


def test_progress_is_told_while_it_runs(editor: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    page = confirmed(editor, shop, rows(1200))
    seen: list[str] = []
    note = import_runs.note

    def listening(name: str, run: import_runs.Run) -> None:
        note(name, run)
        seen.append(editor.get(f"{page}state/").json()["sentence"])

    monkeypatch.setattr(import_runs, "note", listening)
    run_the_job()

    assert "Checking: 500 of 1200 articles." in seen
    assert "Storing: 1000 of 1200 articles." in seen
