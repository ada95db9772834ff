"""Started with unsafe settings, the product says why in one sentence and does not start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD_KEY = "k7Qd-0fQx3m_ZbWw9Tt4Rr8Yy2Uu6Ii1Oo5Pp-LkJhGf"


def start(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check` under these variables and no others of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | {"VAR_DIR": str(folder), "SECRET_KEY": GOOD_KEY} | variables
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT, env=environment, check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_sound_settings_start(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DEBUG": "1", "BIND": "0.0.0.0"}, "BIND must be 127.0.0.1"),
        ({"DEMO": "1", "BIND": "0.0.0.0"}, "BIND must be 127.0.0.1"),
        ({"SECRET_KEY": "changeme"}, "known or guessable"),
        ({"SECRET_KEY": "django-insecure-0123456789abcdefghijklmnopqrstuv"}, "known or guessable"),
        ({"SECRET_KEY": "a" * 60}, "known or guessable"),
        ({"SECRET_KEY": "short-but-1-random"}, "shorter than 40"),
        ({"ALLOWED_HOSTS": "*"}, "may not be '*'"),
        ({"WEB_PROCESSES": "4"}, "SQLite serves exactly one"),
        ({"WEB_PROCESSES": "4", "DATABASE_URL": "postgres://x@127.0.0.1/x"}, "need PostgreSQL"),
        ({"WEB_PROCESSES": "many"}, "not a whole number"),
        ({"WEB_PROCESSES": "0"}, "outside 1 to 64"),
        ({"PORT": "70000"}, "outside 0 to 65535"),
        ({"DEBUG": "perhaps"}, "neither yes nor no"),
        ({"DATABASE_URL": "mysql://root@127.0.0.1/x"}, "must start with one of"),
        ({"LLM_BASE_URL": "https://model.example/v1"}, "LLM_MODEL is not"),
        ({"LLM_BASE_URL": "http://model.example/v1", "LLM_MODEL": "m"}, "must begin with https://"),
        ({"LLM_BASE_URL": "file:///etc/passwd", "LLM_MODEL": "m"}, "must start with one of"),
        ({"REDIS_URL": "127.0.0.1:6379"}, "must start with one of"),
    ],
)
def test_unsafe_settings_are_refused_in_words(
    tmp_path: Path, variables: dict[str, str], sentence: str
) -> None:
    done = start(tmp_path, **variables)

    assert done.returncode != 0
    assert sentence in done.stderr


def test_a_missing_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = start(tmp_path, SECRET_KEY=" ")

    assert done.returncode != 0
    assert "SECRET_KEY is missing" in done.stderr
