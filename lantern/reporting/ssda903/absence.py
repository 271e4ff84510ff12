"""One episode as the log tells it: when it started, what it was held to be, when it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lantern.reporting.known import Known, instant
from lantern.reporting.ssda903.model import Letter

_KNOWN_WHEREABOUTS = ("claimed", "confirmed")
_MISSING = "missing"
_AWAY = "unauthorised_absence"


@dataclass(frozen=True)
class Moment:
    """An instant and the events it was read from."""

    at: datetime
    events: tuple[str, ...]


@dataclass(frozen=True)
class Category:
    """M, A or undecided (None), with its events; `disputed` where the agencies ended up apart."""

    letter: Letter | None
    events: tuple[str, ...]
    disputed: bool = False


@dataclass(frozen=True)
class Absence:
    """The events of one episode, in the order they happened."""

    child: str
    episode: str
    events: tuple[Known, ...]

    def start(self) -> Moment | None:
        """When the child was last seen; failing that, when the absence was noticed or reported."""
        began = [event for event in self.events if event.event in ("absence_noticed", "report_received")]
        if not began:
            return None
        for event in began:
            if seen := _instant_said(event, "last_seen_at"):
                return Moment(min(seen, event.occurred_at), event.ids)
        return Moment(began[0].occurred_at, began[0].ids)

    def end(self, letter: Letter | None) -> Moment | None:
        """M ends when the child is found; A, whose whereabouts were known, when the child is back. None:
        still away.
        """
        returned = self._first("child_returned")
        located = self._first("child_located")
        if letter == "A":
            return returned
        ends = [moment for moment in (located, returned) if moment is not None]
        return min(ends, key=lambda moment: moment.at, default=None)

    def closed(self) -> Known | None:
        """The event that closed the episode, if any."""
        return next((event for event in self.events if event.event == "episode_closed"), None)

    def category(self) -> Category:
        """M once either agency held the child to be missing; A for an absence held to be unauthorised.

        `absent`, `no_apparent_risk`, `absconder` and `wanted` do not say whether the whereabouts were known,
        which is what parts M from A: there the whereabouts decide, and undecided stays undecided.
        """
        decisions = [event for event in self.events if event.event == "category_set"]
        ids = tuple(i for event in decisions for i in event.ids)
        held = {name for event in decisions for name in _as_list(event.said("category"))}
        disputed = len({_letter_of(names) for names in self._last_held(decisions)}) > 1
        if _MISSING in held:
            return Category("M", ids, disputed)
        if _AWAY in held:
            return Category("A", ids, disputed)
        return self._by_whereabouts(ids) if held else Category(None, ids)

    def _by_whereabouts(self, ids: tuple[str, ...]) -> Category:
        said = [event for event in self.events if event.said("whereabouts") is not None]
        if not said:
            return Category(None, ids)
        unknown = [event for event in said if event.said("whereabouts") not in _KNOWN_WHEREABOUTS]
        decisive = unknown[0] if unknown else said[-1]
        return Category("M" if unknown else "A", (*ids, *decisive.ids))

    def _last_held(self, decisions: Sequence[Known]) -> list[frozenset[str]]:
        by_agency: dict[str, frozenset[str]] = {}
        for event in decisions:
            by_agency[str(event.said("agency"))] = frozenset(_as_list(event.said("category")))
        return list(by_agency.values())

    def _first(self, name: str) -> Moment | None:
        return next((Moment(event.occurred_at, event.ids) for event in self.events if event.event == name), None)


def _letter_of(held: frozenset[str]) -> str:
    return "M" if _MISSING in held else "A"


def _as_list(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _instant_said(event: Known, name: str) -> datetime | None:
    value = event.said(name)
    return None if value is None else instant(value)
