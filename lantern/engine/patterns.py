"""Event patterns: which events a rule means, by type and by the values of their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lantern.engine.log import Event, in_order
from lantern.engine.values import as_list

if TYPE_CHECKING:
    from lantern.engine.view import View

Test = Callable[[Any], bool]
Looker = Callable[["View"], list[Event]]
_NONE: list[Event] = []


@dataclass(frozen=True, slots=True)
class Pattern:
    """One type of event, and tests on its fields."""

    type: str
    where: tuple[tuple[str, Any, Test], ...] = ()

    def matches(self, event: Event) -> bool:
        """Whether an event of this type passes every test."""
        for name, _, test in self.where:  # noqa: SIM110 - asked millions of times; `all` costs twice as much
            if not test(event.get(name)):
                return False
        return True

    def among(self, by_type: dict[str, list[Event]]) -> list[Event]:
        """Matching events of those given by type, in the order they happened."""
        events = by_type.get(self.type, _NONE)
        return [event for event in events if self.matches(event)] if self.where and events else events

    def in_words(self) -> str:
        tests = " and ".join(f"{name} {_said(said)}" for name, said, _ in self.where)
        return f"{self.type} with {tests}" if tests else self.type


@dataclass(frozen=True, slots=True)
class Patterns:
    """Any of several patterns."""

    all: tuple[Pattern, ...]

    plain: str = field(init=False)  # the type, where that is all there is to it
    apart: bool = field(init=False)  # whether no event can match two of them

    def __post_init__(self) -> None:
        plain = self.all[0].type if len(self.all) == 1 and not self.all[0].where else ""
        object.__setattr__(self, "plain", plain)
        object.__setattr__(self, "apart", len(self.types()) == len(self.all))

    def found_in(self, view: View) -> list[Event]:
        """Matching events of the episode that stand, in the order they happened. Looked up once for each view."""
        return self._looked_up(view.by_type, view.found_before)

    def looker(self, *, shared: bool) -> Looker:
        """`found_in` as a function; unless `shared`, without events of other episodes that only name this one."""
        plain = self.plain
        if shared:
            return self.found_in
        if plain:
            return lambda view: view.own.get(plain, _NONE)
        return lambda view: self._looked_up(view.own, view.found_own)

    def _looked_up(self, by_type: dict[str, list[Event]], before: dict[int, list[Event]]) -> list[Event]:
        if self.plain:
            return by_type.get(self.plain, _NONE)
        found = before.get(id(self))
        if found is None:
            found = before[id(self)] = self._among(by_type)
        return found

    def found_on_record(self, view: View) -> list[Event]:
        """The same, wherever on the child's record they stand."""
        found = view.found_anywhere.get(id(self))
        if found is None:
            found = self._among(view.story.by_type)
            if view.void:
                found = [event for event in found if event.id not in view.void]
            view.found_anywhere[id(self)] = found
        return found

    def _among(self, by_type: dict[str, list[Event]]) -> list[Event]:
        if len(self.all) == 1:
            return self.all[0].among(by_type)
        lists = [found for pattern in self.all if (found := pattern.among(by_type))]
        if len(lists) < 2:
            return lists[0] if lists else []
        if not self.apart:
            lists = [list({event.id: event for listed in lists for event in listed}.values())]
        return in_order([event for listed in lists for event in listed])

    def match(self, event: Event) -> bool:
        return any(pattern.type == event.type and pattern.matches(event) for pattern in self.all)

    def types(self) -> frozenset[str]:
        return frozenset(pattern.type for pattern in self.all)

    def in_words(self) -> str:
        return " or ".join(pattern.in_words() for pattern in self.all)

    def __iter__(self) -> Iterator[Pattern]:
        return iter(self.all)


def make_test(said: Any) -> Test:
    """What a pack says of a field, as a test. A list-valued field passes when it contains the value."""
    if isinstance(said, dict):
        ((how, value),) = said.items()
        return _TESTS[how](value)
    wanted = frozenset(map(_plain, as_list(said)))

    def test(value: Any) -> bool:
        if value.__class__ is str:
            return value in wanted
        return any(_plain(item) in wanted for item in _items(value))

    return test


def _items(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value)
    return as_list(value) if value is not None else [None]


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, bool, int, float, type(None))) else str(value)


def _not(said: Any) -> Test:
    test = make_test(said)
    return lambda value: not test(value)


def _at_least(least: Any) -> Test:
    return lambda value: isinstance(value, (int, float)) and value >= least


def _present(wanted: Any) -> Test:
    return lambda value: (value not in (None, "", [], {})) is bool(wanted)


_TESTS: dict[str, Callable[[Any], Test]] = {"not": _not, "at_least": _at_least, "present": _present}
WHERE_FORMS = frozenset(_TESTS)


def _said(said: Any) -> str:
    if isinstance(said, dict):
        ((how, value),) = said.items()
        return f"{how.replace('_', ' ')} {_said(value)}"
    return " or ".join(str(item).lower() if isinstance(item, bool) else str(item) for item in as_list(said))
