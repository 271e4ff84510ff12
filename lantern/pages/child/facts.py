"""What is known of a child, folded from the log: the latest value of each fact and when it was recorded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lantern.pages.fact_words import LABELS, fact_words
from lantern.record.load import TimelineItem
from lantern.ui.components import Row
from lantern.ui.times import say_day

ALWAYS = ("date_of_birth", "looked_after", "responsible_authority", "placement", "exploitation")
UNKNOWN = "Not known"


def latest_facts(items: Iterable[TimelineItem]) -> dict[str, tuple[Any, datetime]]:
    """Fact: its latest value and when it was said.  A profile recorded in error says nothing."""
    found: dict[str, tuple[Any, datetime]] = {}
    for item in items:
        if item.type == "profile_recorded" and item.reads_now is not None:
            found.update({name: (value, item.occurred_at) for name, value in item.reads_now.items()})
    return found


def fact_rows(items: Iterable[TimelineItem], at: datetime, names: Iterable[str] = LABELS) -> tuple[Row, ...]:
    """The facts as rows; the ones that rules turn on are shown as not known where they are not."""
    known = latest_facts(items)
    rows = []
    for name in names:
        if name in known:
            value, said_at = known[name]
            rows.append(Row(LABELS[name], fact_words(name, value), detail=f"Recorded {say_day(said_at, at)}"))
        elif name in ALWAYS:
            rows.append(Row(LABELS[name], UNKNOWN))
    return tuple(rows)
