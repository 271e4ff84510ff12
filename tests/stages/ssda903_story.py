"""Builds synthetic logs for the tests of the SSDA903 report: short words for what happened, London times."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def at(text: str) -> str:
    """`2025-06-01 22:30` on London clocks as an instant with its offset; a date alone is noon."""
    words = text if " " in text else f"{text} 12:00"
    return datetime.fromisoformat(words).replace(tzinfo=LONDON).isoformat()


class Story:
    """A log of one child, C1; each call adds one line and returns its id."""

    def __init__(self, child: str = "C1") -> None:
        self.child = child
        self.lines: list[dict[str, Any]] = []

    def add(
        self, event: str, when: str, *, episode: str | None = None, recorded: str | None = None, **fields: Any
    ) -> str:
        """Add one event; `recorded` is when the system learned of it, by default when it happened."""
        event_id = f"{self.child}-{len(self.lines) + 1}"
        line = {
            "event": event,
            "id": event_id,
            "child": self.child,
            "occurred_at": at(when),
            "recorded_at": at(recorded or when),
            "by_role": "social_worker",
            "agency": "authority",
            **fields,
        }
        self.lines.append(line if episode is None else {**line, "episode": episode})
        return event_id

    def looked_after(self, when: str, basis: str = "s20", since: str | None = None, **fields: Any) -> str:
        """A statement on legal basis, with the child's date of birth and local id."""
        care = {"legal_basis": basis} if since is None else {"legal_basis": basis, "since": since}
        facts = {"date_of_birth": "2010-05-04", "identifiers": {"local": f"L{self.child}"}, **fields}
        return self.add("profile_recorded", when, looked_after=care, **facts)

    def away(self, episode: str, start: str, end: str | None = None, category: str = "missing") -> None:
        """A whole episode: noticed, category set, and found and back where `end` is given."""
        self.add("absence_noticed", start, episode=episode, last_seen_at=at(start))
        self.add("category_set", start, episode=episode, category=category)
        if end is not None:
            self.add("child_located", end, episode=episode)
            self.add("child_returned", end, episode=episode, to="placement")

    def correct(self, wrong: str, recorded: str, **changes: Any) -> str:
        """Correct an event; without changes it was recorded in error."""
        first = next(line for line in self.lines if line["id"] == wrong)
        corrected = {"corrected_event": {**first, **changes}} if changes else {}
        episode = first.get("episode")
        return self.add("corrected", recorded, episode=episode, corrects=wrong, **corrected)
