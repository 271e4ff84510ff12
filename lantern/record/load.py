"""Reading the record: as the engine wants it, and as a page wants it.

Both take `known_at`: the record as it was known at that instant, whatever was appended later.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from lantern.engine.events import REGISTRY
from lantern.engine.log import Event
from lantern.plumbing import encryption, sql
from lantern.record import personal, wire
from lantern.record.models import Child, Episode
from lantern.record.settle import CORRECTED, corrections, now_reads

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One event for a page.

    fields: as first recorded. reads_now: as corrected (the same when it was not; None when it was recorded in error).
    corrected_by: the id of the correction that decides. erased: its personal fields can no longer be read.
    """

    id: UUID
    seq: int
    type: str
    says: str
    episode: UUID | None
    occurred_at: datetime
    recorded_at: datetime
    by_person: UUID | None
    by_role: str
    agency: str
    source_kind: str
    fields: dict[str, Any]
    reads_now: dict[str, Any] | None
    corrected_by: UUID | None
    erased: bool


class _Row(NamedTuple):
    """A row of `wire.LINES`."""

    id: str
    child: str
    episode: str | None
    seq: int
    type: str
    occurred_at: datetime
    recorded_at: datetime
    by_person: UUID | None
    by_role: str
    agency: str
    agency_kind: str | None
    source_kind: str
    payload: str
    is_personal: bool
    nonce: bytes | None
    ciphertext: bytes | None
    wrapped_key: bytes | None


class _Read(NamedTuple):
    row: _Row
    fields: dict[str, Any]
    erased: bool


def log_of(
    child_ids: Iterable[UUID], *, known_at: datetime | None = None, types: Iterable[str] | None = None
) -> list[Line]:
    """Log lines of the vocabulary in seq order, child after child; instants are aware datetimes.

    Personal fields of an erased child are absent. `types` keeps only events of these types.
    """
    (rows,) = sql.together(question(child_ids, known_at=known_at, types=types))
    return lines_of(rows)


def question(
    child_ids: Iterable[UUID], *, known_at: datetime | None = None, types: Iterable[str] | None = None
) -> tuple[str, dict[str, Any]]:
    """The same as a statement and its values, for who asks more in one round trip; `lines_of` reads the rows."""
    children = list(child_ids)
    values: dict[str, Any] = {"child": children[0]} if len(children) == 1 else {"children": children}
    statement = wire.LINES + (wire.OF_ONE if len(children) == 1 else wire.OF_SOME)
    if known_at is not None:
        statement, values["known_at"] = statement + wire.KNOWN, known_at
    if types:
        statement, values["types"] = statement + wire.TYPES, list(types)
    return statement + wire.IN_ORDER, values


def lines_of(rows: Iterable[Sequence[Any]]) -> list[Line]:
    """The log lines of the rows that `question` gives."""
    return [_line(read) for read in _read(rows)]


def history_question(child_ids: Sequence[UUID]) -> tuple[str, dict[str, Any]]:
    """What `histories` reads the answer of, for who asks more in one round trip."""
    if len(child_ids) == 1:
        return wire.HISTORY + wire.OF_ONE + wire.IN_ORDER, {"child": child_ids[0]}
    return wire.HISTORY + wire.OF_SOME + wire.IN_ORDER, {"children": list(child_ids)}


def histories(rows: Sequence[Sequence[Any]]) -> dict[str, list[Event]]:
    """Child: everything in the record, as the engine has it, in seq order.

    Nothing is checked again: it was when it was appended.
    """
    ciphers: dict[str, encryption.Cipher] = {}
    said = json.loads(f"[{','.join([row[-1] for row in rows])}]")
    found: dict[str, list[Event]] = {}
    for row, fields in zip(rows, said, strict=True):
        child, type_, id_, episode, at, told, by_role, kind, agency, wrapped, sealed, _ = row
        listed = found.setdefault(child, [])
        if wrapped and sealed:
            if child not in ciphers:
                ciphers[child] = encryption.cipher(personal.key_of(UUID(child), wrapped))
            hidden = personal.open_(ciphers[child], UUID(id_), *encryption.apart(sealed))
            fields = personal.join(fields, hidden)  # noqa: PLW2901  what was encrypted belongs to it
        # where the vocabulary wants police or authority, the agency's kind stands in for its code
        listed.append(
            Event(type_, id_, child, episode, at, told, by_role or None, kind or agency, fields, len(listed) + 1)
        )
    return found


def timeline(child: Child, episode: Episode | None = None, *, known_at: datetime | None = None) -> list[TimelineItem]:
    """What happened to the child, by when it happened; with `episode`, only that absence."""
    (rows,) = sql.together(question([child.id], known_at=known_at))
    reads = list(_read(rows))
    lines = {read.row.id: _line(read) for read in reads}
    deciding = corrections(lines.values())
    of = str(episode.id) if episode else None
    items = [_item(read, lines, deciding) for read in reads if episode is None or read.row.episode == of]
    return sorted(items, key=lambda item: (item.occurred_at, item.seq))


def seq_of(child_id: UUID) -> int:
    """The child's last seq; 0 for an empty log. What a form hands back as `expected_seq`."""
    cursor = wire.cursor()
    cursor.execute("SELECT coalesce(max(seq), 0) FROM record_loggedevent WHERE child_id = %s", [child_id])
    row = cursor.fetchone()
    return row[0] if row else 0


def _read(rows: Iterable[Sequence[Any]]) -> Iterator[_Read]:
    keys: dict[str, encryption.Cipher | None] = {}
    for row in map(_Row._make, rows):
        fields = json.loads(row.payload)
        if not row.is_personal:
            yield _Read(row, fields, erased=False)
            continue
        if row.child not in keys:
            keys[row.child] = _cipher_of(row)
        key = keys[row.child]
        if key is None or row.ciphertext is None or row.nonce is None:
            yield _Read(row, fields, erased=True)
            continue
        hidden = personal.open_(key, UUID(row.id), bytes(row.nonce), bytes(row.ciphertext))
        yield _Read(row, personal.join(fields, hidden), erased=False)


def _cipher_of(row: _Row) -> encryption.Cipher | None:
    return encryption.cipher(personal.key_of(UUID(row.child), bytes(row.wrapped_key))) if row.wrapped_key else None


def _line(read: _Read) -> Line:
    row = read.row
    line: Line = {
        "event": row.type,
        "id": row.id,
        "child": row.child,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
    }
    if row.episode:
        line["episode"] = row.episode
    if row.by_role:
        line["by_role"] = row.by_role
    # where the vocabulary wants police or authority, the agency's kind stands in for its code
    line["agency"] = row.agency_kind or row.agency
    return line | read.fields


def _item(read: _Read, lines: dict[str, Line], deciding: dict[str, Any]) -> TimelineItem:
    row = read.row
    correction = deciding.get(row.id) if row.type != CORRECTED else None
    return TimelineItem(
        id=UUID(row.id),
        seq=row.seq,
        type=row.type,
        says=REGISTRY[row.type].says,
        episode=UUID(row.episode) if row.episode else None,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        by_person=row.by_person,
        by_role=row.by_role,
        agency=row.agency,
        source_kind=row.source_kind,
        fields=read.fields,
        reads_now=now_reads(lines[row.id], correction),
        corrected_by=UUID(correction["id"]) if correction else None,
        erased=read.erased,
    )
