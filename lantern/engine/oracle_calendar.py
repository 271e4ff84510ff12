"""The calendar of the oracle: aware datetimes, day by day, bank holidays by their own rules.

Slow and plain on purpose.  Nothing here is shared with `instants`, so that the two can disagree.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lantern.engine.clocks import Clock, Night
from lantern.engine.rules import Timetable
from lantern.engine.spans import Span

LONDON = ZoneInfo("Europe/London")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)
LAST_TIME = time(23, 59, 59)
_MONDAY, _FRIDAY, _SUNDAY = 0, 4, 6
# Days moved or added by proclamation; the day replaced, if any, stands beside it.
_PROCLAIMED: dict[int, tuple[tuple[date, ...], tuple[date, ...]]] = {
    2020: ((date(2020, 5, 8),), (date(2020, 5, 4),)),
    2022: ((date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)), (date(2022, 5, 30),)),
    2023: ((date(2023, 5, 8),), ()),
}


def moment(instant: int) -> datetime:
    """An instant of the engine as a UTC datetime."""
    return EPOCH + timedelta(microseconds=instant)


def instant(at: datetime) -> int:
    """The other way round."""
    return (at - EPOCH) // TICK


def wall(day: date, hour: int, minute: int) -> datetime:
    """A London wall time, in UTC."""
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)


def day_of(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def last_second(day: date) -> datetime:
    return datetime.combine(day, LAST_TIME, LONDON).astimezone(UTC)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian reckoning."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    l_ = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * l_) // 451
    month, day = divmod(h + l_ - 7 * m + 114, 31)
    return date(year, month, day + 1)


def bank_holidays(year: int) -> set[date]:
    """Bank holidays of England and Wales, substitutes included."""
    sunday = easter(year)
    found = {sunday - 2 * ONE_DAY, sunday + ONE_DAY}
    found.add(_monday(date(year, 5, 1)))
    found.add(_monday(date(year, 5, 25)))
    found.add(_monday(date(year, 8, 25)))
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = fixed
        while day in found or day.weekday() > _FRIDAY:
            found.add(day)
            day += ONE_DAY
        found.add(day)
    added, removed = _PROCLAIMED.get(year, ((), ()))
    return (found | set(added)) - set(removed)


def _monday(day: date) -> date:
    """The first Monday on or after the date."""
    while day.weekday() != _MONDAY:
        day += ONE_DAY
    return day


def works(day: date) -> bool:
    return day.weekday() <= _FRIDAY and day not in bank_holidays(day.year)


def later_month(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where there is none."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def after(span: Span, start: datetime) -> datetime:
    """The last moment in time for a span that starts there."""
    elapsed = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}
    if span.exact:
        elapsed |= {"days": ONE_DAY, "weeks": 7 * ONE_DAY}
    if span.unit in elapsed:
        return start + span.number * elapsed[span.unit]
    day = day_of(start)
    if span.unit == "working days":
        left = span.number
        while left:
            day += ONE_DAY
            left -= works(day)
    elif span.unit in ("days", "weeks"):
        day += span.number * (7 if span.unit == "weeks" else 1) * ONE_DAY
    else:
        day = later_month(day, span.number * (12 if span.unit == "years" else 1))
    return last_second(day)


def next_wall(at: datetime, clock: Clock) -> datetime:
    """The next such London time strictly after the moment."""
    day = day_of(at)
    while wall(day, *clock) <= at:
        day += ONE_DAY
    return wall(day, *clock)


def within_clocks(at: datetime, start: Clock, end: Clock) -> bool:
    """Whether the London time is from `start` up to `end`, over midnight where the end comes first."""
    local = at.astimezone(LONDON)
    now = (local.hour, local.minute)
    return start <= now < end if start <= end else not end <= now < start


def after_night(night: Night, start: datetime) -> datetime:
    """By day the span, held back by the start of the night; by night its end."""
    if within_clocks(start, night.start, night.end):
        return next_wall(start, night.end)
    return min(after(night.every, start), next_wall(start, night.start))


def birthday(born: date, age: int) -> datetime:
    """Midnight in London at the start of the day on which the age is reached."""
    year = born.year + age
    leap_child_in_plain_year = (born.month, born.day) == (2, 29) and later_month(date(year, 1, 29), 1).day != 29
    return wall(date(year, 3, 1) if leap_child_in_plain_year else born.replace(year=year), 0, 0)


def in_office(at: datetime, start: Clock, end: Clock) -> bool:
    """Monday to Friday but no bank holiday, from `start` up to `end`."""
    return works(day_of(at)) and within_clocks(at, start, end)


def timetable_date(table: Timetable, start: date) -> date:
    """The first date of the timetable on or after the date."""
    day = start
    while not _in_timetable(table, day):
        day += ONE_DAY
    return day


def _in_timetable(table: Timetable, day: date) -> bool:
    if table.anchor is None:
        months = {"month": 1, "2 months": 2, "quarter": 3, "half-year": 6, "year": 12}[table.every]
        return day == _last_of_period(day, months, working=table.day == "last working day")
    number, _, unit = table.every.partition(" ")
    if unit.startswith("year"):
        return any(later_month(table.anchor, 12 * int(number) * turn) == day for turn in range(100))
    return (day - table.anchor).days % (7 * int(number)) == 0


def _last_of_period(day: date, months: int, *, working: bool) -> date:
    last = day
    while (last + ONE_DAY).month == last.month or last.month % months:
        last += ONE_DAY
    while working and not works(last):
        last -= ONE_DAY
    return last
