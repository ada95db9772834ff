"""From the click until every web process answers from it: real processes, the admin's own form, the page's own figure.

With DATABASE_URL and REDIS_URL there are four web processes on PostgreSQL and Redis, as at scale; without them one
on SQLite. Each publish is timed by the row of the release and the rows that the processes write (kb.serving).
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402 - the project's folder is named above

from tests import stage  # noqa: E402
from tests.editor import Editor  # noqa: E402

PUBLISHES: Final = 200
PROCESSES: Final = 4 if stage.ON_SERVICES else 1
SHOP: Final = "shanye"
ARTICLE: Final = "logistics-carrier"
_GIVEN_UP_AFTER_S: Final = 10.0


def measure(publishes: int = PUBLISHES) -> dict[str, float]:
    """The middle and the slow end of publish-to-live on all processes, in seconds."""
    with _loaded() as one:
        webs = [one.web() for _ in range(PROCESSES)]
        one.worker()
        number = _article(one)
        with Editor(webs[0].url, "editor", stage.PASSWORD) as editor:
            taken = [_published(editor, number, edition) for edition in range(publishes)]
    p50, p99 = np.percentile(taken, [50, 99]).tolist()
    return {"publish_live_p50_s": round(p50, 3), "publish_live_p99_s": round(p99, 3)}


@contextmanager
def _loaded() -> Iterator[stage.Stage]:
    """A database of its own with the demo shop, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        name = stage.template_name()
        if stage.ON_SERVICES:
            stage._server(f"CREATE DATABASE {name}")
        address = stage._beside(name) if stage.ON_SERVICES else f"sqlite:///{place / 'cscore.sqlite3'}"
        one = stage.Stage(address, place)
        try:
            one.manage("migrate", "--verbosity", "0")
            one.manage("demo", "--conversations", stage.FEW_CONVERSATIONS)
            yield one
        finally:
            one.end()
            if stage.ON_SERVICES:
                stage._server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _article(one: stage.Stage) -> int:
    code = (
        f"from kb.models import Article; print(Article.objects.get(shop__key='{SHOP}', key='{ARTICLE}').pk)"
    )
    return int(one.manage("shell", "-v", "0", "-c", code))


def _published(editor: Editor, number: int, edition: int) -> float:
    """Publishes another text; returns after how many seconds the last process had it."""
    editor.save_and_publish(
        number, answer=f"第 {edition + 1} 版：默认发中通或圆通，您可以在备注里写明想用的快递。"
    )
    deadline = time.monotonic() + _GIVEN_UP_AFTER_S
    while (told := _standing(editor))["seconds"] is None or told["of"] < PROCESSES:
        if time.monotonic() > deadline:
            raise TimeoutError(told["sentence"])
    return float(told["seconds"])


def _standing(editor: Editor) -> dict[str, Any]:
    """What the page's script is told of the newest release."""
    page = editor.browser.get("/admin/kb/release/").text
    address = page.split('data-address="', 1)[1].split('"', 1)[0]
    found: dict[str, Any] = editor.browser.get(address).json()
    return found


if __name__ == "__main__":
    print(f"{PROCESSES} web processes, {PUBLISHES} publishes, {os.cpu_count()} cores")
    print(measure())
