"""For whom the database answers: one person, the system for a stated reason, or nobody.

    with acting(person): ...         the rows of children whom this person may need to know
    with system("worker"): ...       every row; for the worker, intake, operators
    with signing_in(): ...           no child at all; the pages of sign-in may touch accounts

Each opens a transaction and a context that ends with it. Contexts nest: an inner one holds until its block ends, then
the outer one holds again. Without any, tables with child data show nothing and take nothing.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, transaction

from lantern.access.door_keys import PERSON, SIGN_IN, SYSTEM, proof
from lantern.access.models import Person
from lantern.plumbing import sql
from lantern.plumbing.errors import Misconfigured

_WHERE = "SELECT pg_backend_pid(), pg_current_xact_id()::text, current_setting('lantern.token', true)"
_REASON = re.compile(r"[a-z0-9][a-z0-9 _.:-]{0,79}\Z")


@contextmanager
def acting(person: Person) -> Iterator[None]:
    """Everything inside is done for `person`, in one transaction."""
    with _opened(PERSON, person, ""):
        yield


@contextmanager
def system(reason: str) -> Iterator[None]:
    """Everything inside is done by the system itself, in one transaction.

    `reason`: a few plain lower-case words, such as "worker"; the database keeps it beside the context.
    """
    if not _REASON.match(reason):
        raise ValueError("a system context needs a reason in a few plain lower-case words")
    with _opened(SYSTEM, None, reason):
        yield


@contextmanager
def signing_in() -> Iterator[None]:
    """Everything inside is done for somebody who is not signed in yet: accounts and no children, in one transaction."""
    with _opened(SIGN_IN, None, ""):
        yield


@contextmanager
def _opened(kind: str, person: Person | None, reason: str) -> Iterator[None]:
    within = connection.in_atomic_block  # the setting ends with a transaction, not with a savepoint
    with transaction.atomic():
        before = _open(kind, person, reason)
        yield
        # not reached after an error: then the savepoint is rolled back, and the setting with it
        if within:
            _set(before)


def _open(kind: str, person: Person | None, reason: str) -> str:
    """Open a context; returns the token that held before, to go back to."""
    # asked together with the BEGIN of the transaction, where one begins
    ((session, number, before),) = sql.together((_WHERE, []))[0]
    who = person.id if person else None
    try:
        _tell(
            "SELECT lantern_open_context(%s, %s::uuid, %s, %s)",
            kind,
            who,
            reason,
            proof(kind, who, reason, session, number),
        )
    except psycopg.errors.InvalidAuthorizationSpecification as problem:
        raise Misconfigured(
            "The database does not know the keys of this server: run lantern migrate with the same LANTERN_KEYS."
        ) from problem
    return before or ""


def _set(token: str) -> None:
    _tell("SELECT set_config('lantern.token', %s, true)", token)


def _tell(statement: str, *values: Any) -> None:
    # values travel apart from the statement: other sessions could read them in pg_stat_activity otherwise
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, values)
