"""Instants as people say them, in London time: "by 4:10pm Thursday", "due in 3 hours", "2 days ago".

Every function takes aware datetimes and the present instant `now`; nothing here reads the clock.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_LAST_SECOND = (23, 59)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant for a page: `words` to read, `iso` for the machine-readable attribute of <time>."""

    words: str
    iso: str


def moment(at: datetime, now: datetime) -> Moment:
    """`at` as a page shows it: "4:10pm Thursday"."""
    return Moment(say_moment(at, now), at.astimezone(LONDON).isoformat(timespec="seconds"))


def say_time(at: datetime) -> str:
    """The time of day in London: "4:10pm", "midday", "midnight"."""
    local = at.astimezone(LONDON)
    if (local.hour, local.minute) == (12, 0):
        return "midday"
    if (local.hour, local.minute) == (0, 0):
        return "midnight"
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"


def say_date(day: date, *, year: bool = True) -> str:
    """Like "6 March 2026"; of an instant, its London date."""
    if isinstance(day, datetime):
        day = day.astimezone(LONDON).date()
    return f"{day.day} {day:%B}" + (f" {day.year}" if year else "")


def say_day(at: datetime, now: datetime) -> str:
    """The day in London as one would say it today: "today", "Thursday", "on 6 March", "on 6 March 2024"."""
    day, today = at.astimezone(LONDON).date(), now.astimezone(LONDON).date()
    away = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if away in near:
        return near[away]
    if 1 < away < 7:
        return f"{day:%A}"
    return f"on {day:%A} {say_date(day, year=day.year != today.year)}"


def say_moment(at: datetime, now: datetime) -> str:
    """Time and day: "4:10pm today", "4:10pm Thursday", "4:10pm on Friday 6 March"."""
    return f"{say_time(at)} {say_day(at, now)}"


def say_limit(at: datetime, now: datetime) -> str:
    """A limit: "by 4:10pm Thursday"; a limit at the last second of a day is "by the end of Thursday"."""
    local = at.astimezone(LONDON)
    if (local.hour, local.minute) == _LAST_SECOND:
        return "by the end of " + say_day(at, now).removeprefix("on ")
    return "by " + say_moment(at, now)


def say_length(seconds: float) -> str:
    """A length of time, rounded down to what helps: "less than a minute", "25 minutes", "3 hours", "2 days"."""
    seconds = abs(seconds)
    if seconds < _MINUTE:
        return "less than a minute"
    if seconds < _HOUR:
        return _plural(int(seconds // _MINUTE), "minute")
    if seconds < 2 * _DAY:
        hours, minutes = int(seconds // _HOUR), int(seconds % _HOUR // _MINUTE)
        few = hours < 6 and minutes
        return _plural(hours, "hour") + (f" {_plural(minutes, 'minute')}" if few else "")
    return _plural(int(seconds // _DAY), "day")


def say_ago(at: datetime, now: datetime) -> str:
    """Like "25 minutes ago", "3 hours ago", "in 2 days"."""
    length = say_length((now - at).total_seconds())
    return f"{length} ago" if at <= now else f"in {length}"


def say_age(born: date, now: datetime) -> int:
    """Whole years of age on the London day of `now`."""
    today = now.astimezone(LONDON).date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
