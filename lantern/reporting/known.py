"""The log as it was known at an instant, with corrections applied.

Works on log lines (mappings with `event`, `id`, `child`, `episode`, `occurred_at`, `recorded_at` and the
event's own fields), the shape that `record.load.log_of` gives.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Corrections = dict[str, list[Mapping[str, Any]]]


@dataclass(frozen=True)
class Known:
    """One event as it should read: `line` is its corrected text, `ids` every event it rests on, first version
    first.
    """

    line: Mapping[str, Any]
    occurred_at: datetime
    recorded_at: datetime
    ids: tuple[str, ...]

    @property
    def event(self) -> str:
        """The event's type."""
        return str(self.line["event"])

    @property
    def child(self) -> str:
        """The log's key of the child."""
        return str(self.line["child"])

    @property
    def episode(self) -> str | None:
        """The log's key of the episode, None for what is about the child alone."""
        value = self.line.get("episode")
        return None if value is None else str(value)

    def said(self, name: str) -> Any:
        """A field of the event, None where it was not given."""
        return self.line.get(name)


def instant(value: str | datetime) -> datetime:
    """An aware instant from text or from an aware datetime. Raises ValueError for a naive one."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return moment


def as_known(lines: Iterable[Mapping[str, Any]], known_at: datetime | None = None) -> list[Known]:
    """The events that count: recorded by `known_at` (None: all), corrected, without those recorded in error.

    Order: when they happened, then when they were learned of. The latest correction of an event wins. A
    correction without a corrected event says: recorded in error. Said of a correction, it brings back what
    was there before.
    """
    heard = [line for line in lines if known_at is None or instant(line["recorded_at"]) <= known_at]
    heard.sort(key=lambda line: instant(line["recorded_at"]))
    corrections: Corrections = defaultdict(list)
    seen: set[str] = set()
    for line in heard:
        if line["event"] == "corrected" and str(line["corrects"]) in seen:
            corrections[str(line["corrects"])].append(line)
        seen.add(str(line["id"]))
    events = (_as_it_should_read(line, corrections) for line in heard if line["event"] != "corrected")
    return sorted(filter(None, events), key=lambda event: (event.occurred_at, event.recorded_at))


def _as_it_should_read(line: Mapping[str, Any], corrections: Corrections) -> Known | None:
    """The last version of one event; None when it was recorded in error."""
    version = _last_version(str(line["id"]), line, corrections)
    if version is None:
        return None
    text, ids = version
    whole = {
        **text,
        "child": text.get("child", line["child"]),
        "episode": text.get("episode", line.get("episode")),
    }
    return Known(whole, instant(text.get("occurred_at", line["occurred_at"])), instant(line["recorded_at"]), ids)


def _last_version(
    event_id: str, text: Mapping[str, Any], corrections: Corrections
) -> tuple[Mapping[str, Any], tuple[str, ...]] | None:
    """Text and ids after the corrections of `event_id`, newest first; one that is itself withdrawn does not
    count.
    """
    for correction in reversed(corrections.get(event_id, [])):
        corrected = correction.get("corrected_event")
        if corrected and corrected.get("event") == "corrected":
            corrected = corrected.get("corrected_event")
        later = _last_version(str(correction["id"]), corrected or {}, corrections)
        if later is not None:
            return (later[0], (event_id, *later[1])) if later[0] else None
    return text, (event_id,)
