"""What SQLite alone needs to be told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

# Of pages, in memory, for as long as one large transaction takes; a connection keeps 2 MB otherwise.
_CACHE_KIB: Final = 128 * 1024


@contextmanager
def room_for_pages() -> Iterator[None]:
    """Keeps the pages of a large transaction in memory. PostgreSQL has its own.

    SQLite else writes them to its log while the transaction is under way, reads them back to change them again, and
    holds its one lock for that much longer.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [usual] = cursor.execute("PRAGMA cache_size").fetchone()
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {int(usual)}")
            cursor.execute("PRAGMA shrink_memory")
