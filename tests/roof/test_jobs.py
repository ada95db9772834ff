"""A job belongs to the process that runs it for as long as that lives; nobody's death and no fault loses a job."""

import os
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing import get_context

import pytest
import time_machine
from django_q.models import Failure, OrmQ
from django_q.signals import post_execute_in_worker, pre_execute
from django_q.tasks import async_task

from cscore.common.jobs import LEASE, Broker, Hold, LocklessQueue, retry_after
from tests.factories.times import MONDAY_9AM

pytestmark = pytest.mark.django_db
NOBODY = 0
SOON = timedelta(seconds=1)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    """A clock that moves when it is told to, and a broker that does not rest when there is nothing to do."""
    monkeypatch.setattr("cscore.common.jobs.sleep", lambda _seconds: None)
    with time_machine.travel(MONDAY_9AM, tick=False) as clock:
        yield clock


@pytest.fixture
def queued(now: time_machine.Traveller) -> OrmQ:
    """A job that waits since a second."""
    async_task("chat.tasks.tidy", task_name="tidy up")
    now.shift(SOON)
    return OrmQ.objects.get()


def began(job: OrmQ) -> None:
    pre_execute.send(sender="test", func=None, task={"ack_id": job.pk})


def ended(job: OrmQ, *, success: bool) -> None:
    post_execute_in_worker.send(sender="test", func=None, task={"ack_id": job.pk, "success": success})


def taken_by(broker: Broker) -> list[int]:
    return [pk for pk, _payload in broker.dequeue()]


def test_a_job_goes_to_one_cluster(queued: OrmQ) -> None:
    assert [taken_by(Broker()), taken_by(Broker())] == [[queued.pk], []]


def test_the_oldest_job_goes_first(queued: OrmQ, now: time_machine.Traveller) -> None:
    async_task("chat.tasks.say_planned")
    now.shift(SOON)
    OrmQ.objects.filter(pk=queued.pk).update(lock=MONDAY_9AM)

    assert taken_by(Broker()) == [queued.pk]


def test_while_its_process_lives_a_job_stays_where_it_is(queued: OrmQ, now: time_machine.Traveller) -> None:
    broker, other = Broker(), Broker()
    broker.dequeue()
    began(queued)

    for _minute in range(30):
        broker.renew({os.getpid()})
        now.shift(LEASE - SOON)
        assert taken_by(other) == []


def test_a_job_whose_process_died_is_taken_again_after_its_lease(
    queued: OrmQ, now: time_machine.Traveller
) -> None:
    broker = Broker()
    broker.dequeue()
    began(queued)

    now.shift(LEASE + SOON)
    broker.renew({NOBODY})

    assert taken_by(broker) == [queued.pk]


def test_a_job_of_a_cluster_that_died_is_taken_by_another(queued: OrmQ, now: time_machine.Traveller) -> None:
    Broker().dequeue()
    now.shift(LEASE + SOON)

    assert taken_by(Broker()) == [queued.pk]


def test_a_cluster_renews_nothing_for_another(queued: OrmQ, now: time_machine.Traveller) -> None:
    Broker().dequeue()
    began(queued)
    now.shift(LEASE + SOON)

    Broker().renew({os.getpid()})

    assert taken_by(Broker()) == [queued.pk]


def test_what_waits_behind_a_running_job_is_kept_and_what_was_lost_on_the_way_is_not(
    queued: OrmQ, now: time_machine.Traveller
) -> None:
    async_task("chat.tasks.say_planned")
    now.shift(SOON)
    broker, behind = Broker(), OrmQ.objects.latest("pk")
    assert taken_by(broker) + taken_by(broker) == [queued.pk, behind.pk]
    began(queued)

    now.shift(LEASE - SOON)
    broker.renew({os.getpid()})
    now.shift(SOON * 2)
    waiting = taken_by(broker)
    queued.delete()
    now.shift(LEASE)
    broker.renew({os.getpid()})

    assert (waiting, taken_by(broker)) == ([], [behind.pk])


def test_what_failed_is_tried_again_soon_and_then_ever_later(
    queued: OrmQ, now: time_machine.Traveller
) -> None:
    waits = []
    for _attempt in range(3):
        assert taken_by(Broker()) == [queued.pk]
        began(queued)
        ended(queued, success=False)
        queued.refresh_from_db()
        waits.append(queued.lock - MONDAY_9AM)
        now.move_to(queued.lock + SOON)

    assert retry_after(1) == timedelta(seconds=30)
    assert waits[0] < timedelta(minutes=1)
    assert waits == sorted(waits)


def test_what_succeeded_stays_with_its_process_until_it_is_taken_off(queued: OrmQ) -> None:
    Broker().dequeue()
    began(queued)
    before = OrmQ.objects.get().key

    ended(queued, success=True)

    assert OrmQ.objects.get().key == before


def test_a_job_over_which_five_processes_died_stands_among_the_failed_ones(
    queued: OrmQ, now: time_machine.Traveller
) -> None:
    for _process in range(5):
        assert taken_by(Broker()) == [queued.pk]
        began(queued)
        now.shift(LEASE + SOON)

    assert taken_by(Broker()) == []
    assert not OrmQ.objects.exists()
    failed = Failure.objects.get()
    assert (failed.name, failed.func) == ("tidy up", "chat.tasks.tidy")
    assert "taken 5 times" in failed.result


def test_a_hold_reads_as_it_is_written() -> None:
    hold = Hold("cscore", 3, "ab12cd34", 4711)

    assert Hold.read(str(hold)) == hold
    assert Hold.read("cscore") == Hold("cscore")


def test_whoever_is_killed_while_he_waits_for_a_job_takes_nothing_with_him() -> None:
    """The library's own queue hangs here: the one who waits holds the lock that every reader needs."""
    queue, told = LocklessQueue(), LocklessQueue()
    worker = get_context("fork").Process(target=_works, args=(queue, told))
    worker.start()
    queue.put("for the worker")
    assert told.get() == "for the worker"
    # Meanwhile the worker is back at the queue.
    for _breath in range(20):
        breath = get_context("fork").Process(target=os.getpid)
        breath.start()
        breath.join()

    worker.kill()
    worker.join()
    queue.put("for those who are left")

    assert queue.get() == "for those who are left"


def _works(queue: LocklessQueue, told: LocklessQueue) -> None:
    while True:
        told.put(queue.get())
