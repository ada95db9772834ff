"""The only writer of the audit trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils import translation

from cscore.accounts.models import AuditEntry, User

_MEANS: Final = ContextVar("_MEANS", default="")


@contextmanager
def through(means: str) -> Iterator[None]:
    """What is recorded meanwhile was done by this means, such as an API token: each line names it."""
    before = _MEANS.set(means)
    try:
        yield
    finally:
        _MEANS.reset(before)


def record(
    *, by: User | None, verb: str, on: models.Model, at: datetime, shop_key: str = "", **details: Any
) -> AuditEntry:
    """One line for one verb, in the verb's own transaction. `by` is None for the bot, a job or a customer.

    The object's name is kept in the installation's language, whatever the person reads.
    """
    if means := _MEANS.get():
        details["through"] = means
    with translation.override(settings.LANGUAGE_CODE):
        name = str(on)[:200]
    return AuditEntry.objects.create(
        at=at,
        by=by,
        verb=verb,
        shop_key=shop_key,
        object_type=on._meta.label_lower,
        object_id=str(on.pk),
        object_text=name,
        details=details,
    )
