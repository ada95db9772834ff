"""node-nlp as a rival: installed by npm into an untracked folder, asked through a pipe."""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from engines import Ask, Found

from kb.matching import Entry

_VERSION: Final = "4.27.0"
_HOME: Final = Path(__file__).parents[1] / "var" / "node-nlp"
_SCRIPT: Final = Path(__file__).with_name("node_nlp.mjs")


class LeftOutError(RuntimeError):
    """Why node-nlp cannot take part here."""


def node_nlp(entries: Sequence[Entry]) -> Ask:
    """node-nlp's neural classifier, its own tokeniser and stemmer for the entries' language; raises LeftOutError."""
    node = _installed()
    process = subprocess.Popen(
        [node, str(_SCRIPT), str(_HOME)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    say, hear = process.stdin, process.stdout
    if say is None or hear is None:
        raise LeftOutError("its process has no pipes")

    def ask(text: str) -> Found:
        say.write(json.dumps(text) + "\n")
        say.flush()
        hits = json.loads(hear.readline())
        return Found(tuple(id for id, _ in hits), hits[0][1] if hits else 0.0)

    rows = [(entry.id, wording) for entry in entries for wording in entry.wordings]
    chinese = sum(bool(re.search(r"[\u4e00-\u9fff]", text)) for _, text in rows) * 2 > len(rows)
    say.write(json.dumps({"language": "zh" if chinese else "en", "rows": rows}) + "\n")
    say.flush()
    while (line := hear.readline()).strip() != "ready":
        if not line:
            raise LeftOutError("it stopped while it was trained")
    return ask


def _installed() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise LeftOutError("node and npm are not installed")
    if not (_HOME / "node_modules" / "node-nlp").exists():
        _HOME.mkdir(parents=True, exist_ok=True)
        install = [
            npm,
            "install",
            "--silent",
            "--no-save",
            "--ignore-scripts",
            "--prefix",
            str(_HOME),
            f"node-nlp@{_VERSION}",
        ]
        if subprocess.run(install, check=False, timeout=600).returncode:
            raise LeftOutError("npm could not install it")
    return node
