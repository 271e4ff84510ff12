"""From a moment at which a duty arose to its instances and their states.

An instance is closed by the first of: what meets it, what sets it aside, what takes its reason away.
A repeated duty that stays undone until it would be due again is `missed`, and the next instance takes its place.

`owed_once` makes one function for each duty, so that a replay does not ask again and again what the pack said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from operator import attrgetter

from lantern.engine.arising import Trigger
from lantern.engine.because import YES
from lantern.engine.clocks import AS_SOON_AS_POSSIBLE, DueCase, Repeat
from lantern.engine.ending import MET, SET_ASIDE, End, closed_otherwise, first_of, reason_gone, until
from lantern.engine.instants import FAR
from lantern.engine.log import Event
from lantern.engine.patterns import Looker, Patterns
from lantern.engine.results import DutyResult
from lantern.engine.rules import Duty
from lantern.engine.view import View

MOST_INSTANCES = 1000  # a six-hourly review left alone for most of a year; the last one says how things stand
_MANY = 8  # from so many events on it pays not to look at each
_MOMENT = attrgetter("at")
GONE_STATES = frozenset({"lapsed", "missed"})  # its reason went away, in time or too late

Owed = Callable[[View, Sequence[Trigger], int], list[DutyResult]]


def uncertain(duty: Duty, view: View, trigger: Trigger, number: int) -> DutyResult:
    case = _case(duty, view, view.as_of, trigger)
    _wait_for_cases(duty, view)
    start = case.start(view, trigger.at, trigger.event) if trigger.event else None
    due = case.due(view, start) if start is not None else None
    return DutyResult(duty, view, trigger, number, trigger.at, due, case, "cannot_tell")


def owed_once(duty: Duty) -> Owed:
    """The function that gives one instance for each trigger, numbered from the number that is given."""
    from_trigger, simple = _clock_starts(duty)
    look = _meetings_of(duty, duty.met_by) if duty.met_by is not None else _nothing
    if simple and not (duty.changes_due or duty.set_aside or duty.lapses):
        return _owed_plainly(duty, look)
    changes, only = duty.changes_due, duty.only_case
    clock = None if changes else only.clock  # None: which clock it is hangs on how things stand
    closable = bool(duty.set_aside or duty.lapses)

    def one(view: View, trigger: Trigger, number: int) -> DutyResult:
        at, event = trigger.at, trigger.event
        met_by = _first_from(look(view), at if simple else _earliest_of(duty, view, trigger), event)
        end: End | None = None if met_by is None else (met_by.at, MET, met_by)
        if closable:
            end = _closed_first(duty, view, trigger, end)
        case = only
        if changes:
            case = _case(duty, view, view.as_of if end is None or end[0] > view.as_of else end[0], trigger)
            if end is None:
                _wait_for_cases(duty, view)
        start = at if from_trigger else case.start(view, at, event)
        due = None if start is None else clock(start) if clock is not None else case.due(view, start)
        return _closed(DutyResult(duty, view, trigger, number, at, due, case, ""), end, view)

    def owed(view: View, triggers: Sequence[Trigger], number: int) -> list[DutyResult]:
        return [
            one(view, trigger, place) if trigger.verdict == YES else uncertain(duty, view, trigger, place)
            for place, trigger in enumerate(triggers, number)
        ]

    return owed


def _closed_first(duty: Duty, view: View, trigger: Trigger, met: End | None) -> End | None:
    """What closed it first, where it was done at a time, if at all."""
    end = first_of(met, closed_otherwise(duty, view, trigger))
    if met is not None and end is not met and _done_all_the_same(duty, view, trigger, met):
        return met
    return end


def _done_all_the_same(duty: Duty, view: View, trigger: Trigger, met: End) -> bool:
    """Whether what was set aside was then done by its due time, with its reason still there: that counts as done."""
    gone = reason_gone(duty, view, trigger)
    if gone is not None and gone[0] < met[0]:
        return False
    case = _case(duty, view, min(met[0], view.as_of), trigger)
    start = case.start(view, trigger.at, trigger.event)
    due = None if start is None else case.due(view, start)
    return due is not None and met[0] <= due


def _owed_plainly(duty: Duty, look: Looker) -> Owed:
    """The same of a duty that only being done closes, and whose one clock starts with the trigger: many are so.

    Triggers and events are both in order, so that one pass over each is enough.
    """
    case = duty.only_case
    clock = case.clock

    def owed(view: View, triggers: Sequence[Trigger], number: int) -> list[DutyResult]:
        found: list[DutyResult] = []
        events = look(view)
        place, count = 0, len(events)
        number -= 1
        for trigger in triggers:
            at = trigger.at
            number += 1
            if trigger.verdict != YES:
                found.append(uncertain(duty, view, trigger, number))
                continue
            due = clock(at) if clock is not None else case.due(view, at)
            while place < count and events[place].at < at:
                place += 1
            after = place + 1 if place < count and events[place] is trigger.event else place
            if after == count:
                found.append(_still_owed(DutyResult(duty, view, trigger, number, at, due, case, ""), view))
                continue
            by = events[after]
            state = "met_late" if due is not None and by.at > due else "met"
            found.append(DutyResult(duty, view, trigger, number, at, due, case, state, by.at, by))
        return found

    return owed


_NONE: list[Event] = []


def _nothing(view: View) -> list[Event]:
    del view
    return _NONE


def _first_from(events: list[Event], earliest: int, trigger: Event | None) -> Event | None:
    """The first from an instant on, never what made the duty arise."""
    if len(events) > _MANY:
        events = events[bisect_left(events, earliest, key=_MOMENT) :]
    for event in events:
        if event.at >= earliest and event is not trigger:
            return event
    return None


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
        condition = case.condition
        if condition is None or condition.verdict(view, at, trigger.event) == YES:
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


def _closed(result: DutyResult, end: End | None, view: View) -> DutyResult:
    """The instance with its state as of `view.as_of`."""
    if end is None:
        return _still_owed(result, view)
    due = result.due
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


def _still_owed(result: DutyResult, view: View) -> DutyResult:
    """The open instance with its state as of `view.as_of`; it changes once it is due."""
    due = result.due
    if due is None:
        result.state = "due_now"
    else:
        result.state = "upcoming" if view.as_of <= due else "overdue"
        view.wait_until(due + 1)
    return result


def owed_repeatedly(duty: Duty, repeats: Repeat, view: View, trigger: Trigger, number: int) -> list[DutyResult]:
    """The instances of one trigger of a repeated duty, numbered from the number that is given."""
    case = _case(duty, view, trigger.judged_at, trigger)
    start = case.start(view, trigger.at, trigger.event)
    gone = first_of(closed_otherwise(duty, view, trigger), until(repeats, view, trigger))
    meetings = _meetings(duty, view, trigger, _earliest(duty, view, trigger, case, start))
    arose = trigger.at
    due = None if start is None else repeats.or_as_set(view, start, case.due(view, start))
    listed: list[DutyResult] = []
    while len(listed) < MOST_INSTANCES:
        met = (meetings[0].at, MET, meetings[0]) if meetings else None
        again = _due_again(repeats, view, case, due)
        end = first_of(met, gone)
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
        # what met this one never meets the next, nor does what came before its clock started
        meetings = [event for event in meetings[1:] if event.at >= start]
        case = _case(duty, view, min(start, view.as_of), trigger, start)
        due = repeats.next_due(view, case, start)
    return listed


def _due_again(repeats: Repeat, view: View, case: DueCase, due: int | None) -> int | None:
    """When it would be due again were it left undone; None where the clock comes to no later time."""
    again = None if due is None else repeats.next_due(view, case, due)
    return None if again is None or due is None or again <= due else again
