"""The conditions of the rule language.  Each answers yes, no or cannot tell, and can say because of what.

`verdict(view, at, trigger)` is the fast answer; `because(view, at, trigger)` builds the same answer as data.
`points(view)` are the instants at which the answer may change; `types` the events that may change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lantern.engine.because import CANNOT_TELL, NO, YES, Because
from lantern.engine.instants import FAR
from lantern.engine.log import Event

if TYPE_CHECKING:
    from lantern.engine.view import View


class Condition:
    """Base of all conditions."""

    __slots__ = ("_words",)
    _words: str
    types: frozenset[str] = frozenset()
    beyond: bool = False  # whether events outside the episode (facts apart) may change the answer
    of_trigger: bool = False  # whether the answer hangs on the event that made the duty arise
    timed: bool = False  # whether the answer may change though nothing happens
    needs: frozenset[str] | None = None  # without an event of these types in the episode the answer is no
    bounded: bool = False  # whether `soonest` may say anything

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        raise NotImplementedError

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        return Because(self.words, self.verdict(view, at, trigger))

    def clause(self) -> str:
        raise NotImplementedError

    @property
    def words(self) -> str:
        """The clause, made once."""
        try:
            return self._words
        except AttributeError:
            object.__setattr__(self, "_words", self.clause())
            return self._words

    def points(self, view: View) -> Iterable[int]:
        """Instants at which the answer may change though nothing happens."""
        return ()

    def soonest(self, view: View) -> int:
        """Before this instant the answer is no, whatever else is so; long ago where nothing can be said."""
        return -FAR

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

    __slots__ = ("all", "beyond", "bounded", "clocks", "needs", "of_trigger", "timed", "types")
    word = ""

    def __init__(self, parts: Iterable[Condition]) -> None:
        self.all = tuple(parts)
        self.types = frozenset().union(*(part.types for part in self.all))
        self.beyond = any(part.beyond for part in self.all)
        self.of_trigger = any(part.of_trigger for part in self.all)
        self.clocks = tuple({id(leaf): leaf for part in self.all if part.timed for leaf in _leaves(part)}.values())
        self.timed = bool(self.clocks)
        self.needs = self._needs([part.needs for part in self.all])
        self.bounded = any(part.bounded for part in self.all)

    def _needs(self, parts: list[frozenset[str] | None]) -> frozenset[str] | None:
        return None

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        parts = tuple([part.because(view, at, trigger) for part in self.all])
        verdicts = [part.verdict for part in parts]
        missing: tuple[str, ...] = ()
        if CANNOT_TELL in verdicts:
            missing = tuple(
                dict.fromkeys(name for part in parts if part.verdict == CANNOT_TELL for name in part.all_missing())
            )
        return Because(self.words, self._together(verdicts), (), missing, parts)

    def _together(self, verdicts: list[int]) -> int:
        """What the verdicts on the parts come to."""
        raise NotImplementedError

    def clause(self) -> str:
        return self.word

    def points(self, view: View) -> Iterable[int]:
        return [point for leaf in self.clocks for point in leaf.points(view)]

    def parts(self) -> tuple[Condition, ...]:
        return self.all


def _leaves(condition: Condition) -> Iterable[Condition]:
    """The conditions at the bottom whose answer may change though nothing happens."""
    return condition.clocks if isinstance(condition, Group) else (condition,)


class AllOf(Group):
    """No if any part is no; else cannot tell if any part cannot tell."""

    __slots__ = ()
    word = "all of"

    def _needs(self, parts: list[frozenset[str] | None]) -> frozenset[str] | None:
        return min((needs for needs in parts if needs is not None), key=len, default=None)

    def soonest(self, view: View) -> int:
        return max([part.soonest(view) for part in self.all if part.bounded], default=-FAR)

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        result = YES
        for part in self.all:
            verdict = part.verdict(view, at, trigger)
            if verdict == NO:
                return NO
            if verdict == CANNOT_TELL:
                result = CANNOT_TELL
        return result

    def _together(self, verdicts: list[int]) -> int:
        return NO if NO in verdicts else CANNOT_TELL if CANNOT_TELL in verdicts else YES


class AnyOf(Group):
    """Yes if any part is yes; else cannot tell if any part cannot tell."""

    __slots__ = ()
    word = "any of"

    def _needs(self, parts: list[frozenset[str] | None]) -> frozenset[str] | None:
        needed = [needs for needs in parts if needs is not None]
        return frozenset().union(*needed) if len(needed) == len(parts) else None

    def soonest(self, view: View) -> int:
        return min([part.soonest(view) for part in self.all], default=-FAR)

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        result = NO
        for part in self.all:
            verdict = part.verdict(view, at, trigger)
            if verdict == YES:
                return YES
            if verdict == CANNOT_TELL:
                result = CANNOT_TELL
        return result

    def _together(self, verdicts: list[int]) -> int:
        return YES if YES in verdicts else CANNOT_TELL if CANNOT_TELL in verdicts else NO


_OPPOSITE = {YES: NO, NO: YES, CANNOT_TELL: CANNOT_TELL}


class Not(Group):
    """The opposite; cannot tell stays cannot tell."""

    __slots__ = ()
    word = "not"

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        return _OPPOSITE[self.all[0].verdict(view, at, trigger)]

    def _together(self, verdicts: list[int]) -> int:
        return _OPPOSITE[verdicts[0]]


class Named(Group):
    """A condition that the pack gave a name: a term or a classification. Many duties ask the same of a moment."""

    __slots__ = ("says",)

    def __init__(self, says: str, condition: Condition) -> None:
        super().__init__((condition,))
        self.says = says

    def _needs(self, parts: list[frozenset[str] | None]) -> frozenset[str] | None:
        return parts[0]

    def soonest(self, view: View) -> int:
        return self.all[0].soonest(view)

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
        return Because(self.says, inner.verdict, (), inner.missing, (inner,))
