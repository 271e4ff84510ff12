"""An evaluation against the table: what changed, written with few statements, and nothing else touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lantern.duties.attention import first_look
from lantern.duties.models import OPEN
from lantern.duties.owners import HOLDERS, case_with
from lantern.duties.rows import COLUMNS, DutyRow, Maker
from lantern.evaluations.judgement import Judgement, canonical
from lantern.plumbing import sql

ARISEN, DUE_CHANGED, REOPENED, REWORDED, WITHDRAWN = "arisen", "due_changed", "reopened", "reworded", "withdrawn"

_JSON = frozenset({"because", "cites", "assumed", "missing_facts", "contents"})
_TYPES = {
    "id": "uuid",
    "child_id": "uuid",
    "episode_id": "uuid",
    "instance": "int",
    **dict.fromkeys(("arose_at", "due_at", "met_at", "answered_at", "next_look_at"), "timestamptz"),
    **dict.fromkeys(("needs_answer", "serious"), "boolean"),
    **dict.fromkeys(_JSON, "jsonb"),
    **dict.fromkeys(("digest", "mark"), "bytea"),
}
_WRITTEN = (*COLUMNS, "digest", "mark", "next_look_at")
_HELD = "SELECT id, stage, due_at, digest, mark FROM duties_duty WHERE child_id = %s"
_GIVEN = ", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in _WRITTEN)
_ATTENDED = ("stage", "arose_at", "due_at", "answered_at", "needs_answer", "strength")
# a duty that is only worded anew is looked at when it would have been; any other change is looked at from the start
_NEXT_LOOK = (
    f"CASE WHEN ({', '.join(f'held.{name}' for name in _ATTENDED)})"
    f" IS NOT DISTINCT FROM ({', '.join(f'excluded.{name}' for name in _ATTENDED)})"
    " THEN held.next_look_at ELSE excluded.next_look_at END"
)
_UPSERT = (
    f"INSERT INTO duties_duty AS held ({', '.join(_WRITTEN)}) SELECT {', '.join(_WRITTEN)}"  # noqa: S608  constants
    f" FROM jsonb_to_recordset(%s::jsonb) AS given({_GIVEN}) ON CONFLICT (id) DO UPDATE SET"
    f" {', '.join(f'{name} = excluded.{name}' for name in _WRITTEN[1:-1])}, next_look_at = {_NEXT_LOOK}"
)


@dataclass(frozen=True, slots=True)
class DutyChange:
    """One duty that is not what it was.

    kind: arisen, met, met_late, set_aside, lapsed, missed, cannot_tell, reopened, due_changed, reworded, withdrawn
    (a correction took away what it arose from). `duty` is None only for withdrawn.
    """

    kind: str
    duty_id: UUID
    child_id: UUID
    duty: DutyRow | None
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    id: UUID
    stage: str
    due_at: datetime | None
    digest: bytes
    mark: bytes


def apply(judged: Judgement, at: datetime, *, every: bool = False) -> list[DutyChange]:
    """Bring the child's rows in line with an evaluation; give what changed. A failed evaluation changes nothing.

    every: make each row and compare it whole, where otherwise a row whose mark is the same is taken to be the same.
    """
    if judged.result is None:
        return []
    holders, rows = sql.together((HOLDERS, [judged.child_id, at, at]), (_HELD, [judged.child_id]))
    held = {row[0]: _Held(row[0], row[1], row[2], bytes(row[3]), bytes(row[4])) for row in rows}
    maker = Maker(judged.child_id, judged.result, judged.lines, case_with(holders, judged.packs))
    changes: list[DutyChange] = []
    written: list[tuple[DutyRow, bytes, bytes]] = []
    for id_ in maker.duties:
        before, mark = held.pop(id_, None), maker.mark(id_)
        if before and before.mark == mark and not every:
            continue
        row = maker.row(id_)
        digest = row.digest()
        if before is None or before.digest != digest:
            changes.append(_change(row, before))
        elif before.mark == mark:
            continue
        written.append((row, digest, mark))
    if written:
        _write(written)
    if held:
        _remove(list(held))
    return changes + [DutyChange(WITHDRAWN, row.id, judged.child_id, None, row.due_at) for row in held.values()]


def _change(row: DutyRow, before: _Held | None) -> DutyChange:
    if before is None:
        kind = ARISEN if row.stage == OPEN else row.stage
    elif before.stage != row.stage:
        kind = REOPENED if row.stage == OPEN else row.stage
    else:
        kind = DUE_CHANGED if before.due_at != row.due_at else REWORDED
    return DutyChange(kind, row.id, row.child_id, row, before.due_at if before else None)


def _write(rows: Sequence[tuple[DutyRow, bytes, bytes]]) -> None:
    given = [
        {
            **row.content(),
            "digest": f"\\x{digest.hex()}",
            "mark": f"\\x{mark.hex()}",
            "next_look_at": first_look(row),
        }
        for row, digest, mark in rows
    ]
    with sql.cursor() as cursor:
        cursor.execute(_UPSERT, [canonical(given).decode()])


def _remove(ids: list[UUID]) -> None:
    with sql.cursor() as cursor:
        cursor.execute("DELETE FROM duties_duty WHERE id = ANY(%s)", [ids])
