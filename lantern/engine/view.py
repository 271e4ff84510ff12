"""A child's episode through the eyes of one pack: which decisions stand, and what holds at an instant.

Rules ask a `View`; it answers from indexes made once, so that no rule scans the log again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lantern.engine.instants import FAR
from lantern.engine.log import BY_TIME, Event
from lantern.engine.roles import agency_kind
from lantern.engine.story import UNKNOWN, Episode, Story, instant_of
from lantern.engine.values import as_list

if TYPE_CHECKING:
    from lantern.engine.rules import Pack

AWAY_CATEGORIES = frozenset({"absent", "unauthorised_absence", "no_apparent_risk"})
FOUND = ("child_located", "child_returned", "episode_closed")
_MOMENT_EVENTS = {
    "noticed": ("absence_noticed", "report_received"),
    "reported": ("report_received",),
    "recorded": ("police_recorded",),
    "graded": ("risk_graded",),
    "located": ("child_located",),
    "returned": ("child_returned",),
    "closed": ("episode_closed",),
    "found": FOUND,
}


class View:
    """One episode (or, with no episode, the whole record of a child) under one pack."""

    __slots__ = (
        "_held",
        "_moments",
        "all_own",
        "as_of",
        "by_type",
        "episode",
        "events",
        "facts",
        "found_before",
        "pack",
        "pending",
        "risks",
        "story",
        "views_of",
        "void",
        "waits",
    )

    def __init__(self, pack: Pack, story: Story, episode: Episode | None, as_of: int) -> None:
        self.pack = pack
        self.story = story
        self.facts = story.facts
        self.episode = episode
        self.as_of = as_of
        self.events = episode.events if episode else story.events
        self.all_own = episode is None or all(event.episode == episode.id for event in episode.events)
        self.by_type = episode.by_type if episode else _by_type(story.events)
        self.void: frozenset[str] = frozenset()
        self.found_before: dict[int, list[Event]] = {}  # by the identity of the pattern
        self.views_of: Callable[[Story], list[View]] = lambda _: [self]  # every episode of a child, this pack's view
        self.waits = -FAR  # until when a lacking fact, grading or category may come in; no waiting unless asked for
        self.pending = FAR  # the next instant at which something changes without a new event
        self._moments: dict[str, int | None] = {}
        self._index()

    def _index(self) -> None:
        self.risks = [event for event in self.by_type.get("risk_graded", ()) if event.id not in self.void]
        self._held: dict[str, list[Event]] = {"police": [], "authority": []}
        for event in self.by_type.get("category_set", ()):
            if event.id not in self.void:
                self._held[held_by(event)].append(event)

    def leave_out(self, ids: frozenset[str]) -> None:
        """Decisions by roles with no power to decide change nothing, in whichever episode they were made."""
        self.void = ids
        self.found_before.clear()
        self._moments.clear()
        self._index()

    def first(self, types: Iterable[str]) -> Event | None:
        """The first event of these types that stands."""
        found = None
        for type_ in types:
            for event in self.by_type.get(type_, ()):
                if event.id not in self.void:
                    if found is None or BY_TIME(event) < BY_TIME(found):
                        found = event
                    break
        return found

    def at_moment(self, name: str) -> Event | int | None:
        """A named moment of the episode: the event, or an instant, or None when it has not come."""
        if name == "start":
            return self.episode.start if self.episode else None
        if name == "known_missing":
            return next((event for event in self._all_held() if "missing" in categories_of(event)), None)
        if name == "last_seen":
            return self._last_seen()
        return self.first(_MOMENT_EVENTS[name])

    def moment(self, name: str) -> int | None:
        """The instant of a named moment, or None when it has not come."""
        if name not in self._moments:
            at = self.at_moment(name)
            self._moments[name] = at.at if isinstance(at, Event) else at
        return self._moments[name]

    @property
    def begins(self) -> int:
        """Where the episode or, without one, the record starts."""
        if self.episode is not None:
            return self.episode.start
        return self.events[0].at if self.events else self.as_of

    @property
    def found(self) -> int | None:
        """When the child was first located, returned or the episode closed."""
        return self.moment("found")

    def _last_seen(self) -> int | None:
        found = [event for type_ in ("absence_noticed", "report_received") for event in self.by_type.get(type_, ())]
        for event in sorted(found, key=BY_TIME):
            at = instant_of(event.fields.get("last_seen_at"))
            if at is not None and event.id not in self.void:
                return at
        return None

    def _all_held(self) -> list[Event]:
        return sorted((*self._held["police"], *self._held["authority"]), key=lambda event: (event.at, event.line))

    def category_event(self, agency: str, at: int) -> Event | None:
        """The decision on category in force for police or authority."""
        latest = None
        for event in self._held[agency]:
            if event.at > at:
                break
            latest = event
        return latest

    def categories(self, at: int, agency: str | None = None) -> list[str] | None:
        """Categories held at the instant by one agency, or by either; None when none was set."""
        agencies = (agency,) if agency else ("police", "authority")
        events = [event for name in agencies if (event := self.category_event(name, at))]
        if not events:
            return None
        return [category for event in events for category in categories_of(event)]

    def risk_event(self, at: int) -> Event | None:
        """The grading in force at the instant."""
        latest = None
        for event in self.risks:
            if event.at > at:
                break
            latest = event
        return latest

    def treated_as(self, at: int) -> str | None:
        """`missing`, `away`, or None while nobody has reported the child or said what kind of absence it is."""
        held = self.categories(at)
        if held:
            return "away" if AWAY_CATEGORIES.issuperset(held) else "missing"
        reported = self.moment("reported")
        return "missing" if reported is not None and reported <= at else None

    def state(self, at: int) -> str:
        """noticed, away, missing, located, returned or closed."""
        for name in ("closed", "returned", "located"):
            moment = self.moment(name)
            if moment is not None and moment <= at:
                return name
        return self.treated_as(at) or "noticed"

    @contextmanager
    def waiting_until(self, instant: int) -> Iterator[None]:
        """Take what is lacking at a moment from the first that came in later, up to this instant."""
        self.waits = instant
        try:
            yield
        finally:
            self.waits = -FAR

    def when_known(self, path: str, at: int) -> int:
        """The moment itself, or the later one at which the fact was first known."""
        if self.waits <= at or self.fact(path, at) is not UNKNOWN:
            return at
        later = (point for point in self.facts.instants(path) if at < point <= self.waits)
        return next((point for point in later if self.fact(path, point) is not UNKNOWN), at)

    def when_decided(self, decisions: list[Event], at: int) -> int:
        """The moment itself, or the later one at which the first of the decisions (in order) was made."""
        first = decisions[0].at if decisions else at
        return first if at < first <= self.waits else at

    def held(self, agency: str | None) -> list[Event]:
        """Decisions on category by police or authority, or by either, in order."""
        return self._held[agency] if agency else self._all_held()

    def earlier_episodes(self) -> list[Episode]:
        """The child's episodes that began before this one; of the whole record: all."""
        in_order = self.story.in_order
        return in_order[: in_order.index(self.episode)] if self.episode else in_order

    def is_own(self, event: Event) -> bool:
        """Whether the event was recorded in this very episode, not only shared with it."""
        return self.episode is None or event.episode == self.episode.id

    def fact(self, path: str, at: int) -> Any:
        """A fact of the child at the instant; UNKNOWN when unrecorded."""
        value = self.facts.value(path, at)
        if path == "looked_after" and isinstance(value, dict):
            basis = value.get("legal_basis", UNKNOWN)
            return basis if basis is UNKNOWN else basis not in ("none", False)
        return value

    def wait_until(self, instant: int) -> None:
        """Note that something changes at this instant if nothing else happens."""
        if self.as_of < instant < self.pending:
            self.pending = instant


def held_by(event: Event) -> str:
    """Which side a category belongs to: as said, else by the role that decided."""
    said = event.agency or event.fields.get("agency")
    return said if said in ("police", "authority") else agency_kind(event.decider)


def categories_of(event: Event) -> list[str]:
    return [str(category) for category in as_list(event.fields.get("category"))]


def _by_type(events: list[Event]) -> dict[str, list[Event]]:
    index: dict[str, list[Event]] = {}
    for event in events:
        index.setdefault(event.type, []).append(event)
    return index
