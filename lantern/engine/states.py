"""From a moment at which a duty arose to its instances and their states.

An instance is closed by the first of: what meets it, what sets it aside, what takes its reason away.
A repeated duty that stays undone until it would be due again is `missed`, and the next instance takes its place.

`owed_once` makes one function for each duty, so that a replay does not ask again and again what the pack said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from operator import attrgetter

from lantern.engine.arising import Trigger, changes
from lantern.engine.because import YES
from lantern.engine.clocks import AS_SOON_AS_POSSIBLE, DueCase, Repeat
from lantern.engine.conditions import Condition
from lantern.engine.instants import FAR
from lantern.engine.log import Event
from lantern.engine.patterns import Looker, Patterns
from lantern.engine.results import DutyResult
from lantern.engine.rules import Duty, SetAside
from lantern.engine.view import View

MOST_INSTANCES = 1000  # a six-hourly review left alone for most of a year; the last one says how things stand
_MANY = 8  # from so many events on it pays not to look at each
_MOMENT = attrgetter("at")
MET, SET_ASIDE, GONE = "met", "set_aside", "gone"
GONE_STATES = frozenset({"lapsed", "missed"})  # its reason went away, in time or too late

End = tuple[int, str, Event | None]  # when, how and by which event an instance was closed
Owed = Callable[[View, Trigger, int], DutyResult]


def uncertain(duty: Duty, view: View, trigger: Trigger, number: int) -> DutyResult:
    case = _case(duty, view, view.as_of, trigger)
    _wait_for_cases(duty, view)
    start = case.start(view, trigger.at, trigger.event) if trigger.event else None
    due = case.due(view, start) if start is not None else None
    return DutyResult(duty, view, trigger, number, trigger.at, due, case, "cannot_tell")


def owed_once(duty: Duty) -> Owed:
    """The function that gives the one instance of a trigger, with the number that it is given."""
    changes, met_by, only = duty.changes_due, duty.met_by, duty.only_case
    clock = None if changes else only.clock  # None: which clock it is hangs on how things stand
    from_trigger, simple = _clock_starts(duty)
    closable = bool(duty.set_aside or duty.lapses)
    look = _meetings_of(duty, met_by) if met_by is not None else None

    def owed(view: View, trigger: Trigger, number: int) -> DutyResult:
        at, event = trigger.at, trigger.event
        earliest = at if simple else _earliest_of(duty, view, trigger)
        end: End | None = None
        if look is not None:
            events = look(view)
            if len(events) > _MANY:
                events = events[bisect_left(events, earliest, key=_MOMENT) :]
            for one in events:
                if one.at >= earliest and one is not event:
                    end = (one.at, MET, one)
                    break
        if closable:
            end = _first_of(end, _closed_otherwise(duty, view, trigger))
        case = only
        if changes:
            case = _case(duty, view, view.as_of if end is None or end[0] > view.as_of else end[0], trigger)
            if end is None:
                _wait_for_cases(duty, view)
        start = at if from_trigger else case.start(view, at, event)
        due = None if start is None else clock(start) if clock is not None else case.due(view, start)
        return _closed(DutyResult(duty, view, trigger, number, at, due, case, ""), end, view)

    return owed


def _clock_starts(duty: Duty) -> tuple[bool, bool]:
    """Whether every clock starts with the trigger; and whether just what happens from there on may meet the duty."""
    cases = (*duty.due, *(inner for case in duty.due for inner in case.earliest))
    from_trigger = all(case.from_ == "trigger" and not case.told for case in cases)
    in_order = not any(case.not_before for case in cases) and duty.counts_from in {"start", "trigger", "any_episode"}
    return from_trigger, from_trigger and in_order


def _earliest_of(duty: Duty, view: View, trigger: Trigger) -> int:
    """From when on an event may count, by how things stand when it arises."""
    case = _case(duty, view, trigger.judged_at, trigger)
    return _earliest(duty, view, trigger, case, case.start(view, trigger.at, trigger.event))


def _wait_for_cases(duty: Duty, view: View) -> None:
    """While it is open, time alone may change which of its due times holds."""
    for case in duty.due:
        for point in case.condition.points(view) if case.condition is not None else ():
            view.wait_until(point)


def _case(duty: Duty, view: View, at: int, trigger: Trigger, start: int | None = None) -> DueCase:
    """The first way of giving a due time whose condition holds now, and whose agreed time was set by the start."""
    for case in duty.due:
        if case.applies(view, at, trigger.event):
            if case.agreed and case.due(view, trigger.at if start is None else start) is None:
                continue
            return case
    return AS_SOON_AS_POSSIBLE


def _earliest(duty: Duty, view: View, trigger: Trigger, case: DueCase, start: int | None) -> int:
    """From when on an event may count."""
    if duty.counts_from == "episode":
        begun = view.moment("start")
        return -FAR if begun is None else begun
    if duty.counts_from == "child":
        return -FAR
    if case.not_before is not None and start is not None:
        return max(trigger.at, case.not_before.after(start))
    if duty.counts_from in {"trigger", "any_episode"} or start is None:
        return trigger.at
    return min(start, trigger.at) if duty.due else trigger.at


def _meetings_of(duty: Duty, met_by: Patterns) -> Looker:
    """The function that gives every event that could meet the duty, in order."""
    if duty.counts_from in {"any_episode", "child"}:
        return met_by.found_on_record
    return met_by.looker(shared=duty.serves_episodes)


def _meetings(duty: Duty, view: View, trigger: Trigger, earliest: int) -> list[Event]:
    """Every event that meets the duty, in order; never the one that made it arise."""
    possible = _meetings_of(duty, duty.met_by)(view) if duty.met_by is not None else []
    return [event for event in possible if event.at >= earliest and event is not trigger.event]


def _closed_otherwise(duty: Duty, view: View, trigger: Trigger) -> End | None:
    """What set it aside or took its reason away first; set aside counts before gone."""
    aside = _set_aside(duty, view, trigger) if duty.set_aside else None
    return _first_of(aside, _gone(duty, view, trigger))


def _set_aside(duty: Duty, view: View, trigger: Trigger) -> End | None:
    first: End | None = None
    for rule in duty.set_aside:
        for event in set_aside_events(duty, rule, view):
            if event.at >= trigger.at and allowed(rule, view, event) is None:
                if first is None or event.at < first[0]:
                    first = (event.at, SET_ASIDE, event)
                break
    return first


def set_aside_events(duty: Duty, rule: SetAside, view: View) -> list[Event]:
    """Events that try to set the duty aside under one rule."""
    if rule.event is not None:
        return rule.event.looker(shared=duty.serves_episodes)(view)
    aimed = (duty.duty, duty.name)
    attempts = view.by_type.get("duty_set_aside", ())
    return [event for event in attempts if event.fields.get("duty") in aimed]


def allowed(rule: SetAside, view: View, event: Event) -> str | None:
    """None when the rule lets this event set the duty aside, else why not."""
    role = event.fields.get("authorised_by_role") or event.decider
    if rule.by and role not in rule.by:
        return f"{role or 'nobody named'} may not set it aside"
    lacking = [name for name in rule.requires if event.fields.get(name) in (None, "", [])]
    if lacking:
        return f"{' and '.join(lacking)} not recorded"
    if rule.condition is not None and rule.condition.verdict(view, event.at, event) != YES:
        return "the conditions for setting it aside do not hold"
    return None


def _gone(duty: Duty, view: View, trigger: Trigger) -> End | None:
    lapses = duty.lapses
    if lapses is None:
        return None
    gone: End | None = None
    for event in lapses.on.found_in(view) if lapses.on is not None else ():
        if lapses.at_any_time or (event.at >= trigger.at and event is not trigger.event):
            gone = (max(event.at, trigger.at), GONE, event)
            break
    if lapses.condition is not None:
        gone = _first_of(gone, _comes_to_hold(lapses.condition, view, trigger))
    return gone


def _comes_to_hold(condition: Condition, view: View, trigger: Trigger) -> End | None:
    """The first event from the trigger on at which the condition holds; asked only where its answer may change."""
    events, moments = view.story.events, view.story.moments
    may_change = {trigger.at, *changes(condition, view), *condition.points(view)}
    for place in sorted({bisect_left(moments, max(point, trigger.at)) for point in may_change}):
        if place < len(events) and condition.verdict(view, moments[place], trigger.event) == YES:
            return (moments[place], GONE, events[place])
    return None


def _closed(result: DutyResult, end: End | None, view: View) -> DutyResult:
    """The instance with its state as of `view.as_of`."""
    due = result.due
    if end is None:
        if due is None:
            result.state = "due_now"
        else:
            result.state = "upcoming" if view.as_of <= due else "overdue"
            view.wait_until(due + 1)
        return result
    at, how, result.by = end
    late = due is not None and at > due
    if how == MET:
        result.met = at
        result.state = "met_late" if late else "met"
    elif how == SET_ASIDE:
        result.state = "set_aside"
    else:
        result.state = "missed" if late else "lapsed"
    return result


def owed_repeatedly(duty: Duty, repeats: Repeat, view: View, trigger: Trigger, number: int) -> list[DutyResult]:
    """The instances of one trigger of a repeated duty, numbered from the number that is given."""
    case = _case(duty, view, trigger.judged_at, trigger)
    start = case.start(view, trigger.at, trigger.event)
    gone = _first_of(_closed_otherwise(duty, view, trigger), _until(repeats, view, trigger))
    meetings = _meetings(duty, view, trigger, _earliest(duty, view, trigger, case, start))
    arose = trigger.at
    due = None if start is None else repeats.or_as_set(view, start, case.due(view, start))
    listed: list[DutyResult] = []
    while len(listed) < MOST_INSTANCES:
        met = (meetings[0].at, MET, meetings[0]) if meetings else None
        again = _due_again(repeats, view, case, due)
        end = _first_of(met, gone)
        result = DutyResult(duty, view, trigger, number + len(listed), arose, due, case, "missed")
        listed.append(result)
        if again is not None and due is not None and again <= view.as_of and (end is None or end[0] > again):
            arose, start, due = due, due, again
            meetings = [event for event in meetings if event.at >= start]
            case = _case(duty, view, min(start, view.as_of), trigger, start)
            continue
        _closed(result, end, view)
        if again is not None and end is None:
            view.wait_until(again)
        if end is None or end[1] != MET or (gone is not None and gone[0] <= end[0]):
            break
        start = end[0] if repeats.from_ == "met" or due is None else due
        arose = end[0]
        meetings = meetings[1:]  # what met this one never meets the next
        case = _case(duty, view, min(start, view.as_of), trigger, start)
        due = repeats.next_due(view, case, start)
    return listed


def _due_again(repeats: Repeat, view: View, case: DueCase, due: int | None) -> int | None:
    """When it would be due again were it left undone; None where the clock comes to no later time."""
    again = None if due is None else repeats.next_due(view, case, due)
    return None if again is None or due is None or again <= due else again


def _first_of(one: End | None, other: End | None) -> End | None:
    """The earlier; of two at once the first given."""
    if one is None or other is None:
        return one or other
    return one if one[0] <= other[0] else other


def _until(repeats: Repeat, view: View, trigger: Trigger) -> End | None:
    """When a repeated duty stops: the first ending, even one before it arose where the pack names a kind of ending."""
    for event in repeats.until.found_in(view) if repeats.until else ():
        if repeats.until_at_any_time or (event.at >= trigger.at and event is not trigger.event):
            return (max(event.at, trigger.at), GONE, event)
    return None
