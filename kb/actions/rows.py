"""Many rows at once, made ready before the lock is taken: behind it there is nothing left to do but to write them.

Django's own bulk_create and bulk_update build an expression for every value behind the lock, and take ten times as long.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Model

# Values in one statement: enough that there are few statements, and short enough to report progress between them.
_ENOUGH: Final = 9_000


@dataclass(frozen=True, slots=True)
class Insert:
    """One statement that stores `rows` rows."""

    statement: str
    values: list[Any]
    rows: int

    def run(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.statement, self.values)


def reserved(model: type[Model], count: int) -> list[int]:
    """Primary keys for rows that are not stored yet; no other row ever gets one of them."""
    if not count:
        return []
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [number for (number,) in cursor.fetchall()]
        # SQLite counts in a table of its own, which has no row before the first insert.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        counted = cursor.fetchone()
        cursor.execute(f"SELECT max(id) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name of our own
        last = max(counted[0] if counted else 0, cursor.fetchone()[0] or 0)
        if counted:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, table])
        else:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last + count])
    return list(range(last + 1, last + count + 1))


def inserts(rows: Sequence[Model]) -> Iterator[Insert]:
    """What stores these new rows; those that have a primary key keep it."""
    if not rows:
        return
    meta: Any = rows[0]._meta
    columns = [column for column in meta.concrete_fields if rows[0].pk is not None or not column.primary_key]
    quote = connection.ops.quote_name
    names = ", ".join(quote(one.column) for one in columns)
    into = f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES "  # noqa: S608 - names of our own
    place = f"({', '.join(['%s'] * len(columns))})"
    most = _most_values() // len(columns)
    for start in range(0, len(rows), most):
        some = rows[start : start + most]
        values = [
            column.get_db_prep_save(getattr(row, column.attname), connection)
            for row in some
            for column in columns
        ]
        yield Insert(into + ", ".join([place] * len(some)), values, len(some))


def _most_values() -> int:
    """How many values one statement carries; an old SQLite takes 999."""
    if connection.vendor != "sqlite":
        return _ENOUGH
    connection.ensure_connection()
    takes: int = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    return min(_ENOUGH, takes)


def rewrite(rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Stores these fields of rows that exist."""
    if not rows:
        return
    meta: Any = rows[0]._meta
    quote = connection.ops.quote_name
    columns = [meta.get_field(name) for name in fields]
    settings = ", ".join(f"{quote(column.column)} = %s" for column in columns)
    statement = f"UPDATE {quote(meta.db_table)} SET {settings} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608 - names of our own
    values = (
        [*(column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns), row.pk]
        for row in rows
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))
