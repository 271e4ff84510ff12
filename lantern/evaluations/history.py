"""One child's log as a look at the child has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lantern.engine.instants import to_datetime
from lantern.engine.log import Event
from lantern.record.settle import CORRECTED

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class History:
    """A child's events in the order in which they were recorded."""

    events: Sequence[Event]

    def lines(self, *types: str) -> list[Line]:
        """What is needed to tell how events of these types read now: every line, where anything was corrected."""
        if any(event.type == CORRECTED for event in self.events):
            return [_line(event) for event in self.events]
        return [_line(event) for event in self.events if event.type in types]

    @property
    def corrections(self) -> list[str]:
        """The ids of the corrections."""
        return [event.id for event in self.events if event.type == CORRECTED]

    def seen_by(self, at: int) -> int:
        """Number of the last event that counts: one that a faster clock stamped later than `at` is looked at again."""
        return next((before for before, event in enumerate(self.events) if event.told > at), len(self.events))


def _line(event: Event) -> Line:
    header = {
        "event": event.type,
        "id": event.id,
        "child": event.child,
        "episode": event.episode,
        "by_role": event.by_role,
        "agency": event.agency,
        "occurred_at": to_datetime(event.at),
        "recorded_at": to_datetime(event.told),
    }
    return {**header, **event.fields}
