"""What every test may ask for."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db.backends.sqlite3.base import DatabaseWrapper
from pytest_django.fixtures import Settings

from kb.live import shelf
from kb.search import shelf as search_shelf

pytest_plugins = ["tests.cast", "tests.stage"]


@pytest.fixture(autouse=True)
def _no_knowledge_outlives_a_test() -> Iterator[None]:
    """Rolled-back rows give their numbers to the next test; what a process keeps of a shop must go with them."""
    shelf.clear()
    yield
    shelf.clear()


@pytest.fixture(autouse=True)
def _no_search_index_outlives_a_test(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The same for indexes on disk: each test has a folder of its own, made when something is searched."""
    settings.SEARCH_DIR = tmp_path_factory.getbasetemp() / "search" / uuid4().hex
    yield
    search_shelf.clear()


@pytest.fixture(scope="session", autouse=True)
def _the_audit_trail_may_be_flushed_between_tests() -> Iterator[None]:
    """SQLite empties tables by DELETE, which the trail's trigger refuses: drop it for the flush, then restore."""
    operations = DatabaseWrapper.ops_class
    original = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: Any, **kwargs: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _ in triggers]
        return [*drop, *original(self, style, tables, **kwargs), *(sql for _, sql in triggers)]

    operations.sql_flush = sql_flush  # type: ignore[method-assign]
    yield
    operations.sql_flush = original  # type: ignore[method-assign]
