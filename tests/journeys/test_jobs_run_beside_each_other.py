"""A real worker's processes work side by side on one database, and go on when the idle ones among them are killed."""

import signal
import subprocess
import sys
from contextlib import suppress

import psutil
import pytest

from cscore.processes import Child
from tests.stage import ON_SERVICES, ROOT, Stage

pytestmark = pytest.mark.xdist_group("stage")

JOBS = 60
# The library itself waits for each job's end; what it hands back is the Task, or None when it took too long.
MANY = (
    "from django_q.tasks import async_task, fetch; from cscore.commerce.models import Shop;"
    "shop = Shop.objects.get(key='shanye').pk;"
    "kinds = [('chat.tasks.tidy',), ('chat.tasks.find_gaps', shop), ('chat.tasks.say_planned',),"
    " ('kb.tasks.carry_out_plans_of', shop)];"
    "ids = [async_task(*kinds[number % len(kinds)]) for number in range({jobs})];"
    "ended = [fetch(one, wait=120_000) for one in ids];"
    "print('ended well:', sum(bool(one and one.success) for one in ended));"
    "print(*[one.result for one in ended if one and not one.success][:2])"
)
WEB = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'cscore.settings'; import cscore.warming; "
POOL = "from django.db import connection; connection.ensure_connection(); print('pool:', connection.pool)"


def pool_of_the_web(stage: Stage) -> str:
    """What is printed in a process that has loaded what the web server loads."""
    command = [sys.executable, "-c", WEB + POOL]
    return subprocess.run(
        command, cwd=ROOT, env=stage.environment, check=True, capture_output=True, text=True
    ).stdout


def outcome_of(stage: Stage, jobs: int) -> str:
    return stage.manage("shell", "-v", "0", "-c", MANY.format(jobs=jobs))


def idle_processes(worker: Child) -> list[psutil.Process]:
    """Every process of the worker but the two that only look after the others."""
    main = psutil.Process(worker.process.pid)
    [guard] = main.children()
    return list(guard.children())


@pytest.mark.skipif(not ON_SERVICES, reason="only PostgreSQL's connections can be pooled")
def test_the_web_has_a_pool_and_a_worker_none_whatever_the_environment_says(stage: Stage) -> None:
    assert int(stage.environment["DATABASE_POOL"]) > 0

    assert "pool: <" in pool_of_the_web(stage)
    assert "pool: None" in stage.manage("shell", "-v", "0", "-c", POOL)


@pytest.mark.skipif(not ON_SERVICES, reason="SQLite has one worker process")
def test_of_many_jobs_that_run_side_by_side_none_fails(stage: Stage) -> None:
    stage.worker()

    told = outcome_of(stage, JOBS)

    assert f"ended well: {JOBS}\n" in told


def test_jobs_go_on_when_every_idle_process_was_killed(stage: Stage) -> None:
    worker = stage.worker()
    before = outcome_of(stage, 1)

    for process in idle_processes(worker):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    after = outcome_of(stage, 2)

    assert "ended well: 1\n" in before
    assert "ended well: 2\n" in after
