"""An evaluation against the table: what changed, written with few statements, and nothing else touched."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from lantern.duties.attention import first_look
from lantern.duties.models import OPEN
from lantern.duties.owners import HOLDERS, case_with
from lantern.duties.rows import COLUMNS, RULE_COLUMNS, DutyRow, Fixed, Maker, digest, fixed_of
from lantern.evaluations.judgement import Judgement
from lantern.plumbing import sql
from lantern.plumbing.round_trip import Question
from lantern.plumbing.sql import NULL

ARISEN, DUE_CHANGED, REOPENED, REWORDED, WITHDRAWN = "arisen", "due_changed", "reopened", "reworded", "withdrawn"

_OWN = {**COLUMNS, "digest": "bytea", "mark": "bytea", "next_look_at": "timestamptz"}
_WRITTEN = (*_OWN, *RULE_COLUMNS)
_HELD = "SELECT child_id, id::text, stage, due_at, digest, mark FROM duties_duty WHERE child_id = ANY(%s)"


def _unnested(columns: Mapping[str, str]) -> str:
    return ", ".join(f"%({name})s::{kind}[]" for name, kind in columns.items())


# what many rows have in common is sent once, and they name it by its number
_GIVEN = (
    f"(SELECT {', '.join(_WRITTEN)} FROM unnest({_unnested(_OWN)}, %(rules)s::int[]) AS own({', '.join(_OWN)}, rule)"  # noqa: S608  constants
    f" JOIN unnest({_unnested(RULE_COLUMNS)}) WITH ORDINALITY AS common({', '.join(RULE_COLUMNS)}, number)"
    " ON common.number = own.rule) AS given"
)
_ATTENDED = ("stage", "arose_at", "due_at", "answered_at", "needs_answer", "strength")
# a duty that is only worded anew is looked at when it would have been; any other change is looked at from the start
_NEXT_LOOK = (
    f"CASE WHEN ({', '.join(f'held.{name}' for name in _ATTENDED)})"
    f" IS NOT DISTINCT FROM ({', '.join(f'given.{name}' for name in _ATTENDED)})"
    " THEN held.next_look_at ELSE given.next_look_at END"
)
_CHANGED = [name for name in _WRITTEN if name not in ("id", "next_look_at")]
_ADD = f"INSERT INTO duties_duty ({', '.join(_WRITTEN)}) SELECT {', '.join(_WRITTEN)} FROM {_GIVEN}"  # noqa: S608  constants
_CHANGE = (
    f"UPDATE duties_duty held SET {', '.join(f'{name} = given.{name}' for name in _CHANGED)},"  # noqa: S608  constants
    f" next_look_at = {_NEXT_LOOK} FROM {_GIVEN} WHERE held.id = given.id"
)
_REMOVE = "DELETE FROM duties_duty WHERE id = ANY(%s::uuid[])"


class DutyChange(NamedTuple):
    """One duty that is not what it was.

    kind: arisen, met, met_late, set_aside, lapsed, missed, cannot_tell, reopened, due_changed, reworded, withdrawn
    (a correction took away what it arose from). `duty` is None only for withdrawn.
    """

    kind: str
    duty_id: str
    child_id: UUID
    duty: DutyRow | None
    due_before: datetime | None = None


class _Held(NamedTuple):
    stage: str
    due_at: datetime | None
    digest: bytes
    mark: bytes


class Table:
    """The rows of some children, whose standings are locked, and what is to be written of them."""

    def __init__(self, answers: Sequence[Sequence[Any]]) -> None:
        holders, rows = answers
        self._holders: dict[UUID, list[tuple[str, str]]] = {}
        for child, part, agency in holders:
            self._holders.setdefault(child, []).append((part, agency))
        self._held: dict[UUID, dict[str, _Held]] = {}
        for child, id_, *rest in rows:
            self._held.setdefault(child, {})[id_] = _Held(*rest)
        self._added: list[tuple[str, ...]] = []
        self._changed: list[tuple[str, ...]] = []
        self._rules: dict[tuple[str, ...], str] = {}
        self._gone: list[str] = []

    def holders_of(self, child: UUID) -> Iterable[tuple[str, str]]:
        """Part and agency of who holds what in the child's case."""
        return self._holders.get(child, ())

    def held_of(self, child: UUID) -> dict[str, _Held]:
        """The child's rows by id."""
        return self._held.get(child, {})

    def write(self, row: tuple[str, ...], fixed: Fixed, *, new: bool) -> None:
        """Note a row: what it has of its own, and what it has in common with others."""
        number = self._rules.setdefault(fixed.columns, str(len(self._rules) + 1))
        (self._added if new else self._changed).append((*row, number))

    def remove(self, ids: Iterable[str]) -> None:
        """Note that rows are no more."""
        self._gone += ids

    def statements(self) -> list[Question]:
        """Everything noted since the last time, as statements to send."""
        found: list[Question] = []
        common = dict(zip(RULE_COLUMNS, sql.columns(self._rules), strict=False))
        for statement, rows in ((_ADD, self._added), (_CHANGE, self._changed)):
            if rows:
                found.append((statement, dict(zip((*_OWN, "rules"), sql.columns(rows), strict=True)) | common))
                rows.clear()
        self._rules.clear()
        if self._gone:
            found.append((_REMOVE, [self._gone]))
            self._gone = []
        return found


def questions(children: Sequence[UUID], at: datetime) -> list[Question]:
    """What `Table` is made from."""
    return [(HOLDERS, [list(children), at, at]), (_HELD, [list(children)])]


def apply(judged: Judgement, table: Table, *, every: bool = False) -> list[DutyChange]:
    """Bring the child's rows in line with an evaluation; give what changed. A failed evaluation changes nothing.

    every: make each row and compare it whole, where otherwise a row whose mark is the same is taken to be the same.
    """
    if judged.result is None:
        return []
    held = dict(table.held_of(judged.child_id))
    case = case_with(table.holders_of(judged.child_id), judged.packs)
    maker = Maker(judged.child_id, judged.result, judged.history, case)
    changes: list[DutyChange] = []
    for id_, row in maker.rows.items():
        before, mark = held.pop(id_, None), maker.mark(row)
        if before and before.mark == mark and not every:
            continue
        fixed = fixed_of(row.result)
        content = maker.content(id_, row, fixed)
        print_ = digest(content, fixed)
        if before is None or before.digest != print_:
            changes.append(_change(row, id_, before))
        elif before.mark == mark:
            continue
        table.write((*content, sql.hexed(print_), sql.hexed(mark), _next_look(row)), fixed, new=before is None)
    table.remove(held)
    return changes + [DutyChange(WITHDRAWN, id_, judged.child_id, None, before.due_at) for id_, before in held.items()]


def _next_look(row: DutyRow) -> str:
    look = first_look(row) if row.stage == OPEN else None
    return look.isoformat() if look else NULL


def _change(row: DutyRow, id_: str, before: _Held | None) -> DutyChange:
    stage = row.stage
    if before is None:
        kind = ARISEN if stage == OPEN else stage
    elif before.stage != stage:
        kind = REOPENED if stage == OPEN else stage
    else:
        kind = DUE_CHANGED if before.due_at != row.due_at else REWORDED
    return DutyChange(kind, id_, row.child_id, row, before.due_at if before else None)
