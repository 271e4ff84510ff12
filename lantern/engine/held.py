"""Which categories police and the authority hold, over time: laid out once, so that rules only look them up."""

from __future__ import annotations

from bisect import bisect_right

from lantern.engine.log import Event
from lantern.engine.roles import SIDES
from lantern.engine.values import as_list

AWAY_CATEGORIES = frozenset({"absent", "unauthorised_absence", "no_apparent_risk"})


class Held:
    """The decisions on category of one episode, in the order they were made, and what is held after each."""

    __slots__ = ("_categories", "_instants", "_of", "_treated", "decisions")

    def __init__(self, decisions: list[Event]) -> None:
        self.decisions = decisions
        self._of: dict[str, list[Event]] = {agency: [] for agency in SIDES}
        self._instants: list[int] = []
        self._categories: list[list[str]] = []
        self._treated: list[str | None] = []
        latest: dict[str, list[str]] = {}
        for event in decisions:
            agency = event.side
            self._of[agency].append(event)
            latest[agency] = categories_of(event)
            both = [category for agency in SIDES for category in latest.get(agency, ())]
            self._instants.append(event.at)
            self._categories.append(both)
            self._treated.append(("away" if AWAY_CATEGORIES.issuperset(both) else "missing") if both else None)

    def of(self, agency: str | None) -> list[Event]:
        """Decisions by police or authority, or by either."""
        return self._of[agency] if agency else self.decisions

    def latest(self, agency: str, at: int) -> Event | None:
        """The decision in force for one of them at the instant."""
        latest = None
        for event in self._of[agency]:
            if event.at > at:
                break
            latest = event
        return latest

    def categories(self, at: int, agency: str | None) -> list[str] | None:
        """What one of them, or either, holds at the instant; None when nothing was decided."""
        if agency is not None:
            event = self.latest(agency, at)
            return None if event is None else categories_of(event)
        place = bisect_right(self._instants, at)
        return self._categories[place - 1] if place else None

    def treated_as(self, at: int) -> str | None:
        """`missing`, `away`, or None where no category is held at the instant."""
        place = bisect_right(self._instants, at)
        return self._treated[place - 1] if place else None


def categories_of(event: Event) -> list[str]:
    return [str(category) for category in as_list(event.fields.get("category"))]
