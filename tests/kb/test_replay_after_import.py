"""What a file drafted can be replayed before it goes live, also when a job took it in."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from cscore.commerce.models import Shop
from kb import import_runs
from kb.models import ArticleVersion
from kb.waiting import ranges, within
from tests.kb.test_exchange import CONFIRM, CSV, confirmation, upload
from tests.kb.test_long_imports import confirmed, rows, run_the_job


@pytest.fixture(autouse=True)
def _every_file_is_long(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr(import_runs, "LONG", 10)


def test_the_page_of_the_job_leads_to_a_replay_of_what_was_drafted(editor: Client, shop: Shop) -> None:
    page = confirmed(editor, shop, rows(3))
    before = editor.get(f"{page}state/").json()
    run_the_job()
    after = editor.get(f"{page}state/").json()

    waiting = editor.post(f"{page}replay/", follow=True)

    assert (before["drafted"], after["drafted"]) == (False, True)
    assert waiting.redirect_chain[0][0] == reverse("chat:replay_waiting")
    for version in ArticleVersion.objects.all():
        assert version.question in waiting.content.decode()


def test_what_went_live_at_once_is_not_to_be_replayed(editor: Client, shop: Shop) -> None:
    uploaded = upload(editor, shop, rows(3), CSV, to_publish="on")
    page = editor.post(CONFIRM, confirmation(uploaded))["Location"]

    run_the_job()

    state = editor.get(f"{page}state/").json()
    assert (state["over"], state["drafted"]) == (True, False)


def test_nobody_replays_the_import_of_somebody_else(editor: Client, shop: Shop, lead: Client) -> None:
    page = confirmed(editor, shop, rows(3))
    run_the_job()

    assert lead.post(f"{page}replay/").status_code == 404


def test_ids_are_kept_as_runs_of_them() -> None:
    assert ranges([7, 3, 4, 5, 9, 3]) == ((3, 5), (7, 7), (9, 9))
    assert within(ranges([7, 3, 4, 5, 9])) == [3, 4, 5, 7, 9]
