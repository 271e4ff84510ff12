"""Form fields for days and moments in the GOV.UK pattern: day, month and year each in a box, and the time of day.

People give London time; the cleaned value of a moment is an aware datetime in UTC.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lantern.ui.times import LONDON, say_time

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"^(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap])?\.?(?:m\.?)?$", re.IGNORECASE)
_OLDEST_YEAR = 1900
_PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4), ("time", "Time", 5))


class DayWidget(forms.Widget):
    """Three boxes: day, month, year.  The first carries the id of the field, so that errors link to it."""

    part_names: tuple[str, ...] = ("day", "month", "year")

    def parts(self, name: str, auto_id: str, value: Any) -> list[dict[str, str]]:
        """What each box needs to be drawn."""
        given = value if isinstance(value, Mapping) else self.decompress(value)
        return [
            {
                "name": f"{name}-{part}",
                "id": auto_id if part == "day" else f"{auto_id}-{part}",
                "words": words,
                "value": given.get(part, ""),
                "width": f"govuk-input--width-{width}",
                "mode": "text" if part == "time" else "numeric",
            }
            for part, words, width in _PARTS
            if part in self.part_names
        ]

    def decompress(self, value: date | datetime | None) -> dict[str, str]:
        """The boxes that say `value`."""
        if value is None:
            return {}
        local = value.astimezone(LONDON) if isinstance(value, datetime) else value
        boxes = {"day": str(local.day), "month": str(local.month), "year": str(local.year)}
        if isinstance(local, datetime):
            boxes["time"] = say_time(local)
        return boxes

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str] | None:
        given = {part: str(data.get(f"{name}-{part}", "")).strip() for part in self.part_names}
        return given if any(given.values()) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in self.part_names)


class MomentWidget(DayWidget):
    """Day, month, year and time."""

    part_names = ("day", "month", "year", "time")


class DayField(forms.Field):
    """A day; cleans to a `date`.  A day after `not_after` is refused when that is set.

    `past` says whether the form should set it to the present.
    """

    widget = DayWidget
    not_after: datetime | None = None

    def __init__(self, *, past: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.past = past

    def to_python(self, value: Any) -> date | None:
        return None if value is None else _read_day(value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and self.not_after and value > self.not_after.astimezone(LONDON).date():
            raise ValidationError("The date must be today or earlier", code="future")


class MomentField(forms.Field):
    """A moment given in London time; cleans to an aware datetime in UTC.

    A time without a date is the last such time: today's, or yesterday's. A moment after `not_after` is refused when
    that is set; `past` says whether the form should set it to the present. In the hour that happens twice when the
    clocks go back the first is meant; a time that the clocks jumped over is refused.
    """

    widget = MomentWidget
    not_after: datetime | None = None

    def __init__(self, *, past: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.past = past

    def to_python(self, value: Any) -> datetime | None:
        if value is None:
            return None
        local = datetime.combine(self._day(value), read_time(value["time"]), tzinfo=LONDON)
        moment = local.astimezone(UTC)
        if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
            raise ValidationError("That time did not happen: the clocks went forward over it", code="skipped")
        return moment

    def _day(self, value: Mapping[str, str]) -> date:
        """The day given; for a time alone the latest day on which that time has passed."""
        if any(value[part] for part in ("day", "month", "year")) or not self.not_after:
            return _read_day(value)
        now = self.not_after.astimezone(LONDON)
        yesterday = read_time(value["time"]) > now.time()
        return now.date() - timedelta(days=1 if yesterday else 0)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and self.not_after and value > self.not_after:
            raise ValidationError("The time must be now or earlier", code="future")


def read_time(words: str) -> time:
    """The time of day that `words` say: 4pm, 4:10pm, 16:10, 1610, midday, midnight.  Raises ValidationError."""
    if not words:
        raise ValidationError("Enter the time, for example 4:10pm or 16:10", code="no_time")
    named = {"midday": time(12, 0), "noon": time(12, 0), "midnight": time(0, 0)}
    if words.lower() in named:
        return named[words.lower()]
    found = _TIME.match(words)
    if not found:
        raise ValidationError("Enter the time like 4:10pm or 16:10", code="bad_time")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValidationError("Enter the time like 4:10pm or 16:10", code="bad_time")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif not found[2]:
        raise ValidationError("Say am or pm, for example 4pm", code="half_missing")
    try:
        return time(hour, minute)
    except ValueError:
        raise ValidationError("Enter the time like 4:10pm or 16:10", code="bad_time") from None


def _read_day(given: Mapping[str, str]) -> date:
    missing = [part for part in ("day", "month", "year") if not given.get(part)]
    if missing:
        raise ValidationError(f"The date must include a {' and '.join(missing)}", code="part_missing")
    month = given["month"].lower()[:3]
    number = str(MONTHS.index(month) + 1) if month in MONTHS else given["month"]
    try:
        day = date(int(given["year"]), int(number), int(given["day"]))
    except ValueError:
        raise ValidationError("Enter a real date", code="not_a_date") from None
    if day.year < _OLDEST_YEAR:
        raise ValidationError("The year must have four figures", code="short_year")
    return day
