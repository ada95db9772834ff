"""How far a long import is. It stands beside the uploaded file, not in the database: rows that an import writes are seen
by nobody before it ends, and on SQLite nobody else can write meanwhile."""

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from cscore.common.errors import NotFound
from kb.waiting import Ranges

# Above this size a file is taken in by a job, while a page shows how far it is: about two thousand articles as csv.
LONG: Final = 2**18
_NAME: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Run:
    """`phase` is waiting, checking, storing, done or refused; `said` is for people, `issues` name wrong rows.

    `drafted` are the ids of the drafts that came of it, first and last of each run, when they may be replayed.
    """

    phase: str = "waiting"
    done: int = 0
    total: int = 0
    said: str = ""
    issues: tuple[str, ...] = ()
    drafted: Ranges = ()

    @property
    def is_over(self) -> bool:
        return self.phase in {"done", "refused"}


def folder() -> Path:
    """Where uploads wait; private, and emptied of what is older than a day."""
    place = Path(settings.VAR_DIR) / "imports"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def upload_of(name: str) -> Path:
    """The uploaded file. Raises NotFound for what is no name of one."""
    if not _NAME.fullmatch(name):
        raise NotFound
    return folder() / name


def note(name: str, run: Run) -> None:
    """Writes how far it is; who looks meanwhile sees the one or the other, never half of it."""
    place = _state_of(name)
    begun = place.with_suffix(".new")
    begun.write_text(json.dumps(asdict(run)), encoding="utf-8")
    os.replace(begun, place)


def look(name: str) -> Run:
    """How far it is. Raises NotFound."""
    try:
        told = json.loads(_state_of(name).read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise NotFound from missing
    drafted = tuple((first, last) for first, last in told.get("drafted", ()))
    return Run(**told | {"issues": tuple(told["issues"]), "drafted": drafted})


def is_over(name: str) -> bool:
    """Whether it ended, well or not; False when nothing is known of it here."""
    try:
        return look(name).is_over
    except NotFound:
        return False


def _state_of(name: str) -> Path:
    return upload_of(name).with_suffix(".json")
