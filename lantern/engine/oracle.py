"""The oracle: what is owed, worked out a second time in the slowest and plainest way.

It reads the same packs and logs as `evaluate` and shares none of its reasoning: nothing is remembered, every question
reads the whole record again, times are plain datetimes.  Tests hold the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from lantern.engine.clocks import DueCase, Repeat
from lantern.engine.log import Log
from lantern.engine.oracle_calendar import TICK
from lantern.engine.oracle_conditions import Verdict, judge, turning_points
from lantern.engine.oracle_due import Arising, again_from, case_of, clock_start, counts_from, due_of, or_as_set
from lantern.engine.oracle_record import Fact, World, decider, known
from lantern.engine.patterns import Patterns
from lantern.engine.rules import Authority, Duty, Pack, SetAside

MOST_INSTANCES = 1000


@dataclass(frozen=True)
class Owed:
    """One instance of a duty, as `evaluate` would have it. Times are aware UTC."""

    duty: str
    variant: str
    owner: str
    child: str
    episode: str | None
    instance: int
    state: str
    arose: datetime | None
    due: datetime | None
    met: datetime | None


@dataclass(frozen=True)
class Ending:
    """What closed an instance: met, set_aside or gone."""

    at: datetime
    how: str
    event: Fact


def owed(pack: Pack, log: Log, as_of: datetime, known_at: datetime | None = None) -> list[Owed]:
    """Every instance of every duty that has arisen, or may have."""
    record = known(log, as_of, as_of if known_at is None else known_at)
    found = []
    for child in filter(record.get, record):  # a child of whom nothing is known owes nobody anything
        world = World(pack, record, child, None, as_of)
        world = replace(
            world, void=frozenset(name for other in record for name in refused(replace(world, child=other)))
        )
        for duty in pack.duties:
            places = world.episodes() if duty.scope == "episode" else [world] if duty.scope == "child" else []
            for place in places:
                found += _of_duty(duty, place)
    return found


def refused(world: World) -> set[str]:
    """Ids of the child's decisions that were made without authority, judged in the order they happened."""
    void: set[str] = set()
    for fact in world.record[world.child]:
        place = replace(world, episode=fact.episode, void=frozenset(void))
        if fact.episode is not None and any(_refuses(rule, place, fact) for rule in world.pack.authority):
            void.add(fact.event.id)
    return void


def _refuses(rule: Authority, world: World, fact: Fact) -> bool:
    if not rule.decision.match(fact.event) or judge(rule.condition, world, fact.at - TICK, fact) is not True:
        return False
    role = decider(fact)
    if role is None:
        return False
    lacking = any(fact.event.fields.get(name) in (None, "", []) for name in rule.requires)
    return role not in rule.by or (rule.strict and lacking)


def _of_duty(duty: Duty, world: World) -> list[Owed]:
    rows: list[Owed] = []
    running_until: datetime | None = None
    for arising in _arisings(duty, world) if not duty.arises.after_lapse else _again(duty, world):
        if running_until and arising.at < running_until:
            continue  # it runs already
        if duty.repeats and arising.verdict:
            stop = _stop(duty, duty.repeats, world, arising)
            running_until = stop.at if stop else world.as_of + TICK
        instances = _instances(duty, world, arising)
        if len(instances) == MOST_INSTANCES:
            running_until = world.as_of + TICK  # more than are listed
        for arose, due, state, met in instances:
            number = len(rows) + 1
            rows.append(
                Owed(duty.duty, duty.variant, duty.owed_by, world.child, world.episode, number, state, arose, due, met)
            )
    return rows


def _again(duty: Duty, world: World) -> list[Arising]:
    """With `after_lapse`: each certain moment after what took away the reason of the one before."""
    left, counted = _arisings(duty, world), []
    while certain := [arising for arising in left if arising.verdict]:
        counted.append(certain[0])
        if _once(duty, world, certain[0])[2] not in {"lapsed", "missed"}:
            return counted
        gone = _gone(duty, world, certain[0])
        free_from = max(gone.at, certain[0].at) if gone else certain[0].at
        left = [arising for arising in left[left.index(certain[0]) + 1 :] if arising.at >= free_from]
    return counted + left[:1]


# when it arises


def _own(duty: Duty, world: World, facts: list[Fact]) -> list[Fact]:
    """Without `serves_episodes` only events recorded in this very episode count."""
    return [fact for fact in facts if duty.serves_episodes or world.episode in (None, fact.episode)]


def _arisings(duty: Duty, world: World) -> list[Arising]:
    if duty.arises.at is None:
        return _becoming_true(duty, world)
    told = [_judged(duty, world, fact) for fact in _own(duty, world, world.matching(duty.arises.at))]
    possible = [arising for arising in told if arising.verdict is not False]
    if duty.arises.several:
        return possible
    certain = [arising for arising in possible if arising.verdict]
    return certain[:1] or possible[:1]


def _judged(duty: Duty, world: World, fact: Fact) -> Arising:
    later = {other.at for other in world.record[world.child] if other.at > fact.at}
    for at in (fact.at, *sorted(later)):
        verdict = judge(duty.arises.condition, replace(world, waits=at), fact.at, fact)
        if verdict is not None:
            return Arising(fact.at, fact, verdict, at)
    return Arising(fact.at, fact, None, world.as_of)


def _becoming_true(duty: Duty, world: World) -> list[Arising]:
    if duty.arises.condition is None:
        return []
    found = []
    before: Verdict = False
    for at in turning_points(duty.arises.condition, world):
        verdict = judge(duty.arises.condition, world, at, None)
        if verdict and not before:
            found.append(Arising(at, None, True, at))
        before = verdict
    if before is None and not found:
        return [Arising(world.as_of, None, None, world.as_of)]
    return found if duty.arises.several else found[:1]


# what closes it


def _meetings(duty: Duty, world: World) -> list[Fact]:
    if duty.counts_from in {"any_episode", "child"}:
        return world.matching(duty.met_by, world.mine())
    return _own(duty, world, world.matching(duty.met_by))


def _first(endings: list[Ending | None]) -> Ending | None:
    """The first that happened; of several at once the first in the list."""
    found = [ending for ending in endings if ending is not None]
    return min(found, key=lambda ending: ending.at) if found else None


def _set_aside(duty: Duty, world: World, arising: Arising) -> Ending | None:
    found = []
    for rule in duty.set_aside:
        patterns = rule.event
        facts = _own(duty, world, world.matching(patterns)) if patterns else world.of_type("duty_set_aside")
        for fact in facts:
            aimed = patterns is not None or fact.event.fields["duty"] in (duty.duty, duty.name)
            if aimed and fact.at >= arising.at and _may(rule, world, fact):
                found.append(Ending(fact.at, "set_aside", fact))
    return _first(list(found))


def _may(rule: SetAside, world: World, fact: Fact) -> bool:
    role = fact.event.fields.get("authorised_by_role") or decider(fact)
    recorded = all(fact.event.fields.get(name) not in (None, "", []) for name in rule.requires)
    return (not rule.by or role in rule.by) and recorded and judge(rule.condition, world, fact.at, fact) is True


def _gone(duty: Duty, world: World, arising: Arising) -> Ending | None:
    lapses = duty.lapses
    if lapses is None:
        return None
    found: list[Ending | None] = [_ended(lapses.on, world, arising, any_time=lapses.at_any_time)]
    for fact in world.record[world.child] if lapses.condition else []:
        if fact.at >= arising.at and judge(lapses.condition, world, fact.at, arising.event):
            found.append(Ending(fact.at, "gone", fact))
    return _first(found)


def _ended(patterns: Patterns | None, world: World, arising: Arising, *, any_time: bool) -> Ending | None:
    for fact in world.matching(patterns):
        if any_time or (fact.at >= arising.at and fact is not arising.event):
            return Ending(max(fact.at, arising.at), "gone", fact)
    return None


Row = tuple[datetime | None, datetime | None, str, datetime | None]  # arose, due, state, met


def _instances(duty: Duty, world: World, arising: Arising) -> list[Row]:
    if arising.verdict is None:
        case = case_of(duty, world, world.as_of, arising, arising.at)
        start = clock_start(case, world, arising) if arising.event else None
        return [(None, due_of(case, world, start, arising), "cannot_tell", None)]
    if duty.repeats:
        return _repeated(duty, duty.repeats, world, arising)
    return [_once(duty, world, arising)]


def _once(duty: Duty, world: World, arising: Arising) -> Row:
    case = case_of(duty, world, arising.judged, arising, arising.at)
    earliest = counts_from(duty, world, arising, case, clock_start(case, world, arising))
    meetings = [fact for fact in _meetings(duty, world) if fact.at >= earliest and not _same(fact, arising.event)]
    met = Ending(meetings[0].at, "met", meetings[0]) if meetings else None
    gone = _gone(duty, world, arising)
    ending = _first([met, _set_aside(duty, world, arising), gone])
    if ending and ending.how == "set_aside" and met and (gone is None or gone.at >= met.at):
        case = case_of(duty, world, min(met.at, world.as_of), arising, arising.at)
        due = due_of(case, world, clock_start(case, world, arising), arising)
        ending = met if due and met.at <= due else ending  # done in time all the same
    case = case_of(duty, world, min(ending.at, world.as_of) if ending else world.as_of, arising, arising.at)
    due = due_of(case, world, clock_start(case, world, arising), arising)
    return _row(arising.at, due, case, ending, world)


def _same(fact: Fact, other: Fact | None) -> bool:
    return other is not None and fact.event.id == other.event.id


def _row(arose: datetime, due: datetime | None, case: DueCase, ending: Ending | None, world: World) -> Row:
    in_time = due is None or (ending.at if ending else world.as_of) <= due
    if ending is None:
        open_ = "due_now" if due is None else "upcoming"
        return arose, due, open_ if in_time else "overdue", None
    if ending.how == "met":
        return arose, due, "met" if in_time else "met_late", ending.at
    if ending.how == "set_aside":
        return arose, due, "set_aside", None
    return arose, due, "lapsed" if in_time else "missed", None


def _stop(duty: Duty, repeats: Repeat, world: World, arising: Arising) -> Ending | None:
    """What ends the repeating."""
    ended = _ended(repeats.until, world, arising, any_time=repeats.until_at_any_time)
    return _first([_set_aside(duty, world, arising), _gone(duty, world, arising), ended])


def _repeated(duty: Duty, repeats: Repeat, world: World, arising: Arising) -> list[Row]:
    """One instance open at a time; done or left until due again, the next takes its place."""
    stop = _stop(duty, repeats, world, arising)
    case = case_of(duty, world, arising.judged, arising, arising.at)
    start = clock_start(case, world, arising)
    due = or_as_set(repeats, world, start, due_of(case, world, start, arising)) if start else None
    arose, earliest = arising.at, counts_from(duty, world, arising, case, start)
    left = [fact for fact in _meetings(duty, world) if not _same(fact, arising.event)]
    rows: list[Row] = []
    while len(rows) < MOST_INSTANCES:
        left = [fact for fact in left if fact.at >= earliest]
        ending = _first([Ending(left[0].at, "met", left[0]) if left else None, stop])
        again = again_from(repeats, case, world, due, arising) if due else None
        if due and again and due < again <= world.as_of and (ending is None or ending.at > again):
            rows.append((arose, due, "missed", None))
            arose, earliest, start, due = due, due, due, again
            case = case_of(duty, world, min(start, world.as_of), arising, start)
            continue
        rows.append(_row(arose, due, case, ending, world))
        if ending is None or ending.how != "met":
            break
        left = left[1:]
        start = ending.at if repeats.from_ == "met" or due is None else due
        arose, earliest = ending.at, start
        case = case_of(duty, world, min(start, world.as_of), arising, start)
        due = again_from(repeats, case, world, start, arising)
        if stop is not None and stop.at <= arose:
            break
    return rows
