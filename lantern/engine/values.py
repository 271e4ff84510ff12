"""Checking one field's value against what the vocabulary says of it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Protocol

from lantern.engine.events import Field
from lantern.engine.instants import as_instant, parse_date
from lantern.engine.roles import ROLES

LONGEST_SLIP = 60  # comparing long text with every known word takes long


class Say(Protocol):
    """How a problem is handed on."""

    def __call__(self, code: str, message: str, said: object = "", expected: str = "", hint: str = "") -> None: ...


def as_list(value: Any) -> list[Any]:
    """A value given alone or in a list, as a list; nothing is an empty list."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def near_miss(said: Any, known: Iterable[str]) -> str:
    """A hint naming the known word nearest to what was said; nothing for what is too long to be a slip."""
    words = str(said)
    near = get_close_matches(words, known, n=1) if len(words) <= LONGEST_SLIP else []
    return f"Did you mean {near[0]}?" if near else ""


def check_value(field: Field, value: Any, say: Say) -> None:
    """Say what is wrong with a value; silence means it may be used."""
    checker = _CHECKERS.get(field.kind)
    if checker:
        checker(field, value, say)


def _choices(field: Field, value: Any, say: Say) -> None:
    if not field.closed:
        return
    values = as_list(value) if field.kind == "choices" else [value]
    for item in values:
        if item not in field.choices:
            hint = near_miss(item, field.choices)
            say("unknown_value", f"{field.name} has no such value", item, " or ".join(field.choices), hint)


def _role(field: Field, value: Any, say: Say) -> None:
    if not isinstance(value, str) or value not in ROLES:
        hint = near_miss(value, ROLES)
        say("unknown_role", f"{field.name} is not a role", value, "a role of the vocabulary", hint)


def _bool(field: Field, value: Any, say: Say) -> None:
    # Words such as "partly" do occur in what people send; only what can be no answer at all is refused.
    if not isinstance(value, (bool, str)):
        say("bad_value", f"{field.name} is neither true nor false", value, "true or false")


def _instant(field: Field, value: Any, say: Say) -> None:
    try:
        as_instant(value)
    except ValueError as error:
        say("bad_instant", f"{field.name} is not a moment: {error}", value, "a date and time with an offset")


def _date(field: Field, value: Any, say: Say) -> None:
    try:
        parse_date(str(value))
    except ValueError:
        say("bad_date", f"{field.name} is not a date", value, "a date such as 2011-05-09")


_CHECKERS = {
    "choice": _choices,
    "choices": _choices,
    "role": _role,
    "bool": _bool,
    "instant": _instant,
    "date": _date,
}
