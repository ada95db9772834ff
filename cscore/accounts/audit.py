"""The only writer of the audit trail."""

from datetime import datetime
from typing import Any

from django.db import models

from cscore.accounts.models import AuditEntry, User


def record(
    *, by: User | None, verb: str, on: models.Model, at: datetime, shop_key: str = "", **details: Any
) -> AuditEntry:
    """One line for one verb, in the verb's own transaction. `by` is None for the bot, a job or a customer."""
    return AuditEntry.objects.create(
        at=at,
        by=by,
        verb=verb,
        shop_key=shop_key,
        object_type=on._meta.label_lower,
        object_id=str(on.pk),
        object_text=str(on)[:200],
        details=details,
    )
