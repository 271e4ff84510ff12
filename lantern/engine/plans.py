"""A pack made ready to be applied: one function for each duty, looked up by the events that there are.

Made once for each pack and kept as long as the pack is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from weakref import WeakKeyDictionary

from lantern.engine.arising import Finder, Trigger, finder_of
from lantern.engine.because import YES
from lantern.engine.clocks import Repeat
from lantern.engine.instants import FAR
from lantern.engine.results import DutyResult
from lantern.engine.rules import Duty, Pack
from lantern.engine.states import GONE_STATES, MOST_INSTANCES, Owed, owed_once, owed_repeatedly, uncertain
from lantern.engine.view import View

Plan = Callable[[View], list[DutyResult]]
_MOST_KEPT = 5000  # sets of event types; a log that has more of them is no log of a protocol


class Plans:
    """The plans of the duties of one scope."""

    def __init__(self, duties: Iterable[Duty]) -> None:
        self.duties = tuple(duties)
        self._plans = [(duty, plan_of(duty)) for duty in self.duties]
        self._by_types: dict[frozenset[str], tuple[list[Plan], list[Duty]]] = {}

    def for_types(self, types: Iterable[str]) -> tuple[list[Plan], list[Duty]]:
        """Where only events of these types have happened: what may have arisen, and what may have been set aside."""
        key = frozenset(types)
        found = self._by_types.get(key)
        if found is None:
            if len(self._by_types) >= _MOST_KEPT:
                self._by_types.clear()
            plans = [plan for duty, plan in self._plans if duty.arising_types is None or duty.arising_types & key]
            found = plans, [duty for duty in self.duties if duty.set_aside_types & key]
            self._by_types[key] = found
        return found


class Ready:
    """A pack with its plans."""

    def __init__(self, pack: Pack) -> None:
        self.of_episodes = Plans(pack.episode_duties)
        self.of_children = Plans(pack.child_duties)
        self.decisions = frozenset(type_ for rule in pack.authority for type_ in rule.decision.types())


_READY: WeakKeyDictionary[Pack, Ready] = WeakKeyDictionary()


def ready(pack: Pack) -> Ready:
    """The pack's plans, made when they are first asked for."""
    found = _READY.get(pack)
    if found is None:
        found = _READY[pack] = Ready(pack)
    return found


def plan_of(duty: Duty) -> Plan:
    """The function that gives all instances of the duty in a view.

    Each variant counts for itself, so that a number once given stays.
    """
    find = finder_of(duty)
    if duty.repeats is not None:
        return _repeatedly(duty, duty.repeats, find)
    owed = owed_once(duty)
    if duty.arises.after_lapse:
        return _after_lapse(find, owed)

    def plan(view: View) -> list[DutyResult]:
        triggers = find(view)
        return owed(view, triggers, 1) if triggers else []

    return plan


def _after_lapse(find: Finder, owed: Owed) -> Plan:
    """What comes once the reason has gone counts again; what comes while it is owed, or after it was done, does not."""

    def plan(view: View) -> list[DutyResult]:
        found: list[DutyResult] = []
        unsure, free_from = None, -FAR
        for trigger in find(view):
            if trigger.at < free_from:
                continue
            if trigger.verdict != YES:
                unsure = unsure or trigger
                continue
            found += owed(view, [trigger], len(found) + 1)
            if found[-1].state not in GONE_STATES:
                return found
            unsure, free_from = None, _ended(found[-1], trigger)
        return [*found, *owed(view, [unsure], len(found) + 1)] if unsure is not None else found

    return plan


def _repeatedly(duty: Duty, repeats: Repeat, find: Finder) -> Plan:
    """While a repeated duty runs another trigger starts nothing: exactly one instance is open at a time."""

    def plan(view: View) -> list[DutyResult]:
        found: list[DutyResult] = []
        free_from = -FAR
        for trigger in find(view):
            if trigger.at < free_from:
                continue
            if trigger.verdict != YES:
                found.append(uncertain(duty, view, trigger, len(found) + 1))
                continue
            instances = owed_repeatedly(duty, repeats, view, trigger, len(found) + 1)
            found += instances
            free_from = _ended(instances[-1], trigger) if len(instances) < MOST_INSTANCES else FAR
        return found

    return plan


def _ended(result: DutyResult, trigger: Trigger) -> int:
    """When it was closed; while it is open, never."""
    return FAR if result.by is None else max(result.by.at, trigger.at)
