"""One child's log as it can be seen at a moment: corrections applied, facts by date, events by episode.

`told_of(events, as_of, known_at)` gives the child's story; nothing recorded after `known_at` or happening after
`as_of` is in it.  What a protocol makes of it (authority, categories) is `view`'s business.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from lantern.engine.checks import OPENERS
from lantern.engine.instants import FAR, as_instant, birthday, london_day, parse_date, parse_instant, to_datetime
from lantern.engine.log import BY_TIME, Event, LineReader, in_order
from lantern.engine.problems import Problem
from lantern.engine.values import as_list

UNKNOWN: Any = object()  # a fact that nobody has recorded
_Series = tuple[list[int], list[Any], list[str]]
_NESTED = frozenset({"looked_after", "placement", "exploitation", "essential_medication", "allocated", "identifiers"})


class Episode:
    """The events of one episode in the order they happened; `shared` when some were recorded in another one."""

    __slots__ = ("by_type", "events", "id", "shared", "start")

    def __init__(self, id_: str, events: list[Event], shared: bool) -> None:
        self.id = id_
        self.events = events
        self.shared = shared
        self.by_type = by_type(events)
        self.start = FAR
        for type_ in OPENERS:
            listed = self.by_type.get(type_)
            if listed is not None and listed[0].at < self.start:
                self.start = listed[0].at
        if self.start == FAR:
            self.start = events[0].at

    @property
    def day(self) -> int:
        """The London date on which it began."""
        return london_day(self.start)

    def first(self, type_: str) -> Event | None:
        events = self.by_type.get(type_)
        return events[0] if events else None


def by_type(events: list[Event]) -> dict[str, list[Event]]:
    """The events of each type, in the order given. Ask with `get`."""
    index: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        index[event.type].append(event)
    return index


class Facts:
    """What is known of the child, by date. A first known date of birth holds for all time."""

    __slots__ = ("_born", "_series", "events")

    def __init__(self, profiles: list[Event]) -> None:
        self.events = profiles
        self._series: dict[str, _Series] = {}  # laid out when a fact is first asked for: most never are
        self._born: tuple[date | None, ...] = ()  # empty until it is asked for

    def _said_of(self, name: str) -> _Series:
        """From when each thing said of a fact holds, what it is, and the event that it rests on."""
        series = self._series.get(name)
        if series is None:
            said = [
                (event, value) for event in self.events if (value := event.fields.get(name, UNKNOWN)) is not UNKNOWN
            ]
            statements = [(_holds_from(name, value, event), value, event.id) for event, value in said]
            series = self._series[name] = _laid_over(name, statements)
        return series

    def instants(self, path: str) -> list[int]:
        """From when each thing said of a fact holds."""
        return self._said_of(_parted(path)[0])[0]

    def value(self, path: str, at: int) -> Any:
        """The value at that instant of `name` or `name.part`; UNKNOWN when nobody had recorded it."""
        name, part = _parted(path)
        instants, values, _ = self._series.get(name) or self._said_of(name)
        if not instants or at < instants[0]:
            return UNKNOWN
        value = values[-1] if at >= instants[-1] else values[bisect_right(instants, at) - 1]
        if part:
            value = value.get(part, UNKNOWN) if isinstance(value, dict) else UNKNOWN
        return UNKNOWN if value is None else value

    def source(self, path: str, at: int) -> tuple[str, ...]:
        """The event that the value rests on."""
        instants, _, sources = self._said_of(_parted(path)[0])
        index = bisect_right(instants, at)
        return (sources[index - 1],) if index else ()

    def born(self) -> date | None:
        """The date of birth last said; None when nobody said one."""
        if not self._born:
            _, values, _ = self._said_of("date_of_birth")
            self._born = (parse_date(str(values[-1])) if values else None,)
        return self._born[0]


@cache
def _parted(path: str) -> tuple[str, str]:
    """`name` and `part` of `name.part`; packs name only so many."""
    name, _, part = path.partition(".")
    return name, part


def _laid_over(name: str, statements: list[tuple[int, Any, str]]) -> _Series:
    """Statements in the order from which they hold; one given in part leaves the other parts as they were."""
    if len(statements) > 1:
        statements = sorted(statements, key=itemgetter(0))
    values: list[Any] = []
    for _, value, _ in statements:
        both = name in _NESTED and isinstance(value, dict) and values and isinstance(values[-1], dict)
        values.append({**values[-1], **value} if both else value)
    return [at for at, _, _ in statements], values, [id_ for _, _, id_ in statements]


def _holds_from(name: str, value: Any, event: Event) -> int:
    """A date of birth was always so; a fact that says `since` holds from then; others from when they were noted."""
    if name == "date_of_birth":
        return -FAR
    since = value.get("since") if isinstance(value, dict) else None
    if since:
        try:
            words = str(since)
            return min(event.at, parse_instant(words) if "T" in words else birthday(parse_date(words), 0))
        except ValueError:
            return event.at
    return event.at


class Story:
    """One child: facts, episodes in order of their start, and the events that stand."""

    __slots__ = ("_by_type", "_moments", "child", "episodes", "events", "facts", "in_order", "problems")

    def __init__(self, child: str, events: list[Event], problems: list[Problem]) -> None:
        self.child = child
        self.events = events
        self._moments: list[int] | None = None
        self.problems = problems
        self._by_type: dict[str, list[Event]] | None = None
        self.facts = Facts([event for event in events if event.type == "profile_recorded"])
        by_episode: defaultdict[str, list[Event]] = defaultdict(list)
        for event in events:
            if event.episode is not None:
                by_episode[event.episode].append(event)
        shared = _share_across([event for event in events if "episodes" in event.fields], by_episode)
        self.episodes = {name: Episode(name, listed, name in shared) for name, listed in by_episode.items()}
        self.in_order = sorted(self.episodes.values(), key=attrgetter("start", "id"))

    @property
    def by_type(self) -> dict[str, list[Event]]:
        """All events of the child by type."""
        if self._by_type is None:
            self._by_type = by_type(self.events)
        return self._by_type

    @property
    def moments(self) -> list[int]:
        """When each of the events happened."""
        if self._moments is None:
            self._moments = [event.at for event in self.events]
        return self._moments


def _share_across(events: list[Event], by_episode: dict[str, list[Event]]) -> set[str]:
    """An event that names other episodes (one interview for several) stands in each of them: gives which they are."""
    shared: set[str] = set()
    for event in events:
        for name in map(str, as_list(event.fields["episodes"])):
            listed = by_episode.get(name)
            if listed is not None and event not in listed:
                listed.append(event)
                listed.sort(key=BY_TIME)
                shared.add(name)
    return shared


def told_of(child: str, events: list[Event], as_of: int, known_at: int) -> Story:
    """The story of one child as it stood."""
    problems: list[Problem] = []
    known = [event for event in events if event.told <= known_at]
    if [event for event in known if event.type == "corrected"]:
        known = _corrected(known, problems)
    return Story(child, in_order([event for event in known if event.at <= as_of]), problems)


def _corrected(known: list[Event], problems: list[Problem]) -> list[Event]:
    """The latest correction of each event wins; one that was itself recorded in error has no effect."""
    by_id = {event.id: event for event in known}
    corrections = sorted((event for event in known if event.type == "corrected"), key=attrgetter("told", "line"))
    undone: set[str] = set()
    instead: dict[str, Event | None] = {}
    for correction in reversed(corrections):  # newest first: what a newer one has undone is passed over
        target = by_id.get(str(correction.fields["corrects"]))
        line = _should_read(correction)
        if correction.id in undone or target is None:
            continue
        if target.type == "corrected" and line is None:
            undone.add(target.id)
            continue
        root = _root(target, by_id)
        if root is not None and root.id not in instead:
            instead[root.id] = _reads_now(root, line, correction, problems) if line else None
    standing = [instead.get(event.id, event) for event in known if event.type != "corrected"]
    return [event for event in standing if event is not None]


def _root(event: Event | None, by_id: dict[str, Event]) -> Event | None:
    """The event that a correction, or a correction of corrections, is about."""
    passed = set()
    while event is not None and event.type == "corrected" and event.id not in passed:
        passed.add(event.id)
        event = by_id.get(str(event.fields["corrects"]))
    return event if event is not None and event.type != "corrected" else None


def _should_read(correction: Event) -> dict[str, Any] | None:
    """How the event should read; None when it was recorded in error."""
    line = correction.fields.get("corrected_event")
    while isinstance(line, dict) and line.get("event") == "corrected":
        line = line.get("corrected_event")
    return line if isinstance(line, dict) and line else None


def _reads_now(event: Event, line: dict[str, Any], correction: Event, problems: list[Problem]) -> Event:
    """The event as it should read. What the correction does not say of who, where and when stays as it was.

    It keeps the id that others refer to, and the moment we first learned of it: clocks that start when we were told
    do not start again.
    """
    header = {
        "event": event.type, "episode": event.episode, "by_role": event.by_role, "agency": event.agency,
        "occurred_at": to_datetime(event.at), "recorded_at": to_datetime(event.told),
    }  # fmt: skip
    said = {name: value for name, value in line.items() if value is not None}
    better = LineReader("log", correction.line, problems).read({**header, **said, "id": event.id, "child": event.child})
    if better is None:
        return event  # listed as a problem
    if "recorded_at" not in said:
        better.told = max(better.told, better.at)
    better.line = event.line
    return better


def instant_of(value: Any) -> int | None:
    """A field that holds a moment, as an instant; None when it holds none."""
    if value is None:
        return None
    try:
        return as_instant(value)
    except ValueError:
        return None
