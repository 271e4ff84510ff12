"""What the report is made of: rows, what was left out and why, and what could not be decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from lantern.reporting.ssda903.year import CollectionYear

Letter = Literal["M", "A"]


@dataclass(frozen=True)
class Row:
    """One episode of one looked-after child.

    `child` is what the CSV says (the authority's own id, or Lantern's reference where there is none);
    `child_key` and `episode` are the log's keys. `started` and `ended` are London dates; `ended` is None
    while open at the end of the collection year. `events` maps each column, and `looked_after`, to the ids of
    the events it rests on.
    """

    child: str
    date_of_birth: date
    missing: Letter
    started: date
    ended: date | None
    child_key: str
    episode: str
    events: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """An episode that cannot be reported until somebody supplies a fact. `needs` says what, and who could
    supply it.
    """

    code: str
    child_key: str
    episode: str
    message: str
    needs: str
    events: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """An episode that rightly has no row, with the reason: not_looked_after, other_authority or adult."""

    code: str
    child_key: str
    episode: str
    message: str
    events: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rows:
    """The whole report of one collection year, in the order of the file."""

    year: CollectionYear
    known_at: datetime | None
    rows: tuple[Row, ...] = field(default=())
    problems: tuple[Problem, ...] = field(default=())
    left_out: tuple[LeftOut, ...] = field(default=())
