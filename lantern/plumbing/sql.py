"""Statements sent as they are, with values bound by the server, which prepares what it sees again.

Django opens the connection, the transaction and the row-level context; its own cursor binds values itself, so that the
server plans every statement anew, and it cannot send several statements in one round trip.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from psycopg.pq import PipelineStatus
from psycopg.rows import TupleRow

from lantern.plumbing import round_trip
from lantern.plumbing.round_trip import Question

Cursor = psycopg.Cursor[TupleRow]

# Statements that go past Django's cursor raise the driver's own errors, and so may the opening of a transaction.
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
"""The database is not there, is starting, or asks us to try again."""
REFUSED = (DatabaseError, InterfaceError, psycopg.Error)
"""Any error of the database."""

NULL = "NULL"
"""Nothing, as an element of `columns`."""


@contextmanager
def cursor() -> Iterator[Cursor]:
    """A cursor of psycopg on Django's connection; errors are Django's."""
    raw = _in_use()
    with connection.wrap_database_errors, psycopg.Cursor(raw) as found:
        yield found


@contextmanager
def in_one_go() -> Iterator[None]:
    """Statements inside are sent on without waiting for each other's answers, until one's rows are asked for.

    For statements of Django's; ours are better sent `together`. What the database refuses is raised at the latest at
    the end.
    """
    raw = _in_use()
    with connection.wrap_database_errors, raw.pipeline():
        yield


def together(*questions: Question) -> list[list[TupleRow]]:
    """Ask several questions in one round trip; the rows of each, in order. Each sees what the one before did."""
    raw = _in_use()
    with connection.wrap_database_errors:
        if raw.pgconn.pipeline_status == PipelineStatus.OFF:
            return round_trip.make(raw, questions)
        with raw.pipeline() as pipeline:
            cursors = [psycopg.Cursor(raw).execute(*question) for question in questions]
            pipeline.sync()
        return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


@contextmanager
def ahead() -> Iterator[round_trip.Conversation]:
    """Send statements on without waiting for their answers, so that the server works while we do.

    What the database refuses is raised at the end. Nothing else can be asked before that.
    """
    raw = _in_use()
    with connection.wrap_database_errors, round_trip.Conversation(raw) as talking:
        yield talking


def element(text: str) -> str:
    """Text as an element of one of `columns`; what holds neither blanks nor marks may go without."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def hexed(data: bytes) -> str:
    """Bytes as an element."""
    return f'"\\\\x{data.hex()}"'


def columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows of elements, turned: for each column the text of one array, so that one statement takes any number."""
    return ["{" + ",".join(column) + "}" for column in zip(*rows, strict=True)]


def flush() -> None:
    """Wait until everything that was committed so far is on disk."""
    # a commit waits for the disk where it wrote something; this writes a word that nobody reads
    with transaction.atomic(), cursor() as asking:
        asking.execute("SELECT pg_logical_emit_message(true, 'lantern', '')")


def _in_use() -> Any:
    """The driver's connection beneath Django's; one that was kept since the last request is tried first."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection.connection
