"""A child's episode through the eyes of one pack: which decisions stand, and what holds at an instant.

Rules ask a `View`; it answers from indexes made once, so that no rule scans the log again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from lantern.engine.checks import OPENERS
from lantern.engine.held import Held, categories_of
from lantern.engine.instants import FAR
from lantern.engine.log import BY_TIME, Event
from lantern.engine.story import UNKNOWN, Episode, Story, by_type, instant_of

if TYPE_CHECKING:
    from lantern.engine.conditions import Condition
    from lantern.engine.rules import Pack


class Sight(Protocol):
    """What one pack sees of every child of a log: rules that count look at other episodes and other children."""

    stories: Mapping[str, Story]

    def of(self, story: Story) -> list[View]:
        """A view for each of the child's episodes, in the order of their start."""


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


def moment_types(names: Iterable[str]) -> frozenset[str]:
    """The events that the named moments of an episode rest on."""
    others = {"start": tuple(OPENERS), "known_missing": ("category_set",), "last_seen": _MOMENT_EVENTS["noticed"]}
    return frozenset(type_ for name in names for type_ in others.get(name) or _MOMENT_EVENTS[name])


class View:
    """One episode (or, with no episode, the whole record of a child) under one pack."""

    __slots__ = (
        "_held",
        "_moments",
        "as_of",
        "by_type",
        "counted",
        "episode",
        "facts",
        "found_anywhere",
        "found_before",
        "found_own",
        "own",
        "pack",
        "pending",
        "sight",
        "story",
        "told",
        "void",
        "waits",
    )

    def __init__(self, pack: Pack, story: Story, episode: Episode | None, as_of: int, sight: Sight) -> None:
        self.pack = pack
        self.story = story
        self.facts = story.facts
        self.episode = episode
        self.as_of = as_of
        self.by_type = episode.by_type if episode else story.by_type
        self.void: frozenset[str] = frozenset()
        self.found_before: dict[int, list[Event]] = {}  # in the episode, by the identity of the pattern
        self._index_own()
        self.told: dict[tuple[Condition, int], int] = {}  # verdicts at an instant that many rules ask for
        self.counted: dict[tuple[Condition, int], list[Episode]] = {}  # episodes that a rule counts at an instant
        self.found_anywhere: dict[int, list[Event]] = {}  # on the child's record
        self.sight = sight
        self.waits = -FAR  # until when a lacking fact, grading or category may come in; no waiting unless asked for
        self.pending = FAR  # the next instant at which something changes without a new event
        self._moments: dict[str, int | None] = {}
        self._held: Held | None = None

    @property
    def risks(self) -> list[Event]:
        """The gradings that stand, in order."""
        return self.by_type.get("risk_graded", [])

    def _index_own(self) -> None:
        """What was recorded in this very episode; where nothing else is shared with it, that is everything."""
        self.own, self.found_own = self.by_type, self.found_before
        if self.episode is not None and self.episode.shared:
            mine = {type_: [event for event in events if self.is_own(event)] for type_, events in self.by_type.items()}
            self.own, self.found_own = mine, {}

    @property
    def held(self) -> Held:
        """The decisions on category that stand."""
        if self._held is None:
            self._held = Held(self.by_type.get("category_set", []))
        return self._held

    def leave_out(self, ids: frozenset[str]) -> None:
        """Decisions by roles with no power to decide change nothing, in whichever episode they were made."""
        self.void = ids
        kept = self.episode.events if self.episode else self.story.events
        self.by_type = by_type([event for event in kept if event.id not in ids])
        self.told.clear()
        self.counted.clear()
        self.found_before = {}
        self.found_anywhere.clear()
        self._index_own()
        self._moments.clear()
        self._held = None

    def first(self, types: Iterable[str]) -> Event | None:
        """The first event of these types that stands."""
        found = None
        for type_ in types:
            events = self.by_type.get(type_)
            if not events or (found is not None and events[0].at > found.at):
                continue
            if found is None or BY_TIME(events[0]) < BY_TIME(found):
                found = events[0]
        return found

    def at_moment(self, name: str) -> Event | int | None:
        """A named moment of the episode: the event, or an instant, or None when it has not come."""
        types = _MOMENT_EVENTS.get(name)
        if types is not None:
            return self.first(types)
        if name == "start":
            return self.episode.start if self.episode else None
        if name == "last_seen":
            return self._last_seen()
        decisions = self.by_type.get("category_set", ())  # known to be missing
        return next((event for event in decisions if "missing" in categories_of(event)), None)

    def moment(self, name: str) -> int | None:
        """The instant of a named moment, or None when it has not come."""
        try:
            return self._moments[name]
        except KeyError:
            at = self.at_moment(name)
            instant = self._moments[name] = at.at if isinstance(at, Event) else at
            return instant

    @property
    def begins(self) -> int:
        """Where the episode or, without one, the record starts."""
        if self.episode is not None:
            return self.episode.start
        return self.story.events[0].at if self.story.events else self.as_of

    @property
    def found(self) -> int | None:
        """When the child was first located, returned or the episode closed."""
        return self.moment("found")

    def _last_seen(self) -> int | None:
        found = [event for type_ in ("absence_noticed", "report_received") for event in self.by_type.get(type_, ())]
        for event in sorted(found, key=BY_TIME):
            at = instant_of(event.fields.get("last_seen_at"))
            if at is not None:
                return at
        return None

    def risk_event(self, at: int) -> Event | None:
        """The grading in force at the instant."""
        latest = None
        for event in self.by_type.get("risk_graded", ()):
            if event.at > at:
                break
            latest = event
        return latest

    def treated_as(self, at: int) -> str | None:
        """`missing`, `away`, or None while nobody has reported the child or said what kind of absence it is.

        A record that the police made is a report that reached them, whoever noted it here.
        """
        treated = self.held.treated_as(at)
        if treated is not None:
            return treated
        for name in ("reported", "recorded"):
            moment = self.moment(name)
            if moment is not None and moment <= at:
                return "missing"
        return None

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
