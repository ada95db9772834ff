"""Background jobs on a lease: whoever dies over a job loses it to the others within a minute.

The library locks a job once, when it is pulled, for as long as it and all before it may take; the job of a process that
was killed would wait that long. Here the lock is a lease that the cluster renews while the job's process lives. A job
that failed is tried again soon, then ever later; one over which processes die again and again is given up, and stands
among the failed jobs like one that failed by itself.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing import active_children
from queue import Empty
from secrets import token_hex
from time import monotonic, sleep
from typing import Any, Final

from django.db import DatabaseError
from django.db.models import Q, QuerySet
from django_q import cluster
from django_q.brokers.orm import ORM
from django_q.conf import Conf
from django_q.models import OrmQ, Task
from django_q.queues import Queue
from django_q.signals import post_execute_in_worker, pre_execute
from django_q.signing import SignedPackage

from cscore.common import clock

LEASE: Final = timedelta(seconds=60)
PULSE_S: Final = 5.0
FIRST_RETRY: Final = timedelta(seconds=30)
# Each retry waits so many times longer than the one before: 30 seconds, 2 minutes, 8 minutes, half an hour.
LONGER: Final = 4


@dataclass(frozen=True, slots=True)
class Hold:
    """What the key of a queued job says: its queue, how often it was taken, by which cluster, in which process.

    Without a cluster nobody holds it; without a process it was pulled and waits for one.
    """

    queue: str
    taken: int = 0
    cluster: str = ""
    process: int = 0

    @classmethod
    def read(cls, key: str) -> "Hold":
        queue, *rest = key.split(":")
        return cls(queue, int(rest[0]), rest[1], int(rest[2])) if rest else cls(queue)

    def __str__(self) -> str:
        return f"{self.queue}:{self.taken}:{self.cluster}:{self.process}"


def running() -> int:
    """How many jobs somebody works on, or has pulled to work on next."""
    held = OrmQ.objects.filter(key__contains=":", lock__gte=clock.now()).values_list("key", flat=True)
    return sum(bool(Hold.read(key).cluster) for key in held)


def retry_after(taken: int) -> timedelta:
    """How long a job waits that failed when it was taken for this time."""
    return FIRST_RETRY * int(LONGER ** (taken - 1))


class Broker(ORM):  # type: ignore[misc]
    """The library's queue in the database, with leases. Named in Q_CLUSTER."""

    def __init__(self, list_key: str | None = None) -> None:
        super().__init__(list_key)
        # The cluster's first process makes the broker and hands it on to those that it forks.
        self.cluster = token_hex(4)
        self._renewed = 0.0

    def dequeue(self) -> list[tuple[int, str]]:
        """The oldest job whose time has come, unless another cluster was faster."""
        due = list(self._queued().filter(lock__lt=clock.now()).order_by("pk")[: Conf.BULK])
        if not due:
            sleep(Conf.POLL)
        return [(job.pk, job.payload) for job in due if self._took(job)]

    def set_stat(self, key: str, value: str, timeout: int) -> None:
        """The cluster's first process calls this twice a second. Its figures are read by nobody; leases are renewed."""
        if monotonic() - self._renewed >= PULSE_S:
            self._renewed = monotonic()
            self.renew({child.pid for child in active_children()})

    def renew(self, alive: set[int | None]) -> None:
        """Renews the leases of jobs in living processes, and of those that were pulled and wait for one of these.

        What was pulled while every process idles was lost on the way to them: its lease runs out.
        """
        held = self._queued().filter(key__contains=f":{self.cluster}:").values_list("key", flat=True)
        mine = {key: Hold.read(key).process for key in held}
        if alive & set(mine.values()):
            kept = [key for key, process in mine.items() if process in alive | {0}]
            self._queued().filter(key__in=kept).update(lock=clock.now() + LEASE)

    def _queued(self) -> "QuerySet[Any]":
        rows: QuerySet[Any] = self.get_connection()
        return rows.filter(Q(key=self.list_key) | Q(key__startswith=f"{self.list_key}:"))

    def _took(self, job: Any) -> bool:
        hold = Hold.read(job.key)
        same = self._queued().filter(pk=job.pk, key=job.key, lock=job.lock)
        if hold.taken >= Conf.MAX_ATTEMPTS:
            if same.delete()[0]:
                _give_up(SignedPackage.loads(job.payload), hold)
            return False
        taken = Hold(self.list_key, hold.taken + 1, self.cluster)
        return bool(same.update(key=str(taken), lock=clock.now() + LEASE))


def _give_up(task: dict[str, Any], hold: Hold) -> None:
    """Puts the job among those that failed."""
    told = {name: task[name] for name in ("name", "func", "args", "kwargs", "started")}
    why = f"Given up: taken {hold.taken} times, and each time its process died or did not finish."
    ended = {"result": why, "success": False, "stopped": clock.now(), "attempt_count": hold.taken}
    Task.objects.update_or_create(id=task["id"], defaults=told | ended)


class LocklessQueue(Queue):  # type: ignore[misc]
    """A queue between processes on which who waits holds no lock, so that who is killed while he idles stops nobody.

    The library's own readers wait with the lock in their hands: one of them killed, and no job was ever begun again.
    """

    def get(self, *_block: Any, **_timeout: Any) -> Any:
        while True:
            self._reader.poll(None)
            with suppress(Empty):
                return super().get(block=False)


def keep_leases() -> None:
    """Makes the library's clusters work as this module says; called once, when all apps are loaded."""
    cluster.Queue = LocklessQueue
    pre_execute.connect(_begun, dispatch_uid="lease")
    post_execute_in_worker.connect(_ended, dispatch_uid="lease")


def _begun(*, task: dict[str, Any], **_more: Any) -> None:
    """In the worker's process: from now on the lease ends with this process."""
    with suppress(DatabaseError):
        for rows, hold in _row_of(task):
            rows.update(key=str(replace(hold, process=os.getpid())))


def _ended(*, task: dict[str, Any], **_more: Any) -> None:
    """In the worker's process: what failed is tried again before long; what succeeded is taken off by the monitor."""
    if task["success"]:
        return
    with suppress(DatabaseError):
        for rows, hold in _row_of(task):
            rows.update(key=str(Hold(hold.queue, hold.taken)), lock=clock.now() + retry_after(hold.taken))


def _row_of(task: dict[str, Any]) -> Iterator[tuple["QuerySet[Any]", Hold]]:
    """The queued row of the task, if it is still held as it was read."""
    for job in ORM.get_connection().filter(pk=task.get("ack_id")):
        yield OrmQ.objects.filter(pk=job.pk, key=job.key), Hold.read(job.key)
