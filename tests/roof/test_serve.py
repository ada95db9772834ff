"""`manage.py serve` starts web and worker together and leaves nothing behind."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psutil
import pytest

from tests.stage import ROOT, Stage, free_port

pytestmark = pytest.mark.xdist_group("stage")
READY = "Ctrl-C ends it"


@contextmanager
def serving(stage: Stage, port: int, *words: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", *words],
        cwd=ROOT, env=stage.environment | {"PORT": str(port)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def read_until(process: "subprocess.Popen[str]", words: str) -> str:
    """What the process printed up to and with the line that holds the words."""
    assert process.stdout
    printed = ""
    for line in process.stdout:
        printed += line
        if words in line:
            return printed
    pytest.fail(f"the process ended without saying {words!r}:\n{printed}")


def descendants(pid: int) -> list[psutil.Process]:
    """Every living process below this one."""
    return psutil.Process(pid).children(recursive=True)


def living(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run; one that has ended but was not collected by its parent yet does not."""
    _gone, left = psutil.wait_procs(processes, timeout=0.1)
    return [one for one in left if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def test_it_prints_the_addresses_and_accounts_and_ctrl_c_ends_every_process(stage: Stage) -> None:
    port = free_port()

    with serving(stage, port) as process:
        printed = read_until(process, READY)
        answer = httpx.get(f"http://127.0.0.1:{port}/health/")
        children = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)

    assert f"http://127.0.0.1:{port}/shop/" in printed
    assert "mei" in printed
    assert answer.json() == {"status": "ok"}
    assert len(children) >= 2
    assert living(children) == []


def test_a_taken_port_is_said_in_words(stage: Stage) -> None:
    web = stage.web()

    with serving(stage, web.port, "--no-worker") as process:
        said = read_until(process, "is taken")
        process.wait(timeout=30)

    assert "make run PORT=" in said
    assert process.returncode != 0


def test_when_the_web_dies_the_worker_ends_too(stage: Stage) -> None:
    with serving(stage, free_port()) as process:
        read_until(process, READY)
        children = descendants(process.pid)
        next(child for child in children if "uvicorn" in child.cmdline()).kill()
        said = read_until(process, "ended by itself")
        process.wait(timeout=30)

    assert "web server" in said
    assert living(children) == []
