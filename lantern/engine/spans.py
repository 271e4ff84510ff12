"""Lengths of time as a pack says them: `72 hours`, `5 working days`, `3 months`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lantern.engine.instants import DAY, HOUR, MINUTE, add_months, end_of_day, london_day, working_day_after

_UNITS = {
    "minute": "minutes",
    "minutes": "minutes",
    "hour": "hours",
    "hours": "hours",
    "day": "days",
    "days": "days",
    "working day": "working days",
    "working days": "working days",
    "week": "weeks",
    "weeks": "weeks",
    "month": "months",
    "months": "months",
    "year": "years",
    "years": "years",
}
_FIXED = {"minutes": MINUTE, "hours": HOUR, "days": DAY, "weeks": 7 * DAY}
_DAYS = {"minutes": 0, "hours": 0, "days": 1, "working days": 2, "weeks": 7, "months": 31, "years": 366}  # at the most
_MOST_DAYS = 36600  # longer than any rule; calendars end somewhere
_WORDS = re.compile(r"(\d{1,5}) +([a-z]+(?: [a-z]+)?)")


@dataclass(frozen=True, slots=True)
class Span:
    """A number and a unit.

    Minutes and hours are elapsed.  Days, weeks, months and years end at 23:59:59 London time of their last day
    unless `exact`, when days and weeks are elapsed too.  Working days leave out the day of the start.
    """

    number: int
    unit: str
    exact: bool = False

    def __str__(self) -> str:
        return f"{self.number} {self.unit[:-1] if self.number == 1 else self.unit}"

    def after(self, instant: int) -> int:
        """The last instant that is still in time when the clock starts at `instant`."""
        if self.unit in ("minutes", "hours") or (self.exact and self.unit in _FIXED):
            return instant + self.number * _FIXED[self.unit]
        day = london_day(instant)
        if self.unit == "working days":
            return end_of_day(working_day_after(day, self.number))
        if self.unit in ("days", "weeks"):
            return end_of_day(day + self.number * (7 if self.unit == "weeks" else 1))
        return end_of_day(add_months(day, self.number * (12 if self.unit == "years" else 1)))

    def clock(self) -> Callable[[int], int]:
        """`after` as a function; for fixed lengths of time without asking for the unit each time."""
        if self.unit in ("minutes", "hours") or (self.exact and self.unit in _FIXED):
            length = self.elapsed()
            return lambda instant: instant + length
        if self.unit == "working days":
            return lambda instant: end_of_day(working_day_after(london_day(instant), self.number))
        return self.after

    def elapsed(self) -> int:
        """The span as plain elapsed time; only for units that have a fixed length."""
        return self.number * _FIXED[self.unit]

    def days(self) -> int:
        """How many dates a window of this span takes in (a month counts 31 at most; windows are given in days)."""
        return self.number * {"days": 1, "weeks": 7, "months": 31, "years": 366}[self.unit]


def parse_span(words: str, *, exact: bool = False) -> Span:
    """`72 hours` and its kin. Raises ValueError with what was expected."""
    match = _WORDS.fullmatch(words.strip())
    if not match or match[2] not in _UNITS:
        raise ValueError("a number and minutes, hours, days, working days, weeks, months or years, such as 72 hours")
    span = Span(int(match[1]), _UNITS[match[2]], exact)
    if span.number * _DAYS[span.unit] > _MOST_DAYS:
        raise ValueError("no more than a hundred years")
    return span
