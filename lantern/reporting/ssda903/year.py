"""The collection year: 1 April to 31 March, London dates."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lantern.plumbing.errors import Malformed

LONDON = ZoneInfo("Europe/London")
_LABEL = re.compile(r"(20\d\d)-(\d\d)")


@dataclass(frozen=True)
class CollectionYear:
    """A year by the calendar year it starts in: 2025 is 1 April 2025 to 31 March 2026."""

    starts_in: int

    @classmethod
    def parse(cls, label: str) -> "CollectionYear":
        """Read `2025-26`. Raises Malformed for anything else."""
        found = _LABEL.fullmatch(label.strip().replace("/", "-"))
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
            raise Malformed("Write the collection year like 2025-26.", said=label)
        return cls(int(found[1]))

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.starts_in, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March of the next calendar year."""
        return date(self.starts_in + 1, 3, 31)

    @property
    def before(self) -> "CollectionYear":
        """The year that ends the day before this one starts."""
        return CollectionYear(self.starts_in - 1)

    def __str__(self) -> str:
        return f"{self.starts_in}-{(self.starts_in + 1) % 100:02}"


def year_of(at: datetime) -> CollectionYear:
    """The collection year that the instant falls in, by its London date."""
    day = london_date(at)
    return CollectionYear(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)


def london_date(at: datetime) -> date:
    """The civil date in London at an instant."""
    return at.astimezone(LONDON).date()
