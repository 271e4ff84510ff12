"""Several statements to the database and back in one round trip, each prepared by the server the first time.

What libpq calls a pipeline, without a cursor for each statement: that costs more than most of our statements do.
"""

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg import errors, generators
from psycopg.abc import Buffer, PQGen
from psycopg.adapt import AdaptersMap, Loader, PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.rows import TupleRow

Question = tuple[str, Sequence[Any] | Mapping[str, Any]]
Connection = psycopg.Connection[Any]

_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?s|%%")


class _Instant(Loader):
    """An instant in UTC, in which the connection speaks; long logs are full of them, and this is the quick way."""

    def load(self, data: Buffer) -> datetime:
        return datetime.fromisoformat(bytes(data).decode())


@dataclass(slots=True)
class _Agreed:
    """What a connection has agreed on with its server: how values are read, and what it calls which statement."""

    adapters: AdaptersMap
    names: dict[bytes, bytes] = field(default_factory=dict)
    number: int = 0


@dataclass(frozen=True, slots=True)
class _Context:
    """Where values are written and read, as the driver wants to be told."""

    connection: Connection
    adapters: AdaptersMap


_agreed: WeakKeyDictionary[Connection, _Agreed] = WeakKeyDictionary()


def make(raw: Connection, questions: Sequence[Question]) -> list[list[TupleRow]]:
    """Send all the questions, wait once, and give the rows of each. Opens a transaction as the connection would.

    Raises the first error; what was asked after it was not done.
    """
    with Conversation(raw) as talking:
        talking.send(questions)
    return talking.answers()


class Conversation:
    """Statements are sent on without waiting; at its end all answers are heard.

    Nothing else may use the connection meanwhile.
    """

    def __init__(self, raw: Connection) -> None:
        self._raw = raw
        self._pgconn = raw.pgconn
        self._agreed = _agreed_with(raw)
        self._context = _Context(raw, self._agreed.adapters)
        self._new: list[bytes] = []
        self._heard: list[list[Any]] = []
        self._sent = 0
        self._asked: list[int] = []  # which of the results are answers

    def __enter__(self) -> "Conversation":
        if self._pgconn.status != ConnStatus.OK:
            raise psycopg.OperationalError("the connection is closed")
        self._raw.lock.acquire()
        self._pgconn.enter_pipeline_mode()
        return self

    def send(self, questions: Sequence[Question]) -> range:
        """Send these on their way; gives their places, for who wants to hear the answers before the end."""
        writer = Transformer(self._context)
        ready = []  # nothing is sent before all of it can be written
        for statement, values in questions:
            native, names = _native(statement)
            given = [values[name] for name in names] if isinstance(values, Mapping) else list(values)
            ready.append((native, writer.dump_sequence(given, [PyFormat.TEXT] * len(given))))
        if not self._sent and not self._raw.autocommit and self._pgconn.transaction_status == TransactionStatus.IDLE:
            self._pgconn.send_query_params(b"BEGIN", None)
            self._sent += 1
        for native, written in ready:
            called = self._agreed.names.get(native) or self._prepare(native)
            self._pgconn.send_query_prepared(called, written)
            self._asked.append(self._sent)
            self._sent += 1
        self._sent += 1
        self._heard += self._raw.wait(_communicate(self._pgconn))
        return range(len(self._asked) - len(ready), len(self._asked))

    def hear(self, places: range) -> list[list[TupleRow]]:
        """Wait for the answers to these questions alone; what was sent after them is still on its way."""
        missing = self._asked[places[-1]] + 1 - len(self._heard) if places else 0
        if missing > 0:
            self._heard += self._raw.wait(_rest(self._pgconn, missing))
            self._raise_what_was_refused()
        return [_rows(self._context, self._heard[self._asked[place]][0]) for place in places]

    def __exit__(self, kind: object, problem: object, trace: object) -> None:
        try:
            if self._pgconn.status == ConnStatus.OK:
                self._heard += self._raw.wait(_rest(self._pgconn, self._sent - len(self._heard)))
                self._pgconn.exit_pipeline_mode()
        except BaseException:
            self._raw.close()  # half a conversation cannot be taken up again
            raise
        finally:
            self._raw.lock.release()
        if kind is None:
            self._raise_what_was_refused()

    def answers(self) -> list[list[TupleRow]]:
        """The rows of each question, once it has ended."""
        return self.hear(range(len(self._asked)))

    def _prepare(self, native: bytes) -> bytes:
        self._agreed.number += 1
        called = self._agreed.names[native] = b"lantern_%d" % self._agreed.number
        self._pgconn.send_prepare(called, native)
        self._new.append(native)
        self._sent += 1
        return called

    def _raise_what_was_refused(self) -> None:
        for (result,) in self._heard:
            if result.status == ExecStatus.FATAL_ERROR:
                for native in self._new:  # what came after it was never prepared
                    self._agreed.names.pop(native, None)
                raise errors.error_from_result(result, encoding="utf-8")


def _agreed_with(raw: Connection) -> _Agreed:
    agreed = _agreed.get(raw)
    if agreed is None:
        agreed = _agreed[raw] = _Agreed(AdaptersMap(raw.adapters))
        agreed.adapters.register_loader("timestamptz", _Instant)
        _hear_of_forgetting(raw, agreed.names)
    return agreed


def _hear_of_forgetting(raw: Any, names: dict[bytes, bytes]) -> None:
    """After some statements the driver lets the server forget all that was prepared: its own, and ours with it."""
    deallocate = raw._deallocate  # noqa: SLF001  it tells nobody else

    def forget(name: bytes | None) -> Any:
        if name is None:
            names.clear()
        return deallocate(name)

    raw._deallocate = forget  # noqa: SLF001  as above


def _communicate(pgconn: Any) -> PQGen[list[list[Any]]]:
    """Close this turn with a sync and send all of it; what is heard meanwhile."""
    heard: list[list[Any]] = yield from generators.pipeline_communicate(pgconn, deque([pgconn.pipeline_sync]))
    yield from generators.send(pgconn)  # what the socket did not take at once
    return heard


def _rest(pgconn: Any, missing: int) -> PQGen[list[list[Any]]]:
    """The results that have not been heard yet, one of each command."""
    heard: list[list[Any]] = []
    while len(heard) < missing:
        heard.append((yield from generators.fetch_many(pgconn)))
    return heard


def _rows(context: _Context, result: Any) -> list[TupleRow]:
    if result.status != ExecStatus.TUPLES_OK:
        return []
    reader = Transformer(context)
    reader.set_pgresult(result)
    return reader.load_rows(0, result.ntuples, tuple)


@lru_cache(maxsize=1024)
def _native(statement: str) -> tuple[bytes, list[str]]:
    """The statement with the server's own placeholders, and the names of its values in that order, where it has any."""
    names: list[str] = []
    count = 0

    def numbered(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] == "%%":
            return "%"
        if found[1] and found[1] in names:
            return f"${names.index(found[1]) + 1}"
        if found[1]:
            names.append(found[1])
        count += 1
        return f"${count}"

    return _PLACEHOLDER.sub(numbered, statement).encode(), names
