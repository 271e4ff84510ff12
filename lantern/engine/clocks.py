"""When a duty is due: elapsed spans, working days, civil times, nights, times that an event has set.

A duty has a list of cases; the first whose condition holds gives its due time.  A case without a clock means
"as soon as possible": no due time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from lantern.engine.because import YES
from lantern.engine.conditions import Condition
from lantern.engine.instants import (
    add_months,
    at_civil_time,
    end_of_day,
    has_plain_hours,
    is_within,
    is_working_day,
    london_clock,
    london_day,
    next_civil_time,
)
from lantern.engine.log import Event
from lantern.engine.patterns import Patterns
from lantern.engine.spans import Span
from lantern.engine.story import instant_of

if TYPE_CHECKING:
    from lantern.engine.rules import Cite, Timetable
    from lantern.engine.view import View

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Clock = tuple[int, int]  # a London wall time: hour, minute


@dataclass(frozen=True, slots=True)
class Night:
    """Every so often by day; at the edges of the night instead while it lasts."""

    every: Span
    start: Clock
    end: Clock

    def clock(self) -> Callable[[int], int]:
        """By day the span, but never past the start of the night; at night its end. As a function."""
        by_day, wraps = self.every.clock(), self.start > self.end
        turns_of = lru_cache(maxsize=4096)(self._turns)

        def after(instant: int) -> int:
            turns = turns_of(london_day(instant))
            if turns is None:
                at_night, edge = self._turn(instant)
            elif instant < turns[0]:
                at_night, edge = wraps, turns[0]
            elif instant < turns[1]:
                at_night, edge = not wraps, turns[1]
            else:
                at_night, edge = wraps, turns[2]
            if at_night:
                return edge
            span = by_day(instant)
            return span if span < edge else edge

        return after

    def _turns(self, day: int) -> tuple[int, int, int] | None:
        """Both edges of the night on a London date, and the next after them; None where clocks change."""
        if not (has_plain_hours(day) and has_plain_hours(day + 1)):
            return None
        first, second = sorted((self.start, self.end))
        return at_civil_time(day, *first), at_civil_time(day, *second), at_civil_time(day + 1, *first)

    def _turn(self, instant: int) -> tuple[bool, int]:
        """Whether it is night by what the clocks show, and the next edge."""
        day, now = london_clock(instant)
        at_night = is_within(now, self.start, self.end)
        edge = self.end if at_night else self.start
        at = at_civil_time(day, *edge)
        return at_night, at if at > instant else at_civil_time(day + 1, *edge)


@dataclass(frozen=True, slots=True)
class ByTimetable:
    """A weekday and time relative to the next date of a timetable; `weeks` may be negative or positive."""

    timetable: str
    weekday: str
    weeks: int
    time: Clock | None


@dataclass(frozen=True, slots=True)
class DueCase:
    """One way in which a due time may be given.

    `from_` is `trigger`, a named moment, or a pattern (its latest event); `told` takes the moment of recording.
    """

    condition: Condition | None = None
    within: Span | None = None
    not_before: Span | None = None
    by: Clock | None = None
    working_day: bool = False  # `by` only on a working day
    night: Night | None = None
    agreed: tuple[Patterns, str] | None = None
    before: ByTimetable | None = None
    immediately: bool = False
    from_: str | Patterns = "trigger"
    told: bool = False
    earliest: tuple[DueCase, ...] = ()
    cites: tuple[Cite, ...] = ()
    assumed: str = ""

    clock: Callable[[int], int] | None = field(
        init=False, compare=False
    )  # from its start to its end, where it runs by itself

    def __post_init__(self) -> None:
        clock = self.within.clock() if self.within else self.night.clock() if self.night else None
        object.__setattr__(self, "clock", clock)

    def applies(self, view: View, at: int, trigger: Event | None) -> bool:
        return self.condition is None or self.condition.verdict(view, at, trigger) == YES

    def start(self, view: View, trigger_at: int, trigger: Event | None) -> int | None:
        """Where the clock starts; None when its moment has not come."""
        event: Event | int | None = trigger
        if isinstance(self.from_, Patterns):
            event = self._latest_before(self.from_.found_in(view), trigger_at)
            if event is None:
                return None
        elif self.from_ != "trigger":
            event = view.at_moment(self.from_)
            if event is None:
                return None
        if isinstance(event, int):
            return event
        if event is None:
            return trigger_at
        return event.told if self.told else max(event.at, trigger_at) if self.from_ == "trigger" else event.at

    @staticmethod
    def _latest_before(found: list[Event], instant: int) -> Event | None:
        """The latest at or before the instant; while there is none, the first that comes."""
        before = [event for event in found if event.at <= instant]
        return before[-1] if before else found[0] if found else None

    def due(self, view: View, start: int) -> int | None:
        """The last instant in time for a clock started there; None for as soon as possible."""
        if self.clock is not None:
            return self.clock(start)
        if self.by:
            return next_civil_time(start, *self.by, working_day=self.working_day)
        if self.agreed:
            return agreed_time(view, self.agreed, start)
        if self.before:
            return timetable_time(view.pack.timetables[self.before.timetable], self.before, start)
        return self._earliest(view, start)

    def _earliest(self, view: View, trigger_at: int) -> int | None:
        """The earlier of several clocks, each from its own start."""
        dues = []
        for case in self.earliest:
            start = case.start(view, trigger_at, None) if case.applies(view, trigger_at, None) else None
            due = case.due(view, start) if start is not None else None
            if due is not None:
                dues.append(due)
        return min(dues, default=None)


AS_SOON_AS_POSSIBLE = DueCase()


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a duty comes again: after a span (or as its due time says), from the meeting or the due time of the last."""

    every: Span | None = None
    from_: str = "met"
    until: Patterns | None = None
    set_by: tuple[Patterns, str] | None = None
    until_at_any_time: bool = False  # what `until` names ends it even when it came before the duty arose

    def next_due(self, view: View, case: DueCase, start: int) -> int | None:
        """Due time of the instance that starts there: the earlier of the rule's and what a meeting fixed."""
        return self.or_as_set(view, start, self.every.after(start) if self.every else case.due(view, start))

    def or_as_set(self, view: View, start: int, usual: int | None) -> int | None:
        """The usual time, or what a meeting has fixed where that is earlier."""
        if self.set_by is None:
            return usual
        fixed = agreed_time(view, self.set_by, start)
        return fixed if usual is None else usual if fixed is None else min(usual, fixed)


def agreed_time(view: View, agreed: tuple[Patterns, str], start: int) -> int | None:
    """The latest time that a matching event at or before the start has set, if it lies after the start."""
    patterns, name = agreed
    for event in reversed(patterns.found_in(view)):
        if event.at <= start:
            at = instant_of(event.fields.get(name))
            return at if at is not None and at > start else None
    return None


def timetable_dates(timetable: Timetable, start: int) -> int:
    """The ordinal of the first date of the timetable on or after the London date of the instant."""
    day = london_day(start)
    if timetable.anchor is not None:
        number, _, unit = timetable.every.partition(" ")
        if unit.startswith("year"):
            return _anniversary(timetable.anchor, int(number), day)
        step = 7 * int(number)
        ahead = (timetable.anchor.toordinal() - day) % step
        return day + ahead
    found = _day_of_period(timetable, day)
    return found if found >= day else _day_of_period(timetable, day + 7)  # only days off were left of the period


def _day_of_period(timetable: Timetable, day: int) -> int:
    """The timetable's day in the period that holds the date."""
    last = _period_end(timetable.every, date.fromordinal(day)).toordinal()
    while timetable.day == "last working day" and not is_working_day(last):
        last -= 1
    return last


def _anniversary(anchor: date, years: int, day: int) -> int:
    """The first date, every so many years after the anchor, that is not before the day."""
    at = anchor.toordinal()
    while at < day:
        at = add_months(at, 12 * years)
    return at


def _period_end(every: str, on: date) -> date:
    """The last day of the month, quarter or year that holds the date."""
    months = {"month": 1, "2 months": 2, "quarter": 3, "half-year": 6, "year": 12}[every]
    last = ((on.month - 1) // months + 1) * months
    first_of_next = date(on.year + last // 12, last % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


def timetable_time(timetable: Timetable, by: ByTimetable, start: int) -> int:
    """The instant that lies at the given weekday and time relative to the next date of the timetable."""
    day = timetable_dates(timetable, start)
    if by.weekday:
        day += WEEKDAYS.index(by.weekday) - date.fromordinal(day).weekday() + 7 * by.weeks
    return at_civil_time(day, *by.time) if by.time else end_of_day(day)
