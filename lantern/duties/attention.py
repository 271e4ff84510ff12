"""When somebody may have to be told about an open duty: due soon, overdue, climbing.

These are habits of this service, not rules of a protocol: a protocol's own times are in its pack. Who is told is the
business of `alerts`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

SOON_SHARE = 4  # "due soon" is said when a quarter of the time is left: enough to act, not so early that it is put off
SOON_AT_MOST = timedelta(hours=4)  # a reminder earlier than half a shift before is forgotten again
ANSWER_WITHIN = timedelta(minutes=30)  # a hand-over, or a serious duty, that nobody accepts climbs a step this often
NOTICE_WITHIN = timedelta(
    hours=24
)  # any other overdue duty climbs a step each day, so that managers can tell the two apart
CLIMBS = 4  # the longest ladder has this many steps above its foot

ARISEN, DUE_SOON, OVERDUE, CLIMB = "arisen", "due_soon", "overdue", "climb"


class Attended(Protocol):
    """What of a duty decides when to look at it."""

    @property
    def stage(self) -> str: ...
    @property
    def arose_at(self) -> datetime | None: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def answered_at(self) -> datetime | None: ...
    @property
    def needs_answer(self) -> bool: ...
    @property
    def strength(self) -> str: ...


@dataclass(frozen=True, slots=True, order=True)
class Look:
    """After `when` (not yet at it) the duty has reached `level`; `step` counts climbs from 1."""

    when: datetime
    level: str
    step: int = 0


def looks(duty: Attended) -> list[Look]:
    """Every moment at which an open duty reaches a level, earliest first; none for a duty that is not open."""
    if duty.stage != "open":
        return []
    return sorted([*_of_the_due_time(duty), *_climbs(duty)])


def _climbs(duty: Attended) -> list[Look]:
    """One step after another, from the moment since which an answer is awaited."""
    awaited = _awaited(duty)
    if awaited is None:
        return []
    since, every = awaited
    return [Look(since + step * every, CLIMB, step) for step in range(1, CLIMBS + 1)]


def _awaited(duty: Attended) -> tuple[datetime, timedelta] | None:
    """Since when an answer is awaited, and how long a step is. What may be done never climbs."""
    if duty.strength == "may":
        return None
    due, answered = duty.due_at, duty.answered_at
    if duty.needs_answer and not answered and (arose := duty.arose_at):
        return arose, ANSWER_WITHIN
    if due is None or (answered and answered > due):
        return None
    return due, ANSWER_WITHIN if duty.needs_answer else NOTICE_WITHIN


def _of_the_due_time(duty: Attended) -> Iterable[Look]:
    if not duty.due_at:
        return
    yield Look(duty.due_at, OVERDUE)
    if duty.arose_at and duty.arose_at < duty.due_at:
        yield Look(duty.due_at - min((duty.due_at - duty.arose_at) / SOON_SHARE, SOON_AT_MOST), DUE_SOON)


def first_look(duty: Attended) -> datetime | None:
    """The earliest moment, even if it has passed: for a duty that is new or changed."""
    if duty.stage != "open":
        return None
    awaited = _awaited(duty)
    first_climb = [awaited[0] + awaited[1]] if awaited else []
    return min([*(look.when for look in _of_the_due_time(duty)), *first_climb], default=None)


def next_look(duty: Attended, at: datetime) -> datetime | None:
    """The earliest moment that `at` has not passed: for a duty that was looked at as of `at`."""
    return min((look.when for look in looks(duty) if look.when >= at), default=None)


def passed(duty: Attended, since: datetime, at: datetime) -> list[Look]:
    """The levels reached in [since, at), earliest first; "due soon" is left out once it is overdue."""
    found = [look for look in looks(duty) if since <= look.when < at]
    if any(look.level == OVERDUE for look in found):
        found = [look for look in found if look.level != DUE_SOON]
    return found
