"""Duties whose next look has come: which levels they reached, and when to look again. Needs a system context."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lantern.duties.attention import Look, next_look, passed
from lantern.plumbing import sql

POSTPONED_BY = timedelta(hours=1)  # a duty that cannot be looked at is left alone this long, so that it holds nobody up


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """What of an open duty decides when to look and who is told."""

    id: UUID
    child_id: UUID
    owner_role: str
    owner_agency: str
    strength: str
    stage: str
    arose_at: datetime | None
    due_at: datetime | None
    answered_at: datetime | None
    needs_answer: bool
    next_look_at: datetime


_LOOKED = (
    "UPDATE duties_duty duty SET next_look_at = given.look"
    " FROM unnest(%s::uuid[], %s::timestamptz[]) given(id, look) WHERE duty.id = given.id"
)
_TAKE = "SELECT child_id FROM evaluations_standing WHERE child_id = ANY(%s) ORDER BY child_id FOR UPDATE SKIP LOCKED"
_DUE = (
    f"SELECT {', '.join(OpenDuty.__slots__)} FROM duties_duty"  # noqa: S608  constants
    " WHERE child_id = ANY(%s) AND next_look_at < %s"
)


def take(children: Sequence[UUID], at: datetime) -> list[OpenDuty]:
    """The duties of these children that are to be looked at, the children taken until the transaction ends.

    Children whom another worker or an action has at the moment are left out.
    """
    (taken,) = sql.together((_TAKE, [list(children)]))
    (rows,) = sql.together((_DUE, [[child_id for (child_id,) in taken], at]))
    return [OpenDuty(*row) for row in rows]


def reached(duties: Sequence[OpenDuty], at: datetime) -> list[tuple[OpenDuty, Look]]:
    """Every level that each duty reached since it was to be looked at."""
    return [(duty, look) for duty in duties for look in passed(duty, duty.next_look_at, at)]


def looked(duties: Sequence[OpenDuty], at: datetime) -> None:
    """Note when to look at each next."""
    _write([(duty.id, next_look(duty, at)) for duty in duties])


def postpone(children: Sequence[UUID], at: datetime) -> None:
    """Leave the duties of children for whom something went wrong alone for a while."""
    with sql.cursor() as cursor:
        cursor.execute(
            "UPDATE duties_duty SET next_look_at = %s WHERE child_id = ANY(%s) AND next_look_at < %s",
            [at + POSTPONED_BY, list(children), at],
        )


def _write(looks: Sequence[tuple[UUID, datetime | None]]) -> None:
    rows = [(str(id_), look.isoformat() if look else sql.NULL) for id_, look in looks]
    sql.together((_LOOKED, sql.columns(rows)))
