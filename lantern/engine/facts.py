"""Conditions on what is known of the child: recorded facts and age. What nobody recorded is cannot tell, never no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lantern.engine.because import CANNOT_TELL, NO, YES, Because
from lantern.engine.conditions import Condition
from lantern.engine.instants import birthday
from lantern.engine.log import Event
from lantern.engine.patterns import Test
from lantern.engine.story import UNKNOWN

if TYPE_CHECKING:
    from lantern.engine.view import View


@dataclass(frozen=True, slots=True)
class Fact(Condition):
    """A recorded fact of the child compared with what the pack says; unrecorded is cannot tell, never no."""

    path: str
    test: Test
    said: str
    if_unknown: int = CANNOT_TELL
    types: frozenset[str] = frozenset({"profile_recorded"})
    timed: bool = True

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        return self._of(view.fact(self.path, self._when(view, at) if view.waits > at else at))

    def _when(self, view: View, at: int) -> int:
        return view.when_known(self.path, at) if self.if_unknown == CANNOT_TELL else at

    def _of(self, value: Any) -> int:
        if value is UNKNOWN:
            return self.if_unknown
        return YES if self.test(value) else NO

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        at = self._when(view, at) if view.waits > at else at
        verdict = self._of(view.fact(self.path, at))
        missing = (self.path,) if verdict == CANNOT_TELL else ()
        return Because(self.words, verdict, view.facts.source(self.path, at), missing)

    def clause(self) -> str:
        return f"{self.path} {self.said}"

    def points(self, view: View) -> Iterable[int]:
        """A fact may hold from before it was noted."""
        return view.facts.instants(self.path)


@dataclass(frozen=True, slots=True)
class Differs(Condition):
    """Two facts of the child are both known and not the same."""

    path: str
    other: str
    if_unknown: int = CANNOT_TELL
    types: frozenset[str] = frozenset({"profile_recorded"})
    timed: bool = True

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        one, two = self._values(view, at)
        if one is UNKNOWN or two is UNKNOWN:
            return self.if_unknown
        return YES if one != two else NO

    def _values(self, view: View, at: int) -> tuple[Any, Any]:
        waits = self.if_unknown == CANNOT_TELL
        one, two = (view.when_known(path, at) if waits else at for path in (self.path, self.other))
        return view.fact(self.path, one), view.fact(self.other, two)

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        verdict = self.verdict(view, at, trigger)
        values = zip((self.path, self.other), self._values(view, at), strict=True)
        missing = tuple(path for path, value in values if value is UNKNOWN)
        return Because(self.words, verdict, view.facts.source(self.path, at), missing if verdict == CANNOT_TELL else ())

    def clause(self) -> str:
        return f"{self.path} differs from {self.other}"

    def points(self, view: View) -> Iterable[int]:
        return [*view.facts.instants(self.path), *view.facts.instants(self.other)]


@dataclass(frozen=True, slots=True)
class Age(Condition):
    """The child's age in whole years on that day."""

    least: int = 0
    under: int = 200
    if_unknown: int = CANNOT_TELL
    types: frozenset[str] = frozenset({"profile_recorded"})
    timed: bool = True

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        born = view.facts.born()
        if born is None:
            return self.if_unknown
        if self.least and at < birthday(born, self.least):
            return NO
        return YES if self.under >= 200 or at < birthday(born, self.under) else NO

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        verdict = self.verdict(view, at, trigger)
        missing = ("date_of_birth",) if verdict == CANNOT_TELL else ()
        return Because(self.words, verdict, view.facts.source("date_of_birth", at), missing)

    def clause(self) -> str:
        if self.least and self.under < 200:
            return f"aged {self.least} to {self.under - 1}"
        return f"aged {self.least} or over" if self.least else f"under {self.under}"

    def points(self, view: View) -> Iterable[int]:
        born = view.facts.born()
        if born is None:
            return ()
        return [birthday(born, age) for age in (self.least, self.under) if 0 < age < 200]


def describe(value: Any) -> str:
    """A value of a pack in words for a clause."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")
