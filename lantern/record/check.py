"""Whether an event may be appended: the vocabulary's own rules, and what would not survive storing."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from lantern.engine import vocabulary  # noqa: F401  importing it fills the registry
from lantern.engine.events import LINE_KEYS, REGISTRY, Field
from lantern.engine.instants import FIRST_YEAR
from lantern.engine.log import LineReader
from lantern.engine.problems import Problem
from lantern.record.actor import Actor
from lantern.record.canonical import canonical, plain
from lantern.record.errors import BadEvent, FieldProblem

# The clocks of two machines may differ by this much; later than that, an event would have happened in the future.
CLOCKS_DIFFER = timedelta(minutes=5)
# Nothing that happened before is about somebody who is a child, or was one in living systems.
EARLIEST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
# Characters of one event: a long interview fits a hundred times, a mistake or an attack does not.
LARGEST = 1_000_000
LONGEST_CODE = 120  # characters; references and names of bodies fit
EXACT_WHOLE = 2**53  # beyond it other programs round whole numbers

Say = Callable[[str, str, str], None]


def check_events(events: Sequence[Any], by: Actor, at: datetime) -> list[dict[str, Any]]:
    """The fields of each event in their plain form. Raises BadEvent with everything that is wrong."""
    problems: list[FieldProblem] = []
    fields = []
    for index, event in enumerate(events):
        given = {name: value for name, value in plain(event.fields).items() if value is not None}
        fields.append(given)
        for code, field, message in _problems(event, given, by, at):
            problems.append(FieldProblem(index, code, event.type, field, message))
    if problems:
        raise BadEvent(problems)
    return fields


def _problems(event: Any, given: Mapping[str, Any], by: Actor, at: datetime) -> Iterator[tuple[str, str, str]]:
    kind = REGISTRY.get(event.type)
    yield from _times(event.occurred_at, at)
    if kind is None:
        yield "unknown_event", "event", "there is no such event"
        return
    if event.episode is not None and not kind.in_episode:
        yield "not_in_episode", "episode", "this is a fact about the child, not about one episode"
    for name in given:
        if name not in kind.fields or name in LINE_KEYS:
            yield "unknown_field", name, "the event has no such field"
        else:
            yield from _not_a_code(kind.fields[name], given[name])
    yield from _unstorable(given)
    yield from _against_vocabulary(event, given, by)


def _not_a_code(field: Field, value: Any) -> Iterator[tuple[str, str, str]]:
    # what is not encrypted may hold no sentence
    if field.personal:
        return
    if field.kind == "bool" and not isinstance(value, bool):
        yield "bad_value", field.name, "neither true nor false"
    if field.kind in ("choice", "choices", "text"):
        for item in value if isinstance(value, list) else [value]:
            if not isinstance(item, str) or len(item) > LONGEST_CODE or not item.isprintable():
                yield "not_a_code", field.name, f"not a word or code of at most {LONGEST_CODE} characters"


def _times(occurred_at: datetime, at: datetime) -> Iterator[tuple[str, str, str]]:
    for name, moment in (("occurred_at", occurred_at), ("at", at)):
        if moment.utcoffset() is None:
            yield "no_offset", name, "the moment must say its offset from UTC"
            return
    if occurred_at > at + CLOCKS_DIFFER:
        yield "in_the_future", "occurred_at", "this has not happened yet"
    if occurred_at < EARLIEST:
        yield "too_long_ago", "occurred_at", "this is too long ago to be meant"


def _unstorable(given: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, value in given.items():
        try:
            size = len(canonical(value).decode())
        except (TypeError, ValueError, RecursionError):
            yield "unstorable", name, "the value cannot be written as JSON in UTF-8"
            continue
        if size > LARGEST:
            yield "too_large", name, f"more than {LARGEST} characters"
        elif not all(map(_keeps, _leaves(value))):
            yield "unstorable", name, "a character or number that a database would change"


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value


def _keeps(leaf: Any) -> bool:
    if isinstance(leaf, str):
        return "\x00" not in leaf
    if isinstance(leaf, float):
        # a database keeps decimals as written, and writes 1e22 out; short ones come back as they went
        return math.isfinite(leaf) and "e" not in repr(leaf) and str(leaf) != "-0.0"
    return leaf is None or isinstance(leaf, bool) or (isinstance(leaf, int) and abs(leaf) <= EXACT_WHOLE)


def _against_vocabulary(event: Any, given: Mapping[str, Any], by: Actor) -> Iterator[tuple[str, str, str]]:
    found: list[Problem] = []
    line = dict(given) | {
        "event": event.type,
        "id": "new",
        "child": "child",
        "episode": str(event.episode.id) if event.episode else None,
        "occurred_at": "2026-01-01T00:00:00+00:00",
        "by_role": event.by_role or by.role or None,
        "agency": event.agency or by.agency,
    }
    LineReader("event", 0, found).read(line)
    if isinstance(given.get("corrected_event"), Mapping):
        _read_nested(given["corrected_event"], found)
    for problem in found:
        yield problem.code, _field_of(problem, REGISTRY[event.type].fields), _words(problem)


def _read_nested(inner: Mapping[str, Any], found: list[Problem]) -> None:
    header = {"child": "child", "episode": "episode", "occurred_at": "2026-01-01T00:00:00+00:00"}
    LineReader("corrected_event", 0, found).read(header | dict(inner))


def _field_of(problem: Problem, fields: Mapping[str, Any]) -> str:
    # the message of a problem begins with the field's name, or names it as missing
    words = problem.message.replace(",", " ").split()
    return next((word for word in words if word in fields or word in LINE_KEYS), problem.code.removeprefix("missing_"))


def _words(problem: Problem) -> str:
    expected = f"; expected {problem.expected}" if problem.expected else ""
    return f"{problem.message}{expected}"
