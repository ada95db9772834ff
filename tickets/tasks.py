"""Background jobs of after-sale work, by the clock (see the migrations)."""

from datetime import timedelta

from django.conf import settings

from cscore.common import clock
from tickets.photographs import drop_old_photos


def drop_photos() -> str:
    """Deletes photos that nobody needs any more; says how many. May run twice or late."""
    kept = timedelta(days=settings.PHOTOS_KEPT_DAYS)
    return f"{drop_old_photos(kept=kept, at=clock.now())} photos dropped"
