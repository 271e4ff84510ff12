"""Small questions about the lines of a child's log."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from lantern.record.settle import settled

Line = Mapping[str, Any]


def instant(value: str | datetime) -> datetime:
    """An instant of a log line: an aware datetime, or ISO 8601 text with an offset."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def authorities(lines: Iterable[Line]) -> tuple[str, str]:
    """Short names of the responsible and the host authority, by the latest fact of each; empty where unknown."""
    latest = {"responsible_authority": "", "host_authority": ""}
    facts = (line for line in settled(lines) if line["event"] == "profile_recorded")
    for line in sorted(facts, key=lambda line: (instant(line["occurred_at"]), instant(line["recorded_at"]))):
        latest.update({name: line[name] for name in latest if line.get(name)})
    return latest["responsible_authority"], latest["host_authority"]
