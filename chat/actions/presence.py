"""Whether an agent takes chats now."""

from datetime import datetime

from django.db import transaction

from chat.models import Presence
from cscore.accounts.models import User


@transaction.atomic
def set_presence(*, agent: User, available: bool, capacity: int | None, at: datetime) -> Presence:
    """Takes chats or not, and how many at a time (None: as before)."""
    presence, _new = Presence.objects.get_or_create(agent=agent, defaults={"seen_at": at})
    presence.available, presence.seen_at = available, at
    presence.capacity = capacity or presence.capacity
    presence.save()
    return presence


def desk_seen(*, agent: User, at: datetime) -> None:
    """The agent's desk is open; without this his presence grows stale."""
    Presence.objects.filter(agent=agent).update(seen_at=at)
