"""What the log says of one child that the report needs, each answer with the events it rests on."""

from collections import defaultdict
from datetime import date, datetime

from lantern.reporting.known import Known
from lantern.reporting.ssda903.absence import Absence
from lantern.reporting.ssda903.looked_after import start_of, statements
from lantern.reporting.ssda903.year import london_date

Events = tuple[str, ...]


class Child:
    """One child's events, in the order they happened. `key` is the log's; `ref` stands in for a missing local
    id.
    """

    def __init__(self, key: str, ref: str, events: list[Known]) -> None:
        self.key = key
        self.ref = ref
        self._profile = [event for event in events if event.event == "profile_recorded"]
        self._events = events
        self.care = statements(self._profile)
        self.born = self._born()
        self.local_id = self._local_id()

    def absences(self) -> list[Absence]:
        """The child's episodes, by first event."""
        episodes: dict[str, list[Known]] = defaultdict(list)
        for event in self._events:
            if event.episode is not None:
                episodes[event.episode].append(event)
        return [Absence(self.key, episode, tuple(events)) for episode, events in episodes.items()]

    def authority_on(self, at: datetime) -> tuple[str, Events] | None:
        """The responsible authority at an instant; failing that the first one recorded."""
        said = [event for event in self._profile if event.said("responsible_authority")]
        if not said:
            return None
        before = [event for event in said if event.occurred_at <= at]
        chosen = before[-1] if before else said[0]
        return str(chosen.said("responsible_authority")), chosen.ids

    def _born(self) -> tuple[date, Events] | None:
        for event in reversed(self._profile):
            if value := event.said("date_of_birth"):
                return london_date(start_of(value)), event.ids
        return None

    def _local_id(self) -> tuple[str, Events] | None:
        for event in reversed(self._profile):
            if local := (event.said("identifiers") or {}).get("local"):
                return str(local).upper(), event.ids
        return None
