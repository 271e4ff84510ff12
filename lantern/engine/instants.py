"""Moments and spans: UTC microseconds inside, London civil time only here.

An instant is an `int`: microseconds since 1970-01-01T00:00Z.  A limit is closed: met at or before it,
overdue from the first microsecond after it.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
FAR = 1 << 62  # later than any instant
FIRST_YEAR, LAST_YEAR = 1900, 2200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_PLAIN_DAY = DAY - SECOND  # from the first to the last second of a day on which the clocks do not change
_LATE = 22 * HOUR  # London clocks were never more than two hours ahead
_LAST_TIME = time(23, 59, 59)


def from_datetime(moment: datetime) -> int:
    """An aware datetime as an instant. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return (moment - _EPOCH) // _TICK


def to_datetime(instant: int) -> datetime:
    """The instant as an aware UTC datetime."""
    return _EPOCH + timedelta(microseconds=instant)


def parse_instant(words: str) -> int:
    """ISO 8601 with an offset, to an instant. Raises ValueError saying what is wrong."""
    if len(words) < 16:
        raise ValueError("an instant needs a date, a time and an offset")
    moment = datetime.fromisoformat(words)
    _check_year(moment.year)
    return from_datetime(moment)


def as_instant(value: Any) -> int:
    """An aware datetime, or its ISO 8601 words, as an instant. Raises ValueError saying what is wrong."""
    if not isinstance(value, datetime):
        return parse_instant(str(value))
    _check_year(value.year)
    return from_datetime(value)


def _check_year(year: int) -> None:
    """Calendars reach further than anything that can be meant; sums over them must not run off their end."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year is not between {FIRST_YEAR} and {LAST_YEAR}")


def parse_date(words: str) -> date:
    """An ISO 8601 date. Raises ValueError saying what is wrong."""
    on = date.fromisoformat(words)
    _check_year(on.year)
    return on


def in_words(instant: int) -> str:
    """ISO 8601 in UTC with an offset, for machines."""
    return to_datetime(instant).isoformat()


def london(instant: int) -> datetime:
    """The instant on London clocks."""
    return to_datetime(instant).astimezone(LONDON)


@lru_cache(maxsize=65536)
def _day_edges(day: int) -> tuple[int, int]:
    """First instant and last whole second of a London date given by its ordinal."""
    on = date.fromordinal(day)
    start = from_datetime(datetime.combine(on, time(0), LONDON))
    end = from_datetime(datetime.combine(on, _LAST_TIME, LONDON))
    return start, end


def london_day(instant: int) -> int:
    """The London date of an instant as an ordinal (so that days can be subtracted)."""
    guess, since = divmod(instant, DAY)
    guess += 719163  # ordinal of the UTC date; London is never behind it
    return guess + 1 if since >= _LATE and _day_edges(guess + 1)[0] <= instant else guess


def end_of_day(day: int) -> int:
    """23:59:59 London time of the date."""
    return _day_edges(day)[1]


@lru_cache(maxsize=1)
def bank_holidays() -> Container[date]:
    """Those of England and Wales, loaded when first asked for: that takes longer than many a command."""
    import holidays

    found: Container[date] = holidays.country_holidays("GB", subdiv="ENG", categories=("public",))
    return found


@lru_cache(maxsize=65536)
def is_working_day(day: int) -> bool:
    """Monday to Friday, and not a bank holiday of England and Wales."""
    on = date.fromordinal(day)
    return on.weekday() < 5 and on not in bank_holidays()


@lru_cache(maxsize=65536)
def working_day_after(day: int, count: int) -> int:
    """The count-th working day after the date, which itself is left out."""
    while count:
        day += 1
        count -= is_working_day(day)
    return day


def has_plain_hours(day: int) -> bool:
    """Whether no clock changes on the London date."""
    start, end = _day_edges(day)
    return end - start == _PLAIN_DAY


def at_civil_time(day: int, hour: int, minute: int) -> int:
    """A London wall time on a date. A time that occurs twice is its first; one that never occurs moves on."""
    if has_plain_hours(day):
        return _day_edges(day)[0] + hour * HOUR + minute * MINUTE
    moment = datetime.combine(date.fromordinal(day), time(hour, minute), LONDON)
    return from_datetime(moment)


def next_civil_time(instant: int, hour: int, minute: int, *, working_day: bool = False) -> int:
    """The next such London wall time strictly after the instant; on a working day where that is asked for."""
    day = london_day(instant)
    if at_civil_time(day, hour, minute) <= instant:
        day += 1
    if working_day and not is_working_day(day):
        day = working_day_after(day, 1)
    return at_civil_time(day, hour, minute)


def london_clock(instant: int) -> tuple[int, tuple[int, int]]:
    """The London date of an instant as an ordinal, and the hour and minute that London clocks show."""
    day = london_day(instant)
    if has_plain_hours(day):
        return day, divmod((instant - _day_edges(day)[0]) // MINUTE, 60)
    local = london(instant)
    return day, (local.hour, local.minute)


def is_within(now: tuple[int, int], start: tuple[int, int], end: tuple[int, int]) -> bool:
    """Whether a time of day lies from `start` up to `end`, over midnight where the end comes first."""
    return start <= now < end if start <= end else now >= start or now < end


def is_between(instant: int, start: tuple[int, int], end: tuple[int, int]) -> bool:
    """Whether London clocks show a time from `start` up to `end`, over midnight where the end comes first."""
    return is_within(london_clock(instant)[1], start, end)


def add_months(day: int, months: int) -> int:
    """The same day of a later month, or that month's last day."""
    on = date.fromordinal(day)
    index = on.year * 12 + on.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1).toordinal()
    return min(date(year, month, 1).toordinal() + on.day - 1, first_of_next - 1)


@lru_cache(maxsize=65536)
def birthday(born: date, age: int) -> int:
    """First instant of the day on which the age is reached (29 February counts as 1 March)."""
    try:
        on = born.replace(year=born.year + age)
    except ValueError:
        on = date(born.year + age, 3, 1)
    return _day_edges(on.toordinal())[0]


class OfficeHours:
    """Monday to Friday between two London times, bank holidays left out."""

    def __init__(self, start: tuple[int, int] = (9, 0), end: tuple[int, int] = (17, 0)) -> None:
        self.start = start
        self.end = end

    def holds(self, instant: int) -> bool:
        day = london_day(instant)
        return is_working_day(day) and self._edge(day, self.start) <= instant < self._edge(day, self.end)

    @staticmethod
    def _edge(day: int, at: tuple[int, int]) -> int:
        return at_civil_time(day, *at)
