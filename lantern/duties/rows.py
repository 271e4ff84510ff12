"""A duty of the engine as a row of the table."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b, sha256
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from lantern import engine
from lantern.duties.marks import Known, follows_from
from lantern.duties.models import OPEN
from lantern.duties.owners import Case, receives
from lantern.engine.clocks import DueCase
from lantern.engine.rules import Duty as Rule
from lantern.engine.wording import of_duty, of_owing
from lantern.evaluations.history import History, Line
from lantern.evaluations.judgement import moment
from lantern.evaluations.lines import instant
from lantern.plumbing.sql import NULL, element
from lantern.record.settle import settled

MARK_BYTES = 32
_OPEN_STATES = frozenset({"upcoming", "due_now", "overdue"})
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# column: its type; what differs from row to row, as `Maker.content` gives it, and what follows from the rule
COLUMNS = {
    "id": "uuid", "child_id": "uuid", "episode_id": "uuid", "key": "text", "instance": "int", "owner_agency": "text",
    "stage": "text", "arose_at": "timestamptz", "due_at": "timestamptz", "met_at": "timestamptz",
    "answered_at": "timestamptz", "in_words": "text", "because": "jsonb", "missing_facts": "jsonb",
}  # fmt: skip
RULE_COLUMNS = {
    "strength": "text", "duty": "text", "variant": "text", "owner_role": "text", "needs_answer": "boolean",
    "serious": "boolean", "pack": "text", "says": "text", "cites": "jsonb", "assumed": "jsonb", "contents": "jsonb",
}  # fmt: skip


class DutyRow(NamedTuple):
    """What of a row decides who is told and when; `models.Duty` says what each field means."""

    key: str
    child_id: UUID
    owner_agency: str
    answered_at: datetime | None
    result: engine.DutyResult

    @property
    def id(self) -> UUID:
        return UUID(id_of(self.child_id, self.key))

    @property
    def duty(self) -> str:
        return self.result.duty

    @property
    def owner_role(self) -> str:
        return self.result.owed_by

    @property
    def strength(self) -> str:
        return self.result.strength

    @property
    def stage(self) -> str:
        return stage_of(self.result)

    @property
    def arose_at(self) -> datetime | None:
        return self.result.arose_at

    @property
    def due_at(self) -> datetime | None:
        return self.result.due_at

    @property
    def met_at(self) -> datetime | None:
        return self.result.met_at

    @property
    def needs_answer(self) -> bool:
        return self.result.serious or self.result.rule.acknowledge


class Fixed(NamedTuple):
    """What follows from the pack alone: made once, as text."""

    held: tuple[Rule, DueCase]  # so that nothing else can come to have the same identity
    case: str  # how the due time is given
    owed: str  # the opening of the sentence
    digest: str  # of the columns
    columns: tuple[str, ...]


_fixed: dict[tuple[int, int, str], Fixed] = {}
_FIXED_AT_MOST = 20_000


class Maker:
    """Makes the rows that the table should hold for one child, each when it is asked for: reasons take time to word."""

    def __init__(self, child_id: UUID, result: engine.Evaluation, history: History, case: Case) -> None:
        self._child_id = child_id
        self._child = str(child_id)
        self._case = case
        self._known = Known(history)
        self._packs = ",".join(pack["hash"] for pack in result.packs)
        self._agencies: dict[tuple[str, str], str] = {}
        self._answers = [
            line for line in settled(history.lines("duty_acknowledged")) if line["event"] == "duty_acknowledged"
        ]
        self.rows = {id_of(child_id, duty.key): self._row(duty) for duty in result.duties}

    def mark(self, row: DutyRow) -> bytes:
        """Hash of what a row follows from: while it stays the same, so does every column."""
        followed = follows_from(row.result, row.key, fixed_of(row.result).case, self._known)
        told = f"{self._packs}|{row.owner_agency}|{row.answered_at or ''}|{followed}"
        return blake2b(told.encode(), digest_size=MARK_BYTES).digest()

    def content(self, id_: str, row: DutyRow, fixed: Fixed) -> tuple[str, ...]:
        """What the row has of its own, as elements of columns."""
        duty = row.result
        reason = duty.reason
        return (
            id_,
            self._child,
            duty.episode or NULL,
            element(row.key),
            str(duty.instance),
            element(row.owner_agency),
            stage_of(duty),
            NULL if duty.state == "cannot_tell" else moment(duty.arose),
            NULL if duty.due is None else moment(duty.due),
            NULL if duty.met is None else moment(duty.met),
            row.answered_at.isoformat() if row.answered_at else NULL,
            element(of_duty(duty, reason, fixed.owed)),
            element(_encode(reason.as_json())),
            element(_encode(duty.missing_facts)) if duty.state == "cannot_tell" else "[]",
        )

    def _row(self, duty: engine.DutyResult) -> DutyRow:
        owner = duty.owed_by, duty.pack
        agency = self._agencies.get(owner)
        if agency is None:
            agency = self._agencies[owner] = self._case.agency_for(*owner)
        answered = self._answered_at(duty, agency) if self._answers else None
        return DutyRow(duty.key, self._child_id, agency, answered, duty)

    def _answered_at(self, duty: engine.DutyResult, agency: str) -> datetime | None:
        """When the receiver accepted it: the first acknowledgement by somebody who may, after it arose."""
        for line in self._answers:
            if _answers(line, duty, agency):
                return instant(line["occurred_at"])
        return None


def stage_of(duty: engine.DutyResult) -> str:
    """Where it stands, apart from the clock."""
    return OPEN if duty.state in _OPEN_STATES else duty.state


def digest(content: tuple[str, ...], fixed: Fixed) -> bytes:
    """Hash of a row's whole content: rows with the same digest are the same."""
    return sha256("\x1f".join((*content, fixed.digest)).encode()).digest()


def _answers(line: Line, duty: engine.DutyResult, agency: str) -> bool:
    named = line.get("duty") in (duty.key, duty.duty) and line.get("episode") in (duty.episode, None)
    role, theirs = line.get("by_role") or "", line.get("agency") or ""
    receiver = receives(role=role, agency=theirs, owner_role=duty.owed_by, owner_agency=agency)
    return named and receiver and (duty.arose_at is None or instant(line["occurred_at"]) >= duty.arose_at)


def id_of(child: UUID, key: str) -> str:
    """The id that follows from child and key, as text."""
    return str(uuid5(child, key))


def fixed_of(duty: engine.DutyResult) -> Fixed:
    """What of its row follows from the pack alone."""
    if duty.also:  # under two packs it depends on both
        return _made(duty)
    # packs live as long as the process, so that their parts can be known by identity
    identity = (id(duty.rule), id(duty.case), duty.pack)
    found = _fixed.get(identity)
    if found is None:
        if len(_fixed) >= _FIXED_AT_MOST:
            _fixed.clear()
        found = _fixed[identity] = _made(duty)
    return found


def _made(duty: engine.DutyResult) -> Fixed:
    rule, case = duty.rule, duty.case
    columns = (
        duty.strength,
        element(duty.duty),
        element(duty.variant or ""),
        element(duty.owed_by),
        _flag(duty.serious or rule.acknowledge),
        _flag(duty.serious),
        element(duty.pack),
        element(duty.says),
        element(_encode(duty.cites)),
        element(_encode(duty.assumed)),
        element(_encode(_sorted(duty.contents))),
    )
    told = repr([[(cite.source, cite.at) for cite in case.cites], case.assumed])
    return Fixed((rule, case), told, of_owing(duty), sha256("\x1f".join(columns).encode()).hexdigest(), columns)


def _sorted(contents: Mapping[str, Any]) -> Mapping[str, Any]:
    return dict(sorted(contents.items()))


def _flag(yes: bool) -> str:
    return "t" if yes else "f"
