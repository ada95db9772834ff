"""The single clock. Doors read it and pass the time on as `at`; rules and verbs never look."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()
