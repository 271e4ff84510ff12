"""Reading the record: as the engine wants it, and as a page wants it.

Both take `known_at`: the record as it was known at that instant, whatever was appended later.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from lantern.engine.events import REGISTRY
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


@dataclass(frozen=True, slots=True)
class _Read:
    row: dict[str, Any]
    fields: dict[str, Any]
    erased: bool


def log_of(
    child_ids: Iterable[UUID], *, known_at: datetime | None = None, types: Iterable[str] | None = None
) -> list[Line]:
    """Log lines of the vocabulary in seq order, child after child; instants are aware datetimes.

    Personal fields of an erased child are absent. `types` keeps only events of these types.
    """
    return [_line(read) for read in _read(child_ids, known_at, types)]


def timeline(child: Child, episode: Episode | None = None, *, known_at: datetime | None = None) -> list[TimelineItem]:
    """What happened to the child, by when it happened; with `episode`, only that absence."""
    reads = list(_read([child.id], known_at, None))
    lines = {str(read.row["id"]): _line(read) for read in reads}
    deciding = corrections(lines.values())
    items = [_item(read, lines, deciding) for read in reads if episode is None or read.row["episode"] == episode.id]
    return sorted(items, key=lambda item: (item.occurred_at, item.seq))


def seq_of(child_id: UUID) -> int:
    """The child's last seq; 0 for an empty log. What a form hands back as `expected_seq`."""
    cursor = wire.cursor()
    cursor.execute("SELECT coalesce(max(seq), 0) FROM record_loggedevent WHERE child_id = %s", [child_id])
    row = cursor.fetchone()
    return row[0] if row else 0


def _read(child_ids: Iterable[UUID], known_at: datetime | None, types: Iterable[str] | None) -> Iterator[_Read]:
    with connection.wrap_database_errors:
        cursor = wire.cursor()
        wanted = {"children": list(child_ids), "known_at": known_at, "types": list(types) if types else None}
        cursor.execute(wire.LOG, wanted)
        rows = cursor.fetchall()
    keys: dict[UUID, bytes | None] = {}
    for values in rows:
        row = dict(zip(wire.EVENT_COLUMNS, values, strict=True))
        row["payload"] = json.loads(row["payload"])
        child, wrapped = row["child"], row["wrapped_key"]
        if child not in keys:
            keys[child] = personal.key_of(child, bytes(wrapped)) if wrapped is not None else None
        yield _opened(row, keys[child])


def _opened(row: dict[str, Any], key: bytes | None) -> _Read:
    if not row["personal_digest"]:
        return _Read(row, row["payload"], erased=False)
    if key is None or row["ciphertext"] is None:
        return _Read(row, row["payload"], erased=True)
    hidden = personal.open_(key, row["id"], bytes(row["nonce"]), bytes(row["ciphertext"]))
    return _Read(row, personal.join(row["payload"], hidden), erased=False)


def _line(read: _Read) -> Line:
    row = read.row
    line: Line = {
        "event": row["type"],
        "id": str(row["id"]),
        "child": str(row["child"]),
        "occurred_at": row["occurred_at"],
        "recorded_at": row["recorded_at"],
    }
    if row["episode"]:
        line["episode"] = str(row["episode"])
    if row["by_role"]:
        line["by_role"] = row["by_role"]
    # where the vocabulary wants police or authority, the agency's kind stands in for its code
    line["agency"] = row["agency_kind"] or row["agency"]
    return line | read.fields


def _item(read: _Read, lines: dict[str, Line], deciding: dict[str, Any]) -> TimelineItem:
    row = read.row
    correction = deciding.get(str(row["id"])) if row["type"] != CORRECTED else None
    now = now_reads(lines[str(row["id"])], correction)
    return TimelineItem(
        id=row["id"],
        seq=row["seq"],
        type=row["type"],
        says=REGISTRY[row["type"]].says,
        episode=row["episode"],
        occurred_at=row["occurred_at"],
        recorded_at=row["recorded_at"],
        by_person=row["by_person"],
        by_role=row["by_role"],
        agency=row["agency"],
        source_kind=row["source_kind"],
        fields=read.fields,
        reads_now=now,
        corrected_by=UUID(correction["id"]) if correction else None,
        erased=read.erased,
    )
