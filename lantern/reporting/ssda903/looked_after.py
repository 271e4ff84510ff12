"""Was the child looked after on a day, and by whom? Facts by date, from `profile_recorded` events.

A statement holds from `since` where it gives one, else from when it was made. Of the statements that hold at
an instant the one made last counts: a later statement with an earlier `since` rewrites the time it speaks of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from lantern.reporting.known import Known, instant
from lantern.reporting.ssda903.year import LONDON, london_date

Answer = Literal["yes", "no", "cannot_tell"]
_NOT_IN_CARE = ("none", "no", "")


@dataclass(frozen=True)
class Statement:
    """What one event says: `looked_after` from `holds_from` on."""

    looked_after: bool
    holds_from: datetime
    made_at: datetime
    event: Known


@dataclass(frozen=True)
class Care:
    """The answer for one day and the events it rests on; `while_away` when it was first said during the
    absence.
    """

    answer: Answer
    events: tuple[str, ...] = ()
    while_away: bool = False


def statements(profile: Sequence[Known]) -> list[Statement]:
    """Every statement on being looked after, in the order made; without a legal basis it is none."""
    found = [_statement(event) for event in profile if event.said("looked_after") is not None]
    return [statement for statement in found if statement is not None]


def _statement(event: Known) -> Statement | None:
    said: Any = event.said("looked_after")
    if isinstance(said, bool):
        return Statement(said, event.occurred_at, event.occurred_at, event)
    basis = said.get("legal_basis")
    if basis is None:
        return None
    since = said.get("since")
    holds_from = event.occurred_at if since is None else start_of(since)
    return Statement(str(basis).lower() not in _NOT_IN_CARE, holds_from, event.occurred_at, event)


def start_of(value: str | date) -> datetime:
    """The first instant of a London date, or the instant itself where a time is given."""
    if isinstance(value, datetime) or (isinstance(value, str) and "T" in value):
        return instant(value)
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return datetime.combine(day, time(), LONDON)


def on_the_day_of(said: Sequence[Statement], start: datetime, end: datetime | None) -> Care:
    """Whether the child was looked after on the London day of `start`, the start of an absence that ended at
    `end`.

    In force at the start, or beginning later that day. Where nothing was ever said before the absence, the
    first statement made during it counts (a report often brings the first word of a child), and is marked as
    such.
    """
    in_force = holding_at(said, start)
    if in_force is not None and in_force.looked_after:
        return Care("yes", in_force.event.ids)
    day = london_date(start)
    for statement in said:
        if statement.looked_after and statement.holds_from > start and london_date(statement.holds_from) == day:
            return Care("yes", statement.event.ids)
    if in_force is not None:
        return Care("no", in_force.event.ids)
    if said and (end is None or said[0].made_at <= end):
        return Care("yes" if said[0].looked_after else "no", said[0].event.ids, while_away=True)
    return Care("cannot_tell", said[0].event.ids if said else ())


def holding_at(said: Sequence[Statement], at: datetime) -> Statement | None:
    """The statement in force at an instant, None where nothing says."""
    return next((statement for statement in reversed(said) if statement.holds_from <= at), None)


def care_ended_between(said: Sequence[Statement], start: datetime, end: datetime | None) -> Statement | None:
    """The first statement by which the child stopped being looked after during an absence, if any."""
    for statement in sorted(said, key=lambda one: one.holds_from):
        during = start < statement.holds_from and (end is None or statement.holds_from < end)
        if during and holding_at(said, statement.holds_from) is statement and not statement.looked_after:
            return statement
    return None
