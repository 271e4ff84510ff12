"""From a moment at which a duty arose to its instances and their states.

An instance is closed by the first of: what meets it, what sets it aside, what takes its reason away.
A repeated duty that stays undone until it would be due again is `missed`, and the next instance takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lantern.engine.arising import Trigger
from lantern.engine.because import CANNOT_TELL, YES
from lantern.engine.clocks import AS_SOON_AS_POSSIBLE, DueCase, Repeat
from lantern.engine.instants import FAR
from lantern.engine.log import Event
from lantern.engine.patterns import Patterns
from lantern.engine.rules import Duty, SetAside
from lantern.engine.view import View

_MOST_INSTANCES = 1000  # a six-hourly review left alone for most of a year; the last one says how things stand


@dataclass(slots=True)
class Instance:
    """One time that the duty was owed. `ended` is when and by which event it was closed."""

    number: int
    arose_at: int
    due_at: int | None
    state: str
    case: DueCase
    met_at: int | None = None
    by: Event | None = None
    trigger: Trigger | None = None


@dataclass(slots=True)
class _End:
    at: int
    state: str  # met, set_aside or gone
    event: Event | None


def instances(duty: Duty, view: View, trigger: Trigger, first_number: int) -> list[Instance]:
    """The instances that one trigger gives, numbered from `first_number`."""
    if trigger.verdict == CANNOT_TELL:
        case = _case(duty, view, view.as_of, trigger)
        _wait_for_cases(duty, view)
        start = case.start(view, trigger.at, trigger.event) if trigger.event else None
        due = case.due(view, start) if start is not None else None
        return [Instance(first_number, trigger.at, due, "cannot_tell", case, trigger=trigger)]
    if duty.repeats:
        return _chain(duty, duty.repeats, view, trigger, first_number)
    return [_single(duty, view, trigger, first_number)]


def _single(duty: Duty, view: View, trigger: Trigger, number: int) -> Instance:
    case = _case(duty, view, trigger.judged_at, trigger) if duty.changes_due else duty.only_case
    start = case.start(view, trigger.at, trigger.event)
    end = _end(duty, view, trigger, _earliest(duty, view, trigger, case, start))
    if duty.changes_due:
        case = _case(duty, view, min(end.at if end else FAR, view.as_of), trigger)
        start = case.start(view, trigger.at, trigger.event)
        if end is None:
            _wait_for_cases(duty, view)
    due = case.due(view, start) if start is not None else None
    return _closed(Instance(number, trigger.at, due, "", case, trigger=trigger), end, view)


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
    if duty.counts_from == "trigger" or start is None:
        return trigger.at
    return min(start, trigger.at) if duty.due else trigger.at


def _end(duty: Duty, view: View, trigger: Trigger, earliest: int) -> _End | None:
    """What closed the duty first; when several happen at once, being met counts before being set aside or gone."""
    first = next(_meetings(duty, view, earliest, trigger.event), None) if duty.met_by is not None else None
    end = None if first is None else _End(first.at, "met", first)
    if duty.set_aside:
        end = _first_of(end, _set_aside(duty, view, trigger))
    if duty.lapses is not None:
        end = _first_of(end, _gone(duty, view, trigger))
    return end


def _meetings(duty: Duty, view: View, earliest: int, not_this: Event | None) -> Iterator[Event]:
    """Every event that may meet the duty, in order; never the one that made it arise."""
    if duty.met_by is None:
        return
    if duty.counts_from == "child":
        events = duty.met_by.among(view.story.events, view.void)
    else:
        events = _counting(duty, view, duty.met_by)
    for event in events:
        if event.at >= earliest and event is not not_this:
            yield event


def _counting(duty: Duty, view: View, patterns: Patterns) -> list[Event]:
    """Matching events; those of other episodes that name this one only where one event may serve several."""
    found = patterns.found_in(view)
    return found if duty.serves_episodes or view.all_own else [event for event in found if view.is_own(event)]


def _set_aside(duty: Duty, view: View, trigger: Trigger) -> _End | None:
    first: _End | None = None
    for rule in duty.set_aside:
        for event in set_aside_events(duty, rule, view):
            if event.at >= trigger.at and allowed(rule, view, event) is None:
                if first is None or event.at < first.at:
                    first = _End(event.at, "set_aside", event)
                break
    return first


def set_aside_events(duty: Duty, rule: SetAside, view: View) -> list[Event]:
    """Events that try to set the duty aside under one rule."""
    if rule.event is not None:
        return _counting(duty, view, rule.event)
    aimed = (duty.duty, duty.name)
    attempts = view.by_type.get("duty_set_aside", ())
    return [event for event in attempts if event.fields.get("duty") in aimed and event.id not in view.void]


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


def _gone(duty: Duty, view: View, trigger: Trigger) -> _End | None:
    lapses = duty.lapses
    if lapses is None:
        return None
    gone = None
    for event in lapses.on.found_in(view) if lapses.on is not None else ():
        if lapses.at_any_time or (event.at >= trigger.at and event is not trigger.event):
            gone = _End(max(event.at, trigger.at), "gone", event)
            break
    if lapses.condition is not None:
        for event in view.story.events:
            if gone is not None and event.at >= gone.at:
                break
            if event.at >= trigger.at and lapses.condition.verdict(view, event.at, trigger.event) == YES:
                return _End(event.at, "gone", event)
    return gone


def _closed(instance: Instance, end: _End | None, view: View) -> Instance:
    """The instance with its state as of `view.as_of`."""
    due = instance.due_at
    if end is None:
        in_time = due is None or view.as_of <= due
        at_once = due is None or instance.case.immediately
        instance.state = "overdue" if not in_time else "due_now" if at_once else "upcoming"
        if due is not None:
            view.wait_until(due + 1)
        return instance
    late = due is not None and end.at > due
    instance.by = end.event
    if end.state == "met":
        instance.met_at = end.at
        instance.state = "met_late" if late else "met"
    elif end.state == "set_aside":
        instance.state = "set_aside"
    else:
        instance.state = "missed" if late else "lapsed"
    return instance


def _chain(duty: Duty, repeats: Repeat, view: View, trigger: Trigger, number: int) -> list[Instance]:
    case = _case(duty, view, trigger.judged_at, trigger)
    start = case.start(view, trigger.at, trigger.event)
    ended = _until(repeats, view, trigger)
    gone = _first_of(_first_of(_gone(duty, view, trigger), _set_aside(duty, view, trigger)), ended)
    meetings = list(_meetings(duty, view, _earliest(duty, view, trigger, case, start), trigger.event))
    arose = trigger.at
    due = None if start is None else repeats.or_as_set(view, start, case.due(view, start))
    listed: list[Instance] = []
    while len(listed) < _MOST_INSTANCES:
        met = _End(meetings[0].at, "met", meetings[0]) if meetings else None
        again = repeats.next_due(view, case, due) if due is not None else None
        end = _first_of(met, gone)
        instance = Instance(number + len(listed), arose, due, "", case, trigger=trigger)
        listed.append(instance)
        if again is not None and due is not None and again <= view.as_of and (end is None or end.at > again):
            instance.state, arose, start, due = "missed", due, due, again
            meetings = [event for event in meetings if event.at >= start]
            case = _case(duty, view, min(start, view.as_of), trigger, start)
            continue
        _closed(instance, end, view)
        if again is not None and end is None:
            view.wait_until(again)
        if end is None or end.state != "met" or (gone is not None and gone.at <= end.at):
            break
        start = end.at if repeats.from_ == "met" or due is None else due
        arose = end.at
        meetings = meetings[1:]  # what met this one never meets the next
        case = _case(duty, view, min(start, view.as_of), trigger, start)
        due = repeats.next_due(view, case, start)
    return listed


def _first_of(one: _End | None, other: _End | None) -> _End | None:
    if one is None or other is None:
        return one or other
    return one if one.at <= other.at else other


def _until(repeats: Repeat, view: View, trigger: Trigger) -> _End | None:
    """When a repeated duty stops: the first ending, even one before it arose where the pack names a kind of ending."""
    for event in repeats.until.found_in(view) if repeats.until else ():
        if repeats.until_at_any_time or (event.at >= trigger.at and event is not trigger.event):
            return _End(max(event.at, trigger.at), "gone", event)
    return None
