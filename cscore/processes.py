"""The web server and the worker as child processes of one command: either's death ends both."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import IO

GRACE_S = 8.0
POLL_S = 0.1


@dataclass(frozen=True)
class Child:
    name: str
    process: "subprocess.Popen[bytes]"

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None


def web_command(*, bind: str, port: int, processes: int) -> list[str]:
    """uvicorn with the limits of docs/protocol.md: small frames, no compression, a ping each 20 s."""
    return [
        sys.executable, "-m", "uvicorn", "cscore.warming:application",
        "--host", bind, "--port", str(port), "--workers", str(processes),
        "--ws", "websockets-sansio", "--ws-max-size", "65536", "--ws-per-message-deflate", "false",
        "--ws-ping-interval", "20", "--ws-ping-timeout", "20",
        "--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "3", "--no-server-header",
    ]  # fmt: skip


def worker_command() -> list[str]:
    return [sys.executable, "manage.py", "qcluster"]


def start(
    name: str,
    command: Sequence[str],
    *,
    cwd: str,
    environment: Mapping[str, str] | None = None,
    output: IO[bytes] | None = None,
) -> Child:
    """A child in a process group of its own, so that Ctrl-C reaches us alone and we end it in order."""
    process = subprocess.Popen(  # noqa: S603 - our own commands
        command, cwd=cwd, env=environment, stdout=output, stderr=output, start_new_session=True
    )
    return Child(name, process)


def stop(children: Sequence[Child]) -> None:
    """Asks each main process to end, then ends whatever is left of its group."""
    for child in children:
        if not child.ended:
            # The main process only: a signal to the worker's whole group would hang it.
            child.process.terminate()
    deadline = time.monotonic() + GRACE_S
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def watch(children: Sequence[Child]) -> Child | None:
    """Waits until a child ends by itself (returned) or somebody ends us by SIGINT or SIGTERM (None)."""
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGINT, ask)
    signal.signal(signal.SIGTERM, ask)
    while not asked:
        for child in children:
            if child.ended:
                return child
        time.sleep(POLL_S)
    return None
