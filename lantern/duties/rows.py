"""A duty of the engine as a row of the table."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid5

from lantern import engine
from lantern.duties.marks import Known, follows_from
from lantern.duties.models import OPEN
from lantern.duties.owners import Case, receives
from lantern.evaluations.judgement import fingerprint
from lantern.evaluations.lines import Line, instant
from lantern.record.settle import settled

MARK_BYTES = 32
_OPEN_STATES = frozenset({"upcoming", "due_now", "overdue"})


@dataclass(frozen=True, slots=True)
class DutyRow:
    """The content of one row; `models.Duty` says what each field means."""

    id: UUID
    child_id: UUID
    episode_id: UUID | None
    key: str
    duty: str
    variant: str
    instance: int
    owner_role: str
    owner_agency: str
    strength: str
    stage: str
    arose_at: datetime | None
    due_at: datetime | None
    met_at: datetime | None
    answered_at: datetime | None
    needs_answer: bool
    serious: bool
    pack: str
    says: str
    in_words: str
    because: Any
    cites: Any
    assumed: Any
    missing_facts: Any
    contents: Any

    def content(self) -> dict[str, Any]:
        """Column: value."""
        return {name: getattr(self, name) for name in COLUMNS}

    def digest(self) -> bytes:
        """Hash of the content: rows with the same digest are the same."""
        return fingerprint(self.content())


COLUMNS = tuple(field.name for field in fields(DutyRow))


class Maker:
    """Makes the rows that the table should hold for one child, each when it is asked for: reasons take time to word."""

    def __init__(self, child_id: UUID, result: engine.Evaluation, lines: Sequence[Line], case: Case) -> None:
        self._child_id = child_id
        self._case = case
        self._known = Known(lines)
        self._packs = ",".join(pack["hash"] for pack in result.packs)
        self._answers = [line for line in settled(lines) if line["event"] == "duty_acknowledged"]
        self.duties = {uuid5(child_id, duty.key): duty for duty in result.duties}

    def mark(self, id_: UUID) -> bytes:
        """Hash of what a row follows from: while it stays the same, so does every column."""
        duty = self.duties[id_]
        agency = self._agency(duty)
        followed = (self._packs, agency, self._answered_at(duty, agency), *follows_from(duty, self._known))
        return blake2b(repr(followed).encode(), digest_size=MARK_BYTES).digest()

    def row(self, id_: UUID) -> DutyRow:
        """The whole row."""
        duty = self.duties[id_]
        agency = self._agency(duty)
        return DutyRow(
            id=id_,
            child_id=self._child_id,
            episode_id=UUID(duty.episode) if duty.episode else None,
            key=duty.key,
            duty=duty.duty,
            variant=duty.variant or "",
            instance=duty.instance,
            owner_role=duty.owed_by,
            owner_agency=agency,
            strength=duty.strength,
            stage=OPEN if duty.state in _OPEN_STATES else duty.state,
            arose_at=duty.arose_at,
            due_at=duty.due_at,
            met_at=duty.met_at,
            answered_at=self._answered_at(duty, agency),
            needs_answer=duty.serious or duty.rule.acknowledge,
            serious=duty.serious,
            pack=duty.pack,
            says=duty.says,
            in_words=duty.in_words,
            because=duty.because,
            cites=duty.cites,
            assumed=duty.assumed,
            missing_facts=duty.missing_facts,
            contents=duty.contents,
        )

    def _agency(self, duty: engine.DutyResult) -> str:
        return self._case.agency_for(duty.owed_by, duty.pack)

    def _answered_at(self, duty: engine.DutyResult, agency: str) -> datetime | None:
        """When the receiver accepted it: the first acknowledgement by somebody who may, after it arose."""
        for line in self._answers:
            named = line.get("duty") in (duty.key, duty.duty) and line.get("episode") in (duty.episode, None)
            role, theirs = line.get("by_role") or "", line.get("agency") or ""
            receiver = receives(role=role, agency=theirs, owner_role=duty.owed_by, owner_agency=agency)
            happened = instant(line["occurred_at"])
            if named and receiver and (duty.arose_at is None or happened >= duty.arose_at):
                return happened
        return None
