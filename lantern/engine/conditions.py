"""The conditions of the rule language.  Each answers yes, no or cannot tell, and can say because of what.

`verdict(view, at, trigger)` is the fast answer; `because(view, at, trigger)` builds the same answer as data.
`points(view)` are the instants at which the answer may change; `types` the events that may change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lantern.engine.because import CANNOT_TELL, NO, YES, Because
from lantern.engine.instants import birthday
from lantern.engine.log import Event
from lantern.engine.patterns import Test
from lantern.engine.story import UNKNOWN

if TYPE_CHECKING:
    from lantern.engine.view import View


class Condition:
    """Base of all conditions."""

    __slots__ = ()
    types: frozenset[str] = frozenset()
    beyond: bool = False  # whether events outside the episode (facts apart) may change the answer
    of_trigger: bool = False  # whether the answer hangs on the event that made the duty arise
    timed: bool = False  # whether the answer may change though nothing happens
    needs: frozenset[str] | None = None  # without an event of these types in the episode the answer is no

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        raise NotImplementedError

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        return Because(self.clause(), self.verdict(view, at, trigger))

    def clause(self) -> str:
        raise NotImplementedError

    def points(self, view: View) -> Iterable[int]:
        """Instants at which the answer may change though nothing happens."""
        return ()

    def parts(self) -> tuple[Condition, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Always(Condition):
    """Holds whatever happens."""

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        return YES

    def clause(self) -> str:
        return "always"


class Group(Condition):
    """Several conditions taken together."""

    __slots__ = ("all", "beyond", "needs", "of_trigger", "timed", "timed_parts", "types")
    word = ""

    def __init__(self, parts: Iterable[Condition]) -> None:
        self.all = tuple(parts)
        self.types = frozenset().union(*(part.types for part in self.all))
        self.beyond = any(part.beyond for part in self.all)
        self.of_trigger = any(part.of_trigger for part in self.all)
        self.timed_parts = tuple(part for part in self.all if part.timed)
        self.timed = bool(self.timed_parts)
        self.needs = self._needs([part.needs for part in self.all])

    def _needs(self, parts: list[frozenset[str] | None]) -> frozenset[str] | None:
        return None

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        parts = tuple(part.because(view, at, trigger) for part in self.all)
        missing = tuple(
            dict.fromkeys(name for part in parts if part.verdict == CANNOT_TELL for name in part.all_missing())
        )
        return Because(self.word, self.verdict(view, at, trigger), missing=missing, parts=parts)

    def clause(self) -> str:
        return self.word

    def points(self, view: View) -> Iterable[int]:
        return [point for part in self.timed_parts for point in part.points(view)]

    def parts(self) -> tuple[Condition, ...]:
        return self.all


class AllOf(Group):
    """No if any part is no; else cannot tell if any part cannot tell."""

    __slots__ = ()
    word = "all of"

    def _needs(self, parts: list[frozenset[str] | None]) -> frozenset[str] | None:
        return min((needs for needs in parts if needs is not None), key=len, default=None)

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        result = YES
        for part in self.all:
            verdict = part.verdict(view, at, trigger)
            if verdict == NO:
                return NO
            if verdict == CANNOT_TELL:
                result = CANNOT_TELL
        return result


class AnyOf(Group):
    """Yes if any part is yes; else cannot tell if any part cannot tell."""

    __slots__ = ()
    word = "any of"

    def _needs(self, parts: list[frozenset[str] | None]) -> frozenset[str] | None:
        needed = [needs for needs in parts if needs is not None]
        return frozenset().union(*needed) if len(needed) == len(parts) else None

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        result = NO
        for part in self.all:
            verdict = part.verdict(view, at, trigger)
            if verdict == YES:
                return YES
            if verdict == CANNOT_TELL:
                result = CANNOT_TELL
        return result


_OPPOSITE = {YES: NO, NO: YES, CANNOT_TELL: CANNOT_TELL}


class Not(Group):
    """The opposite; cannot tell stays cannot tell."""

    __slots__ = ()
    word = "not"

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        return _OPPOSITE[self.all[0].verdict(view, at, trigger)]


class Named(Group):
    """A condition that the pack gave a name: a term or a classification. Many duties ask the same of a moment."""

    __slots__ = ("says",)

    def __init__(self, says: str, condition: Condition) -> None:
        super().__init__((condition,))
        self.says = says

    def _needs(self, parts: list[frozenset[str] | None]) -> frozenset[str] | None:
        return parts[0]

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        if self.of_trigger or view.waits > at:
            return self.all[0].verdict(view, at, trigger)
        verdict = view.told.get((self, at))
        if verdict is None:
            verdict = view.told[self, at] = self.all[0].verdict(view, at, trigger)
        return verdict

    def clause(self) -> str:
        return self.says

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        inner = self.all[0].because(view, at, trigger)
        return Because(self.says, inner.verdict, missing=inner.missing, parts=(inner,))


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
        value = view.fact(self.path, self._when(view, at) if view.waits > at else at)
        if value is UNKNOWN:
            return self.if_unknown
        return YES if self.test(value) else NO

    def _when(self, view: View, at: int) -> int:
        return view.when_known(self.path, at) if self.if_unknown == CANNOT_TELL else at

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        verdict = self.verdict(view, at, trigger)
        missing = (self.path,) if verdict == CANNOT_TELL else ()
        return Because(self.clause(), verdict, view.facts.source(self.path, self._when(view, at)), missing)

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
        return Because(
            self.clause(), verdict, view.facts.source(self.path, at), missing if verdict == CANNOT_TELL else ()
        )

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
        return Because(self.clause(), verdict, view.facts.source("date_of_birth", at), missing)

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
