"""When a duty is due, as the oracle reads it: which of its cases holds, where the clock starts, where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lantern.engine.clocks import WEEKDAYS, DueCase, Repeat
from lantern.engine.oracle_calendar import (
    ONE_DAY,
    after,
    after_night,
    day_of,
    last_second,
    next_wall,
    timetable_date,
    wall,
    works,
)
from lantern.engine.oracle_conditions import Verdict, judge
from lantern.engine.oracle_record import Fact, World, as_datetime
from lantern.engine.patterns import Patterns
from lantern.engine.rules import Duty


@dataclass(frozen=True)
class Arising:
    """When a duty arose, by which event, whether that can be told, and when it could first be told."""

    at: datetime
    event: Fact | None
    verdict: Verdict
    judged: datetime


def case_of(duty: Duty, world: World, at: datetime, arising: Arising, start: datetime) -> DueCase:
    for case in duty.due:
        set_ = case.agreed is None or _agreed(world, case.agreed, start)
        if set_ and judge(case.condition, world, at, arising.event):
            return case
    return DueCase()


def clock_start(case: DueCase, world: World, arising: Arising) -> datetime | None:
    fact = arising.event
    if isinstance(case.from_, Patterns):
        found = world.matching(case.from_)
        before = [fact for fact in found if fact.at <= arising.at]
        fact = before[-1] if before else found[0] if found else None
    elif case.from_ != "trigger":
        fact = world.event_of(case.from_)
        if fact is None:
            return world.when(case.from_)
    elif fact is None:
        return arising.at
    if fact is None:
        return None
    return fact.told if case.told else fact.at


def due_of(case: DueCase, world: World, start: datetime | None, arising: Arising) -> datetime | None:
    """The last moment in time; None for as soon as possible, or while the clock's start has not come."""
    if start is None:
        return None
    if case.within:
        return after(case.within, start)
    if case.night or case.by:
        return after_night(case.night, start) if case.night else _next(case, start)
    if case.before:
        day = timetable_date(world.pack.timetables[case.before.timetable], day_of(start))
        if case.before.weekday:
            day += (WEEKDAYS.index(case.before.weekday) - day.weekday() + 7 * case.before.weeks) * ONE_DAY
        return wall(day, *case.before.time) if case.before.time else last_second(day)
    return _agreed(world, case.agreed, start) if case.agreed else _earliest_of(case, world, start, arising)


def _next(case: DueCase, start: datetime) -> datetime:
    at = next_wall(start, case.by or (0, 0))
    while case.working_day and not works(day_of(at)):
        at = next_wall(at, case.by or (0, 0))
    return at


def _earliest_of(case: DueCase, world: World, start: datetime, arising: Arising) -> datetime | None:
    dues = []
    for inner in case.earliest:
        if judge(inner.condition, world, start, arising.event):
            inner_start = clock_start(inner, world, arising) if inner.from_ != "trigger" or inner.told else start
            dues.append(due_of(inner, world, inner_start, arising))
    return min((due for due in dues if due is not None), default=None)


def _agreed(world: World, agreed: tuple[Patterns, str], start: datetime) -> datetime | None:
    """What the latest such event up to the start has set, if that lies after the start."""
    before = [fact for fact in world.matching(agreed[0]) if fact.at <= start]
    at = as_datetime(before[-1].event.fields.get(agreed[1])) if before else None
    return at if at and at > start else None


def again_from(repeats: Repeat, case: DueCase, world: World, start: datetime, arising: Arising) -> datetime | None:
    """When it is due again, counted from there."""
    usual = after(repeats.every, start) if repeats.every else due_of(case, world, start, arising)
    return or_as_set(repeats, world, start, usual)


def or_as_set(repeats: Repeat, world: World, start: datetime, usual: datetime | None) -> datetime | None:
    fixed = _agreed(world, repeats.set_by, start) if repeats.set_by else None
    return min((at for at in (usual, fixed) if at is not None), default=None)


def counts_from(duty: Duty, world: World, arising: Arising, case: DueCase, start: datetime | None) -> datetime:
    """From when an event may meet it: the start of the clock, or its arising where that comes first."""
    if duty.counts_from == "child":
        return datetime.min.replace(tzinfo=world.as_of.tzinfo)
    if duty.counts_from == "episode":
        return world.start() if world.episode else datetime.min.replace(tzinfo=world.as_of.tzinfo)
    earliest = arising.at
    if duty.counts_from == "start" and duty.due and start is not None:
        earliest = min(start, arising.at)
    if case.not_before and start is not None:
        earliest = max(earliest, after(case.not_before, start))
    return earliest
