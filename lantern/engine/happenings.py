"""Conditions on what has happened: events of the episode or the record, and fields of the triggering event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lantern.engine.because import CANNOT_TELL, NO, YES, Because
from lantern.engine.conditions import Condition
from lantern.engine.instants import FAR
from lantern.engine.log import Event
from lantern.engine.patterns import Patterns, Test

if TYPE_CHECKING:
    from lantern.engine.view import View


@dataclass(frozen=True, slots=True)
class Happened(Condition):
    """A matching event has happened: in this episode, in an earlier one, or anywhere on the child's record.

    An event of `unless_later` undoes those before it: whereabouts that were confirmed may be unknown again.
    """

    patterns: Patterns
    within: int = FAR
    where: str = "episode"
    unless_later: Patterns | None = None
    types: frozenset[str] = field(default=frozenset(), init=False)
    beyond: bool = field(default=False, init=False)
    timed: bool = field(default=False, init=False)
    needs: frozenset[str] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        undoing = self.unless_later.types() if self.unless_later else frozenset()
        object.__setattr__(self, "types", self.patterns.types() | undoing)
        object.__setattr__(self, "beyond", self.where != "episode")
        object.__setattr__(self, "timed", self.within < FAR)
        object.__setattr__(self, "needs", None if self.beyond else self.patterns.types())

    def _events(self, view: View, at: int) -> list[Event]:
        found = [event for event in self._matching(self.patterns, view) if event.at <= at <= event.at + self.within]
        if self.unless_later is None or not found:
            return found
        undone = max((event.at for event in self._matching(self.unless_later, view) if event.at <= at), default=-FAR)
        return [event for event in found if event.at >= undone]

    def _matching(self, patterns: Patterns, view: View) -> list[Event]:
        if self.where == "episode":
            return patterns.found_in(view)
        found = patterns.found_on_record(view)
        if self.where == "earlier_episodes":
            earlier = {episode.id for episode in view.earlier_episodes()}
            found = [event for event in found if event.episode in earlier]
        return found

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        return YES if self._events(view, at) else NO

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        events = self._events(view, at)
        return Because(self.words, YES if events else NO, tuple(event.id for event in events[-1:]))

    def clause(self) -> str:
        place = {"episode": "", "child": " on the child's record", "earlier_episodes": " in an earlier episode"}
        since = f" and no {self.unless_later.in_words()} since" if self.unless_later else ""
        return f"{self.patterns.in_words()} has happened{place[self.where]}{since}"

    def points(self, view: View) -> Iterable[int]:
        if self.within >= FAR:
            return ()
        return [event.at + self.within + 1 for event in self.patterns.found_on_record(view)]


@dataclass(frozen=True, slots=True)
class TriggerField(Condition):
    """A field of the event that made the duty arise."""

    name: str
    test: Test
    said: str
    of_trigger: bool = True

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        value = trigger.get(self.name) if trigger else None
        if value is None:
            return CANNOT_TELL
        return YES if self.test(value) else NO

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        verdict = self.verdict(view, at, trigger)
        missing = (self.name,) if verdict == CANNOT_TELL else ()
        return Because(self.words, verdict, (trigger.id,) if trigger else (), missing)

    def clause(self) -> str:
        return f"{self.name} {self.said}"
