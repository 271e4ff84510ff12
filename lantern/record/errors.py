"""What the record refuses.

Refused
├── Conflict    others appended since the caller looked; `since` says who did what
├── BadEvent    an event that does not have the shape of the vocabulary; `problems` lists everything wrong with it
├── KeyReused   an idempotency key that was used for something else
└── Erased      the child's record was erased: nothing personal can be written or read
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lantern.plumbing import errors


@dataclass(frozen=True, slots=True)
class Change:
    """One event that somebody else appended in the meantime; no personal fields."""

    seq: int
    type: str
    says: str
    by_person: UUID | None
    by_role: str
    agency: str
    recorded_at: datetime


class Conflict(errors.Conflict):
    """Others appended since the caller looked."""

    def __init__(self, expected_seq: int, seq: int, since: Sequence[Change]) -> None:
        super().__init__("Somebody else added to this record since you opened it.", expected_seq=expected_seq, seq=seq)
        self.since = list(since)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing wrong with an event to be appended. `index` counts the events of the call from 0."""

    index: int
    code: str
    event: str
    field: str
    message: str


class BadEvent(errors.Malformed):
    """An event that does not have the shape of the vocabulary."""

    code = "bad_event"

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"{p.event}.{p.field}: {p.message}" for p in self.problems))


class KeyReused(errors.Refused):
    """An idempotency key that was used for something else."""

    code = "idempotency_key_reused"


class Erased(errors.Refused):
    """The child's record was erased."""

    code = "erased"
