"""The only writer of the audit trail."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation

from cscore.accounts.models import AuditEntry, User


def record(
    *, by: User | None, verb: str, on: models.Model, at: datetime, shop_key: str = "", **details: Any
) -> AuditEntry:
    """One line for one verb, in the verb's own transaction. `by` is None for the bot, a job or a customer.

    The object's name is kept in the installation's language, whatever the person reads.
    """
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
