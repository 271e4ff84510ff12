"""Statements sent as they are, with values bound by the server, which prepares what it sees again.

Django opens the connection, the transaction and the row-level context; its own cursor binds values itself, so that the
server plans every statement anew, and it cannot send several statements in one round trip.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import PipelineStatus
from psycopg.rows import TupleRow

Cursor = psycopg.Cursor[TupleRow]

# Statements that go past Django's cursor raise the driver's own errors, and so may the opening of a transaction.
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
"""The database is not there, is starting, or asks us to try again."""
REFUSED = (DatabaseError, InterfaceError, psycopg.Error)
"""Any error of the database."""


@contextmanager
def cursor() -> Iterator[Cursor]:
    """A cursor of psycopg on Django's connection; errors are Django's."""
    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors, psycopg.Cursor(raw) as found:
        yield found


@contextmanager
def in_one_go() -> Iterator[None]:
    """Statements inside are sent on without waiting for each other's answers, until one's rows are asked for.

    What the database refuses is raised at the latest at the end; `rowcount` means nothing before.
    """
    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors, raw.pipeline():
        yield


def together(*questions: tuple[str, Sequence[Any] | Mapping[str, Any]]) -> list[list[TupleRow]]:
    """Ask several questions in one round trip; the rows of each, in order. Each sees what the one before did."""
    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors:
        cursors = [_reading(raw) for _ in questions]
        with nullcontext() if _is_in_one_go(raw) else raw.pipeline():
            for asking, (statement, values) in zip(cursors, questions, strict=True):
                asking.execute(statement, values)
        return [asked.fetchall() for asked in cursors]


class _Instant(Loader):
    """An instant in UTC, in which the connection speaks; long logs are full of them, and this is the quick way."""

    def load(self, data: Buffer) -> datetime:
        return datetime.fromisoformat(bytes(data).decode())


def _reading(raw: Any) -> Cursor:
    found: Cursor = psycopg.Cursor(raw)
    found.adapters.register_loader("timestamptz", _Instant)
    return found


def flush() -> None:
    """Wait until everything that was committed so far is on disk."""
    # a commit waits for the disk where it wrote something; this writes a word that nobody reads
    with transaction.atomic(), cursor() as asking:
        asking.execute("SELECT pg_logical_emit_message(true, 'lantern', '')")


def _is_in_one_go(raw: Any) -> bool:
    return bool(raw.pgconn.pipeline_status != PipelineStatus.OFF)
