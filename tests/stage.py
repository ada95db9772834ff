"""The product's real processes on a database of their own, for tests that need a browser, a socket or a kill.

A stage runs on SQLite, or on PostgreSQL and Redis when DATABASE_URL and REDIS_URL are set (make test-services).
The demo shop is loaded once for the whole run and copied for each stage.
"""

import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg
import pytest

from cscore import processes

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "stage-password-1"
SERVER = os.environ.get("DATABASE_URL", "").replace("postgres://", "postgresql://", 1)
ON_SERVICES = SERVER.startswith("postgresql://") and bool(os.environ.get("REDIS_URL"))
# Read by every process of this run, so that they agree on the names of shared databases.
os.environ.setdefault("CSCORE_TEST_RUN", secrets.token_hex(4))
UP_WITHIN_S = 120.0
FEW_CONVERSATIONS = "12"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Web:
    """One web process on a port of its own."""

    port: int
    child: processes.Child

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """kill -9: no goodbye, no clean-up."""
        os.killpg(self.child.process.pid, signal.SIGKILL)
        self.child.process.wait()

    def wait(self, log: Path) -> None:
        """Returns when the process answers; fails with the place of its log when it does not."""
        deadline = time.monotonic() + UP_WITHIN_S
        while time.monotonic() < deadline and not self.child.ended:
            try:
                if httpx.get(f"{self.url}/health/", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                self.child_poll()
        pytest.fail(f"the web process does not answer:\n{log.read_text(errors='replace')[-4000:]}")

    def child_poll(self) -> None:
        """Gives the process a moment; returns at once when it has ended."""
        try:
            self.child.process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            return


@dataclass
class Stage:
    """A database with the demo shop, and the processes that serve it."""

    database_url: str
    folder: Path
    children: list[processes.Child] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": os.environ.get("REDIS_URL", "") if ON_SERVICES else "",
            "VAR_DIR": str(self.folder),
            "DEMO": "1",
            "DEMO_PASSWORD": PASSWORD,
            "OMP_NUM_THREADS": "1",
            "CHAT_MESSAGES_PER_MINUTE": "5000",
            "CHAT_SOCKETS_PER_ADDRESS": "5000",
            "DATABASE_POOL": "4",
        }

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def manage(self, *words: str) -> str:
        """Runs a management command to its end and returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True, timeout=600,
        )  # fmt: skip
        assert done.returncode == 0, f"manage.py {' '.join(words)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def web(self, port: int = 0) -> Web:
        """Starts one web process and waits until it answers; `port` is given to restart one in its place."""
        port = port or free_port()
        command = processes.web_command(bind="127.0.0.1", port=port, processes=1)
        web = Web(port, self._start("web server", command))
        web.wait(self.log)
        return web

    def worker(self) -> processes.Child:
        return self._start("worker", processes.worker_command())

    def _start(self, name: str, command: list[str]) -> processes.Child:
        with self.log.open("ab") as log:
            child = processes.start(name, command, cwd=str(ROOT), environment=self.environment, output=log)
        self.children.append(child)
        return child

    def end(self) -> None:
        processes.stop(self.children)


def _server(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)


def _beside(name: str) -> str:
    """The address of another database on the same server."""
    return f"{SERVER.rpartition('/')[0]}/{name}"


def template_name() -> str:
    """The PostgreSQL database that holds the loaded demo shop during this run of the tests."""
    return f"cscore_template_{os.environ['CSCORE_TEST_RUN']}"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The one process that leads the run drops the template after all of them."""
    if ON_SERVICES and not hasattr(session.config, "workerinput"):
        _server(f"DROP DATABASE IF EXISTS {template_name()} WITH (FORCE)")


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """The demo shop loaded once: the path of a SQLite file, or the name of a PostgreSQL database."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    folder = shared / "template"
    name = template_name() if ON_SERVICES else str(folder / "cscore.sqlite3")
    with (shared / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        loaded = shared / "template.loaded"
        if not loaded.exists():
            folder.mkdir(exist_ok=True)
            if ON_SERVICES:
                _server(f"CREATE DATABASE {name}")
            stage = Stage(_beside(name) if ON_SERVICES else f"sqlite:///{name}", folder)
            stage.manage("migrate", "--verbosity", "0")
            stage.manage("demo", "--conversations", FEW_CONVERSATIONS)
            loaded.touch()
    return name


@contextmanager
def raised(template: str, folder: Path) -> Iterator[Stage]:
    """A stage on a fresh copy of the demo shop, struck when the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    if ON_SERVICES:
        name = f"cscore_stage_{secrets.token_hex(6)}"
        _server(f"CREATE DATABASE {name} TEMPLATE {template}")
        stage = Stage(_beside(name), folder)
    else:
        for path in Path(template).parent.glob(Path(template).name + "*"):
            shutil.copy(path, folder / path.name)
        stage = Stage(f"sqlite:///{folder / Path(template).name}", folder)
    try:
        yield stage
    finally:
        stage.end()
        if ON_SERVICES:
            _server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def stage(demo_template: str, tmp_path: Path) -> Iterator[Stage]:
    """A stage for one test; nothing is started yet."""
    with raised(demo_template, tmp_path / "stage") as one:
        yield one


@pytest.fixture(scope="module")
def shared_stage(demo_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage for the tests of one file; nothing is started yet."""
    with raised(demo_template, tmp_path_factory.mktemp("stage") / "stage") as one:
        yield one


@pytest.fixture(scope="module")
def shared_web(shared_stage: Stage) -> Web:
    """One web process for the tests of one file."""
    return shared_stage.web()
