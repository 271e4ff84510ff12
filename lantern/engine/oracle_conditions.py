"""Conditions as the oracle judges them: yes, no, or None for cannot tell, from the whole record every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from lantern.engine import conditions as said
from lantern.engine import facts as known
from lantern.engine import happenings, standings
from lantern.engine.because import CANNOT_TELL, YES
from lantern.engine.conditions import Condition
from lantern.engine.instants import FAR
from lantern.engine.oracle_calendar import (
    ONE_DAY,
    TICK,
    after,
    birthday,
    day_of,
    in_office,
    wall,
    within_clocks,
)
from lantern.engine.oracle_record import Fact, World

Verdict = bool | None


def judge(condition: Condition | None, world: World, at: datetime, trigger: Fact | None) -> Verdict:
    """Whether the condition holds in that episode at that time."""
    if condition is None:
        return True
    return _JUDGES[type(condition)](condition, world, at, trigger)


def _unknown(value: int) -> Verdict:
    return None if value == CANNOT_TELL else value == YES


def _all(condition: said.AllOf, world: World, at: datetime, trigger: Fact | None) -> Verdict:
    verdicts = [judge(part, world, at, trigger) for part in condition.all]
    return False if False in verdicts else None if None in verdicts else True


def _any(condition: said.AnyOf, world: World, at: datetime, trigger: Fact | None) -> Verdict:
    verdicts = [judge(part, world, at, trigger) for part in condition.all]
    return True if True in verdicts else None if None in verdicts else False


def _not(condition: said.Not, world: World, at: datetime, trigger: Fact | None) -> Verdict:
    verdict = judge(condition.all[0], world, at, trigger)
    return None if verdict is None else not verdict


def _named(condition: said.Named, world: World, at: datetime, trigger: Fact | None) -> Verdict:
    return judge(condition.all[0], world, at, trigger)


def _fact(condition: known.Fact, world: World, at: datetime, _: Fact | None) -> Verdict:
    value = _value(condition, condition.path, world, at)
    return _unknown(condition.if_unknown) if value is None else condition.test(value)


def _value(condition: known.Fact | known.Differs, path: str, world: World, at: datetime) -> Any:
    """The fact at that time; lacking, and worth waiting for, the first that was said later."""
    value = world.known_fact(path, at)
    if value is None and condition.if_unknown == CANNOT_TELL and world.waits:
        later = [since for since, _ in world.statements(path.partition(".")[0]) if at < since <= world.waits]
        value = next((found for since in later if (found := world.known_fact(path, since)) is not None), None)
    return value


def _differs(condition: known.Differs, world: World, at: datetime, _: Fact | None) -> Verdict:
    one, two = (_value(condition, path, world, at) for path in (condition.path, condition.other))
    return _unknown(condition.if_unknown) if one is None or two is None else one != two


def _age(condition: known.Age, world: World, at: datetime, _: Fact | None) -> Verdict:
    born = world.born()
    if born is None:
        return _unknown(condition.if_unknown)
    years = max((age for age in range(150) if birthday(born, age) <= at), default=-1)
    return (condition.least <= years or not condition.least) and years < condition.under


def _happened(condition: happenings.Happened, world: World, at: datetime, _: Fact | None) -> Verdict:
    facts = world.here() if condition.where == "episode" else world.mine()
    if condition.where == "earlier_episodes":
        earlier = {other.episode for other in world.episodes() if world.episode is None or other.rank() < world.rank()}
        facts = [fact for fact in facts if fact.episode in earlier]
    undone = [fact.at for fact in world.matching(condition.unless_later, facts)] if condition.unless_later else []
    matching = [fact for fact in world.matching(condition.patterns, facts) if fact.at <= at]
    ago = [at - fact.at for fact in matching if not any(fact.at < later <= at for later in undone)]
    return any(condition.within >= FAR or past <= timedelta(microseconds=condition.within) for past in ago)


def _trigger_field(condition: happenings.TriggerField, _: World, __: datetime, trigger: Fact | None) -> Verdict:
    value = trigger.event.get(condition.name) if trigger else None
    return None if value is None else condition.test(value)


def _category(condition: standings.Category, world: World, at: datetime, _: Fact | None) -> Verdict:
    held = world.held(at, condition.held_by)
    if held is None and condition.if_unknown == CANNOT_TELL and world.waits:
        times = sorted(fact.at for fact in world.of_type("category_set") if at < fact.at <= world.waits)
        held = next((found for time in times if (found := world.held(time, condition.held_by)) is not None), None)
    return _unknown(condition.if_unknown) if held is None else bool(condition.wanted & set(held))


def _risk(condition: standings.Risk, world: World, at: datetime, _: Fact | None) -> Verdict:
    grading = world.risk(at)
    if grading is None and condition.if_unknown == CANNOT_TELL and world.waits:
        later = [fact for fact in world.of_type("risk_graded") if fact.at <= world.waits]
        # of several at one moment the last is in force
        grading = world.risk(later[0].at) if later else None
    return _unknown(condition.if_unknown) if grading is None else grading.event.fields["level"] in condition.wanted


def _lasted(condition: standings.Lasted, world: World, at: datetime, _: Fact | None) -> Verdict:
    """Since the first of its moments that had come by then; found in the meantime ends it."""
    since = next((when for name in condition.moments if (when := world.when(name)) and when <= at), None)
    if since is None:
        return False
    reached = after(condition.span, since)
    found = world.when("found")
    return at >= reached and not (found and found < reached)


def _count(condition: standings.Count, world: World, at: datetime, _: Fact | None) -> Verdict:
    """Episodes up to this one, by the London date of their start; the latest is the last day of the window."""
    counted = []
    for child in world.record if condition.by == "home" else [world.child]:
        for other in replace(world, child=child).episodes():
            mine = child == world.child
            too_late = other.start() > at or (world.episode is not None and other.rank() > world.rank())
            if too_late or (not mine and not _same_home(other, world, at)):
                continue
            if condition.of == "any" or other.treated_as(at) == condition.of:
                counted.append(day_of(other.start()))
    if condition.days is not None:
        counted = [day for day in counted if day > max(counted) - condition.days * ONE_DAY]
    return condition.least <= len(counted) <= condition.most


def _same_home(other: World, world: World, at: datetime) -> bool:
    theirs, mine = other.known_fact("placement", other.start()), world.known_fact("placement", at)
    if not isinstance(theirs, dict) or not isinstance(mine, dict):
        return False
    return any(theirs.get(key) and theirs.get(key) == mine.get(key) for key in ("address", "provider"))


def _time(condition: standings.TimeOfDay, world: World, at: datetime, trigger: Fact | None) -> Verdict:
    at = trigger.at if trigger else at
    if condition.kind == "between":
        return within_clocks(at, condition.start, condition.end)
    hours = world.pack.office_hours
    return in_office(at, hours.start, hours.end) == (condition.kind == "office_hours")


_JUDGES: dict[type, Callable[..., Verdict]] = {
    said.Always: lambda *_: True,
    said.AllOf: _all,
    said.AnyOf: _any,
    said.Not: _not,
    said.Named: _named,
    known.Fact: _fact,
    known.Differs: _differs,
    known.Age: _age,
    happenings.Happened: _happened,
    happenings.TriggerField: _trigger_field,
    standings.Category: _category,
    standings.TreatedAs: lambda condition, world, at, _: world.treated_as(at) == condition.wanted,
    standings.Risk: _risk,
    standings.State: lambda condition, world, at, _: world.state(at) in condition.wanted,
    standings.Lasted: _lasted,
    standings.Count: _count,
    standings.TimeOfDay: _time,
}


def turning_points(condition: Condition, world: World) -> list[datetime]:
    """Every moment of the episode at which any condition of this shape could change, up to now."""
    found = {fact.at for facts in world.record.values() for fact in facts}
    happened = sorted(found)
    for part in _parts(condition):
        if isinstance(part, standings.Lasted):
            found.update(after(part.span, at) for at in happened)
            found.update(after(part.span, at) for name in part.moments if (at := world.when(name)))
        elif isinstance(part, happenings.Happened) and part.within < FAR:
            found.update(at + timedelta(microseconds=part.within) + TICK for at in happened)
        elif isinstance(part, known.Age) and (born := world.born()):
            found.update(birthday(born, age) for age in (part.least, part.under) if age < 150)
        elif isinstance(part, known.Fact | known.Differs):
            names = [part.path] + ([part.other] if isinstance(part, known.Differs) else [])
            found.update(at for name in names for at, _ in world.statements(name.partition(".")[0]))
        elif isinstance(part, standings.TimeOfDay):
            found.update(_edges(part, world))
    start = world.start()
    return sorted({max(at, start) for at in found if at <= world.as_of} | {start})


def _edges(part: standings.TimeOfDay, world: World) -> Iterator[datetime]:
    hours = world.pack.office_hours
    clocks = (part.start, part.end) if part.kind == "between" else (hours.start, hours.end)
    day = day_of(world.start())
    while day <= day_of(world.as_of):
        yield from (wall(day, *clock) for clock in clocks)
        day += ONE_DAY


def _parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    for part in condition.parts():
        yield from _parts(part)
