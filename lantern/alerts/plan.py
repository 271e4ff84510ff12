"""Who is to be told what: duties that changed, or reached a level, into messages.

Messages are rows, written in the transaction of what they speak of and delivered after it. A message that is already
there, for the same person, level and occasion, is not planned again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lantern.alerts.models import NOBODY, WAITING
from lantern.alerts.people import Roster
from lantern.duties.attention import ARISEN, CLIMB, Look
from lantern.duties.differ import DutyChange
from lantern.evaluations.judgement import Judgement
from lantern.plumbing import logs, sql
from lantern.plumbing.ids import new_id
from lantern.plumbing.sql import NULL

EMAIL = "email"
FAILED, QUARANTINED, PART_ASKED = "failed", "quarantined", "part_asked"
log = logs.get("alerts")


class Told(Protocol):
    """What of a duty decides who is told."""

    @property
    def id(self) -> UUID: ...
    @property
    def child_id(self) -> UUID: ...
    @property
    def owner_role(self) -> str: ...
    @property
    def owner_agency(self) -> str: ...
    @property
    def arose_at(self) -> datetime | None: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def needs_answer(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _News:
    """One thing to tell to some people; to nobody, when nobody holds the role."""

    child_id: UUID | None
    about: str
    subject: UUID
    level: str
    occasion: datetime
    people: Sequence[UUID]


def plan(changes: Sequence[DutyChange], at: datetime) -> int:
    """Messages for what just changed: serious duties, and hand-overs that need an answer, when they arise.

    How many messages were new. The levels that time brings are planned by `plan_looks`.
    """
    arisen = [
        change.duty
        for change in changes
        if change.kind in ("arisen", "reopened")
        and change.duty
        and change.duty.needs_answer
        and change.duty.owner_agency
    ]
    if not arisen:
        return 0
    roster = Roster((duty.owner_agency for duty in arisen), at)
    return _store(
        [
            _about(duty, ARISEN, duty.arose_at or at, roster.holders(duty.owner_agency, duty.owner_role))
            for duty in arisen
        ],
        at,
    )


def plan_looks(reached: Sequence[tuple[Told, Look]], at: datetime) -> int:
    """Messages for duties that reached a level: due soon, overdue, or a step of climbing. How many were new."""
    known = [(duty, look) for duty, look in reached if duty.owner_agency]
    if not known:
        return 0
    roster = Roster((duty.owner_agency for duty, _ in known), at)
    news = [_news(duty, look, roster) for duty, look in known]
    return _store([each for each in news if each], at)


def plan_failure(judged: Judgement, agency: str, at: datetime) -> int:
    """Tell the front door of the child's authority that the duties on the screen may be out of date."""
    people = Roster([agency], at).holders(agency, "front_door") if agency else []
    return _store([_News(judged.child_id, "child", judged.child_id, FAILED, at, people)], at)


def plan_quarantine(message_id: UUID, people: Sequence[UUID], at: datetime) -> int:
    """Tell those who handle intake that a report could not be read."""
    return _store([_News(None, "intake", message_id, QUARANTINED, at, people)], at)


def plan_request(request_id: UUID, child_id: UUID, agency: str, at: datetime) -> int:
    """Tell the front door of the agency that answers for the case that a reporter has no part in it."""
    people = Roster([agency], at).holders(agency, "front_door") if agency else []
    return _store([_News(child_id, "parts", request_id, PART_ASKED, at, people)], at)


def _news(duty: Told, look: Look, roster: Roster) -> _News | None:
    if look.level != CLIMB:
        return _about(duty, look.level, duty.due_at or look.when, roster.holders(duty.owner_agency, duty.owner_role))
    people = roster.climbed(duty.owner_agency, duty.owner_role, look.step)
    return _about(duty, f"{CLIMB}_{look.step}", look.when, people) if people else None


def _about(duty: Told, level: str, occasion: datetime, people: Sequence[UUID]) -> _News:
    return _News(duty.child_id, "duty", duty.id, level, occasion, people)


def _store(news: Iterable[_News], at: datetime) -> int:
    told = [(each, person) for each in news for person in (each.people or (None,))]
    for each, person in told:
        if person is None:
            log.warning("alert.nobody_to_tell", id=each.subject, level=each.level)
    if not told:
        return 0
    columns = dict(zip(_COLUMNS, sql.columns([_row(each, person) for each, person in told]), strict=True))
    (new,) = sql.together((_INSERT, columns | {"channel": EMAIL, "at": at}))
    return len(new)


def _row(news: _News, person: UUID | None) -> tuple[str, ...]:
    return (
        str(new_id()),
        str(news.child_id or NULL),
        news.about,
        str(news.subject),
        news.level,
        news.occasion.isoformat(),
        str(person or NULL),
        WAITING if person else NOBODY,
    )


_COLUMNS = {
    "id": "uuid",
    "child_id": "uuid",
    "about": "text",
    "duty": "uuid",
    "level": "text",
    "occasion": "timestamptz",
    "recipient_id": "uuid",
    "state": "text",
}
_INSERT = (
    f"INSERT INTO alerts_message ({', '.join(_COLUMNS)}, channel, planned_at, next_try_at, tries, repeated)"  # noqa: S608  constants
    f" SELECT {', '.join(_COLUMNS)}, %(channel)s, %(at)s,"
    f" CASE WHEN recipient_id IS NOT NULL THEN %(at)s::timestamptz END, 0, false"
    f" FROM unnest({', '.join(f'%({name})s::{kind}[]' for name, kind in _COLUMNS.items())})"
    f" AS given({', '.join(_COLUMNS)}) ON CONFLICT DO NOTHING RETURNING id"
)
