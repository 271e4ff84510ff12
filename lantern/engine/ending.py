"""What closes an instance of a duty other than that it was met: set aside by somebody who may, or its reason gone."""

from __future__ import annotations

from bisect import bisect_left

from lantern.engine.arising import Trigger, changes
from lantern.engine.because import YES
from lantern.engine.clocks import Repeat
from lantern.engine.conditions import Condition
from lantern.engine.log import Event
from lantern.engine.rules import Duty, SetAside
from lantern.engine.view import View

MET, SET_ASIDE, GONE = "met", "set_aside", "gone"

End = tuple[int, str, Event | None]  # when, how and by which event an instance was closed


def closed_otherwise(duty: Duty, view: View, trigger: Trigger) -> End | None:
    """What set it aside or took its reason away first; set aside counts before gone."""
    aside = _set_aside(duty, view, trigger) if duty.set_aside else None
    return first_of(aside, reason_gone(duty, view, trigger))


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


def reason_gone(duty: Duty, view: View, trigger: Trigger) -> End | None:
    """When what made the duty arise went away."""
    lapses = duty.lapses
    if lapses is None:
        return None
    gone: End | None = None
    for event in lapses.on.found_in(view) if lapses.on is not None else ():
        if lapses.at_any_time or (event.at >= trigger.at and event is not trigger.event):
            gone = (max(event.at, trigger.at), GONE, event)
            break
    if lapses.condition is not None:
        gone = first_of(gone, _comes_to_hold(lapses.condition, view, trigger))
    return gone


def _comes_to_hold(condition: Condition, view: View, trigger: Trigger) -> End | None:
    """The first event from the trigger on at which the condition holds; asked only where its answer may change."""
    events, moments = view.story.events, view.story.moments
    may_change = {trigger.at, *changes(condition, view), *condition.points(view)}
    for place in sorted({bisect_left(moments, max(point, trigger.at)) for point in may_change}):
        if place < len(events) and condition.verdict(view, moments[place], trigger.event) == YES:
            return (moments[place], GONE, events[place])
    return None


def first_of(one: End | None, other: End | None) -> End | None:
    """The earlier; of two at once the first given."""
    if one is None or other is None:
        return one or other
    return one if one[0] <= other[0] else other


def until(repeats: Repeat, view: View, trigger: Trigger) -> End | None:
    """When a repeated duty stops: the first ending, even one before it arose where the pack names a kind of ending."""
    for event in repeats.until.found_in(view) if repeats.until else ():
        if repeats.until_at_any_time or (event.at >= trigger.at and event is not trigger.event):
            return (max(event.at, trigger.at), GONE, event)
    return None
