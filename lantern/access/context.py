"""For whom the database answers: one person, the system for a stated reason, or nobody.

    with acting(person): ...         the rows of children whom this person may need to know
    with system("worker"): ...       every row; for the worker, intake, operators
    with signing_in(): ...           no child at all; the pages of sign-in may touch accounts

Each opens a transaction and a context that ends with it. Contexts nest: an inner one holds until its block ends, then
the outer one holds again. Without any, tables with child data show nothing and take nothing.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

import psycopg
from django.db import OperationalError, connection, transaction
from psycopg.rows import TupleRow

from lantern.access.door_keys import PERSON, SIGN_IN, SYSTEM, proof
from lantern.access.models import Person
from lantern.plumbing import sql
from lantern.plumbing.errors import Misconfigured
from lantern.plumbing.round_trip import Question

_WHERE = "SELECT pg_backend_pid(), pg_current_xact_id()::text, coalesce(current_setting('lantern.token', true), '')"
_OPEN = "SELECT lantern_open_context(%s, %s::uuid, %s, %s)"
_HOLDS = "SELECT current_setting('lantern.token')"
_GO_BACK = "SELECT set_config('lantern.token', %s, true)"
_REASON = re.compile(r"[a-z0-9][a-z0-9 _.:-]{0,79}\Z")


@contextmanager
def acting(person: Person) -> Iterator[None]:
    """Everything inside is done for `person`, in one transaction."""
    with _opened(PERSON, person, ""):
        yield


@contextmanager
def system(reason: str, *first: Question) -> Iterator[list[list[TupleRow]]]:
    """Everything inside is done by the system itself, in one transaction.

    `reason`: a few plain lower-case words, such as "worker"; the database keeps it beside the context. `first`: what is
    asked inside before all else, in the same round trip that opens it; gives the answers.
    """
    if not _REASON.match(reason):
        raise ValueError("a system context needs a reason in a few plain lower-case words")
    with _opened(SYSTEM, None, reason, first) as answers:
        yield answers


@contextmanager
def signing_in() -> Iterator[None]:
    """Everything inside is done for somebody who is not signed in yet: accounts and no children, in one transaction."""
    with _opened(SIGN_IN, None, ""):
        yield


@dataclass(frozen=True, slots=True)
class _Open:
    """The context that holds: in which session and transaction, and its token."""

    session: int
    number: str
    token: str


_innermost: ContextVar[_Open | None] = ContextVar("lantern_context", default=None)


@contextmanager
def _opened(
    kind: str, person: Person | None, reason: str, first: Sequence[Question] = ()
) -> Iterator[list[list[TupleRow]]]:
    within = connection.in_atomic_block  # the setting ends with a transaction, not with a savepoint
    outer = _innermost.get()
    with ExitStack() as block:
        if outer is None:
            block.enter_context(transaction.atomic())
            # asked together with the BEGIN of the transaction, where one begins
            before = _Open(*sql.together((_WHERE, []))[0][0])
            token, answers = _open(kind, person, reason, before, first)
        else:
            before = outer
            with sql.in_one_go():
                block.enter_context(transaction.atomic())
                token, answers = _open(kind, person, reason, before, first)
        _innermost.set(replace(before, token=token))
        try:
            yield answers
        finally:
            _innermost.set(outer)
        # not after an error: then the savepoint is rolled back, and the setting with it
        if within and not connection.needs_rollback:
            with sql.in_one_go(), sql.cursor() as cursor:
                cursor.execute(_GO_BACK, [before.token])
                block.close()


def _open(
    kind: str, person: Person | None, reason: str, where: _Open, first: Sequence[Question]
) -> tuple[str, list[list[TupleRow]]]:
    """Open a context; gives its token, and the answers to what is asked first."""
    who = person.id if person else None
    values = [kind, who, reason, proof(kind, who, reason, where.session, where.number)]
    try:
        # values travel apart from the statement: other sessions could read them in pg_stat_activity otherwise
        _, ((token,),), *answers = sql.together((_OPEN, values), (_HOLDS, []), *first)
    except OperationalError as problem:
        if not isinstance(problem.__cause__, psycopg.errors.InvalidAuthorizationSpecification):
            raise
        raise Misconfigured(
            "The database does not know the keys of this server: run lantern migrate with the same LANTERN_KEYS."
        ) from problem
    return str(token), answers
