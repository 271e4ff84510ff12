"""Reading a log: lines of JSON, or mappings of the same shape, into events with every problem listed.

Structural problems (no such event, no such role, an impossible date) make a log unusable: `BadLog`.
`checks` then looks at the story as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter, lt
from sys import intern
from typing import Any

from lantern.engine import vocabulary  # noqa: F401 - importing it fills the registry
from lantern.engine.events import LINE_KEYS, REGISTRY, Field
from lantern.engine.instants import as_instant
from lantern.engine.problems import BadLog, Problem
from lantern.engine.roles import SIDES, agency_kind
from lantern.engine.values import check_value, near_miss

BY_TIME = attrgetter("at", "told", "line")  # the order of a story: ties go to what was learned first
_MOMENT = attrgetter("at")
_NO_FIELDS: dict[str, Any] = {}
_OF_THE_LINE = {"by_role": "by_role", "agency": "agency", "event": "type"}
_LONGEST_NAME = 200


class Event:
    """One thing that happened. `at` and `told` are instants (UTC microseconds); `line` is its place in the log."""

    __slots__ = ("agency", "at", "by_role", "child", "episode", "fields", "id", "line", "told", "type")

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each column of a log line
        self,
        type_: str,
        id_: str,
        child: str,
        episode: str | None,
        at: int,
        told: int,
        by_role: str | None = None,
        agency: str | None = None,
        fields: dict[str, Any] = _NO_FIELDS,
        line: int = 0,
    ) -> None:
        self.type = type_
        self.id = id_
        self.child = child
        self.episode = episode
        self.at = at
        self.told = told
        self.by_role = by_role
        self.agency = agency
        self.fields = fields
        self.line = line

    def get(self, name: str) -> Any:
        """A field of the event or of its line; None when it was not given."""
        value = self.fields.get(name)
        if value is not None or name not in _OF_THE_LINE:
            return value
        return self.side if name == "agency" and self.type == "category_set" else getattr(self, _OF_THE_LINE[name])

    @property
    def side(self) -> str:
        """Whose category it is, `police` or `authority`: as said, else by the role that decided."""
        said = self.agency or self.fields.get("agency")
        return said if said in SIDES else agency_kind(self.decider)

    @property
    def decider(self) -> str | None:
        """The role that decided, or else that recorded."""
        return self.fields.get("decided_by_role") or self.by_role

    def __repr__(self) -> str:
        return f"<Event {self.id} {self.type} {self.child}/{self.episode}>"


def in_order(events: list[Event]) -> list[Event]:
    """As they happened, of two at once the one first learned of. Most often no two are, and the moment is enough."""
    events = sorted(events, key=_MOMENT)
    moments = [event.at for event in events]
    return events if all(map(lt, moments, moments[1:])) else sorted(events, key=BY_TIME)


@dataclass(slots=True)
class Log:
    """Events by child, in the order given, and what was odd about the story they tell."""

    children: dict[str, list[Event]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    source: str = "log"

    @classmethod
    def of(cls, lines: Iterable[Mapping[str, Any]], *, source: str = "log") -> Log:
        """Mappings in the shape of log lines. Raises BadLog with every structural problem."""
        return read_lines(enumerate(lines, start=1), source)

    def add(self, event: Event) -> None:
        self.children.setdefault(event.child, []).append(event)


def read_jsonl(text: str | Iterable[str], source: str) -> Log:
    """One JSON object a line, as one text or line by line; blank lines are passed over.

    Raises BadLog with every structural problem.
    """
    problems: list[Problem] = []
    lines = text.split("\n") if isinstance(text, str) else text
    return read_lines(_json_lines(lines, source, problems), source, problems)


def read_lines(
    numbered: Iterable[tuple[int, Mapping[str, Any]]], source: str, problems: list[Problem] | None = None
) -> Log:
    """Numbered lines to a log. `problems` may already hold what was found while splitting the text."""
    problems = [] if problems is None else problems
    log = Log(source=source)
    seen: dict[str, int] = {}
    for number, line in numbered:
        event = LineReader(source, number, problems).read(line)
        if event is None:
            continue
        if event.id in seen:
            _say_twice(problems, source, number, event.id, seen[event.id])
            continue
        seen[event.id] = number
        log.add(event)
    if problems:
        raise BadLog(problems)
    return log


def _say_twice(problems: list[Problem], source: str, number: int, id_: str, first: int) -> None:
    problems.append(
        Problem("repeated_id", f"the id stands on line {first} too", source, number, id_, "an id used once")
    )


def _json_lines(lines: Iterable[str], source: str, problems: list[Problem]) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line, object_pairs_hook=_no_repeats)
        except (ValueError, RecursionError) as error:
            problems.append(Problem("not_json", f"the line is not a JSON object: {error}", source, number))
            continue
        yield number, value


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


class LineReader:
    """Checks one line; problems go to the common list."""

    def __init__(self, source: str, number: int, problems: list[Problem]) -> None:
        self.source = source
        self.number = number
        self.problems = problems

    def problem(self, code: str, message: str, said: object = "", expected: str = "", hint: str = "") -> None:
        self.problems.append(
            Problem(code, message, self.source, self.number, str(said)[:80] if said != "" else "", expected, hint)
        )

    def read(self, line: Any) -> Event | None:
        """The event of a mapping in the shape of a log line, or None when something made it unusable."""
        before = len(self.problems)
        kind = REGISTRY.get(str(line.get("event"))) if isinstance(line, Mapping) else None
        if kind is None:
            self._unknown_event(line)
            return None
        # a correction belongs where the event that it corrects does: to an episode, or to the child alone
        in_episode = kind.in_episode and kind.name != "corrected"
        child, episode = self._name(line, "child", needed=True), self._name(line, "episode", needed=in_episode)
        id_ = self._name(line, "id", needed=False) or f"line-{self.number}"
        at = self._instant(line, "occurred_at")
        told = self._instant(line, "recorded_at") if line.get("recorded_at") is not None else at
        by_role = self._role(line, "by_role")
        fields = {key: value for key, value in line.items() if key not in LINE_KEYS and value is not None}
        for name, value in fields.items():
            if name in kind.fields:
                check_value(kind.fields[name], value, self.problem)
        if kind.name == "corrected" and "corrected_event" in fields:
            self._nested(fields["corrected_event"], line)
        for field_ in kind.fields.values():
            if field_.required and fields.get(field_.name) in (None, "", [], {}):
                self.problem("missing_field", f"{kind.name} needs {field_.name}", expected=field_.help or field_.name)
        if len(self.problems) > before or child is None:
            return None
        agency = line.get("agency")
        return Event(
            kind.name, id_, child, episode, at, told, by_role, intern(str(agency)) if agency is not None else None,
            fields, self.number,
        )  # fmt: skip

    def _nested(self, inner: Any, line: Mapping[str, Any]) -> None:
        """How the event should read is a line, too; what it leaves out stays as it was."""
        if not isinstance(inner, Mapping):
            self.problem("not_an_event", "corrected_event is not a JSON object", inner, "the event as it should read")
        elif inner.get("event") == "corrected":
            self._nested(inner.get("corrected_event", {}), line)
        elif inner:
            header = {name: line.get(name) for name in ("event", "child", "occurred_at")}
            if inner.get("child", header["child"]) != header["child"]:
                self.problem("another_child", "a correction cannot move an event to another child", inner["child"])
            event = inner.get("event") or "profile_recorded"
            LineReader(self.source, self.number, self.problems).read(
                {**header, "episode": "any", **inner, "event": event, "child": header["child"]}
            )

    def _unknown_event(self, line: Any) -> None:
        if not isinstance(line, Mapping):
            self.problem("not_an_event", "the line is not a JSON object", line)
            return
        said = line.get("event")
        if said is None:
            self.problem("missing_event", "the line does not say which event it is", expected="a key `event`")
            return
        hint = near_miss(said, REGISTRY)
        self.problem("unknown_event", "there is no such event", said, "an event of the vocabulary", hint)

    def _name(self, line: Mapping[str, Any], key: str, *, needed: bool) -> str | None:
        value = line.get(key)
        if value is None or value == "":
            if needed:
                self.problem(
                    f"missing_{key}", f"the line does not say which {key} it is about", expected=f"a key `{key}`"
                )
            return None
        name = str(value)
        if len(name) > _LONGEST_NAME or not name.isprintable():
            self.problem("bad_name", f"{key} is not a name", name, "a short name in printable characters")
        return intern(name)  # the same few names stand on every line

    def _role(self, line: Mapping[str, Any], key: str) -> str | None:
        value = line.get(key)
        if value is None:
            return None
        check_value(_ROLE, value, self.problem)
        return intern(str(value))

    def _instant(self, line: Mapping[str, Any], key: str) -> int:
        value = line.get(key)
        if value is None:
            self.problem(f"missing_{key}", f"the line has no {key}", expected="a date and time with an offset")
            return 0
        try:
            return as_instant(value)
        except ValueError as error:
            self.problem(
                "bad_instant", f"{key} is not a moment: {error}", value, "a date and time with an offset",
                "For example 2026-03-02T16:00:00+00:00",
            )  # fmt: skip
            return 0


_ROLE = Field("by_role", "role")
