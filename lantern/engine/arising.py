"""Which instances of a duty there are: the moments at which it arose, and what was cannot-tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lantern.engine.because import CANNOT_TELL, NO, YES
from lantern.engine.conditions import Condition
from lantern.engine.instants import FAR
from lantern.engine.log import Event
from lantern.engine.rules import Duty
from lantern.engine.view import View


@dataclass(slots=True)  # not frozen: a replay makes millions, and freezing doubles their price
class Trigger:
    """A moment at which a duty arose (or, with CANNOT_TELL, may have)."""

    at: int
    event: Event | None
    verdict: int
    judged_at: int


Finder = Callable[[View], Sequence[Trigger]]


def finder_of(duty: Duty) -> Finder:
    """The function that gives every moment at which the duty arose up to `view.as_of`, in order."""
    arises = duty.arises
    condition, each = arises.condition, arises.several
    if arises.at is None:
        return lambda view: _when(condition, view, each=each) if condition is not None else ()
    look = arises.at.looker(shared=duty.serves_episodes)
    if condition is not None:
        return lambda view: _judged_events(look(view), condition, view, each=each)
    if each:
        return lambda view: [Trigger(event.at, event, YES, event.at) for event in look(view)]

    def first(view: View) -> Sequence[Trigger]:
        events = look(view)
        if not events:
            return ()
        event = events[0]
        return (Trigger(event.at, event, YES, event.at),)

    return first


def _judged_events(events: list[Event], condition: Condition, view: View, *, each: bool) -> list[Trigger]:
    found: list[Trigger] = []
    unsure: Trigger | None = None
    for event in events:
        verdict = condition.verdict(view, event.at, event)
        if verdict == NO:
            continue
        trigger = Trigger(event.at, event, YES, event.at) if verdict == YES else _judged_later(condition, view, event)
        if trigger.verdict == NO:
            continue
        if trigger.verdict == CANNOT_TELL and not each:
            unsure = unsure or trigger
            continue
        found.append(trigger)
        if not each:
            return found
    return found or ([unsure] if unsure else [])


def _judged_later(condition: Condition, view: View, event: Event) -> Trigger:
    """The verdict at an event at which something was lacking, with what comes in first.

    Only what was lacking is taken from later: the hour, the child's age and how things stood stay those of the event.
    """
    for point in sorted(point for point in changes(condition, view) if point > event.at):
        with view.waiting_until(point):
            verdict = condition.verdict(view, event.at, event)
        if verdict != CANNOT_TELL:
            return Trigger(event.at, event, verdict, point)
    return Trigger(event.at, event, CANNOT_TELL, view.as_of)


def _when(condition: Condition, view: View, *, each: bool) -> list[Trigger]:
    found: list[Trigger] = []
    soonest = condition.soonest(view) if condition.bounded else -FAR
    if soonest > view.as_of:
        view.wait_until(soonest)
        return found
    before = NO
    unsure = None
    for point in _points(condition, view, max(view.begins, soonest)):
        if point > view.as_of:
            view.wait_until(point)
            continue
        verdict = condition.verdict(view, point, None)
        if verdict == YES and before != YES:
            found.append(Trigger(point, None, YES, point))
            if not each:
                return found
        unsure = point if verdict == CANNOT_TELL else None
        before = verdict
    if not found and unsure is not None:
        return [Trigger(unsure, None, CANNOT_TELL, view.as_of)]
    return found


def _points(condition: Condition, view: View, start: int) -> list[int]:
    """Instants at which the condition may change, from `start` on."""
    points = changes(condition, view)
    points.update(condition.points(view))
    return sorted({start, *(point for point in points if point > start)})


def changes(condition: Condition, view: View) -> set[int]:
    """Instants of the events that may change the answer: of the types it asks about, and no further than it looks."""
    if condition.beyond:
        by_type = view.story.by_type
        return {event.at for type_ in condition.types for event in by_type.get(type_, ())}
    found: set[int] = set()
    for type_ in condition.types:
        events = view.facts.events if type_ == "profile_recorded" else view.by_type.get(type_, ())
        for event in events:
            found.add(event.at)
    return found
