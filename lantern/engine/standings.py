"""Conditions on how an episode stands: category, risk, state, length, counts and the time of day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import itemgetter

from lantern.engine.because import CANNOT_TELL, NO, YES, Because
from lantern.engine.checks import OPENERS
from lantern.engine.conditions import Condition
from lantern.engine.instants import FAR, OfficeHours, at_civil_time, is_between, london_day
from lantern.engine.log import Event
from lantern.engine.roles import SIDES
from lantern.engine.spans import Span
from lantern.engine.story import Episode, Story
from lantern.engine.view import FOUND, View, moment_types

_DECISIONS = frozenset({"category_set", "report_received", "police_recorded", "absence_noticed"})


@dataclass(frozen=True, slots=True)
class Category(Condition):
    """A category that police or the authority hold, or either of them."""

    wanted: frozenset[str]
    held_by: str | None = None
    if_unknown: int = CANNOT_TELL
    types: frozenset[str] = frozenset({"category_set"})

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        held = view.held.categories(self._when(view, at), self.held_by)
        if held is None:
            return self.if_unknown
        return YES if self.wanted.intersection(held) else NO

    def _when(self, view: View, at: int) -> int:
        if self.if_unknown != CANNOT_TELL or view.waits <= at:
            return at
        return view.when_decided(view.held.of(self.held_by), at)

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        verdict = self.verdict(view, at, trigger)
        at = self._when(view, at)
        agencies = (self.held_by,) if self.held_by else SIDES
        events = tuple(event.id for name in agencies if (event := view.held.latest(name, at)))
        missing = (f"category held by {self.held_by or 'police or authority'}",) if verdict == CANNOT_TELL else ()
        return Because(self.words, verdict, events, missing)

    def clause(self) -> str:
        holder = {"police": "the police hold", "authority": "the authority holds"}.get(
            self.held_by or "", "an agency holds"
        )
        return f"{holder} the category {' or '.join(sorted(self.wanted)).replace('_', ' ')}"


@dataclass(frozen=True, slots=True)
class TreatedAs(Condition):
    """Missing: so categorised, or reported and not yet categorised. Away: only milder categories are held."""

    wanted: str
    types: frozenset[str] = _DECISIONS
    needs: frozenset[str] | None = frozenset({"category_set", "report_received", "police_recorded"})

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        return YES if view.treated_as(at) == self.wanted else NO

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        events = [event for name in SIDES if (event := view.held.latest(name, at))]
        if not events:
            reported = (view.at_moment(name) for name in ("reported", "recorded"))
            events = [event for event in reported if isinstance(event, Event) and event.at <= at][:1]
        return Because(self.words, self.verdict(view, at, trigger), tuple(event.id for event in events))

    def clause(self) -> str:
        return (
            "the child is treated as missing"
            if self.wanted == "missing"
            else "the child is held to be away, not missing"
        )


@dataclass(frozen=True, slots=True)
class Risk(Condition):
    """The grading in force."""

    wanted: frozenset[str]
    if_unknown: int = CANNOT_TELL
    types: frozenset[str] = frozenset({"risk_graded"})

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        event = self._event(view, at) if view.waits > at else view.risk_event(at)
        if event is None:
            return self.if_unknown
        return YES if event.fields.get("level") in self.wanted else NO

    def _event(self, view: View, at: int) -> Event | None:
        waits = self.if_unknown == CANNOT_TELL and view.waits > at
        return view.risk_event(view.when_decided(view.risks, at) if waits else at)

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        event = self._event(view, at)
        verdict = self.verdict(view, at, trigger)
        missing = ("risk level",) if verdict == CANNOT_TELL else ()
        return Because(self.words, verdict, (event.id,) if event else (), missing)

    def clause(self) -> str:
        return f"the risk is graded {' or '.join(sorted(self.wanted)).replace('_', ' ')}"


@dataclass(frozen=True, slots=True)
class State(Condition):
    """How far the episode has come."""

    wanted: frozenset[str]
    types: frozenset[str] = _DECISIONS | frozenset(FOUND)

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        return YES if view.state(at) in self.wanted else NO

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        return Because(f"{self.words} (it is {view.state(at)})", self.verdict(view, at, trigger))

    def clause(self) -> str:
        return f"the episode is {' or '.join(sorted(self.wanted))}"


@dataclass(frozen=True, slots=True)
class Lasted(Condition):
    """The child has been away for a time, counted from a moment, and was not found before it was up."""

    span: Span
    moments: tuple[str, ...]
    types: frozenset[str] = field(init=False)  # that the child was found counts, whenever it is looked at

    clock: Callable[[int], int] = field(init=False, compare=False)
    timed: bool = True
    bounded: bool = True
    needs: frozenset[str] | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", moment_types(self.moments))
        object.__setattr__(self, "needs", self.types)
        object.__setattr__(self, "clock", self.span.clock())

    def _since(self, view: View, at: int) -> int | None:
        """The first of the moments that had come by then: a later report does not undo what was so before it."""
        for name in self.moments:
            since = view.moment(name)
            if since is not None and since <= at:
                return since
        return None

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        since = self._since(view, at)
        if since is None:
            return NO
        reached = self.clock(since)
        found = view.found
        if found is not None and found < reached:
            return NO
        return YES if at >= reached else NO

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        events = [event for name in self.moments if isinstance(event := view.at_moment(name), Event)]
        return Because(self.words, self.verdict(view, at, trigger), tuple(event.id for event in events[:1]))

    def clause(self) -> str:
        return f"{self.span} have passed since {self.moments[0].replace('_', ' ')} and the child was not found"

    def points(self, view: View) -> list[int]:
        return [self.clock(since) for name in self.moments if (since := view.moment(name)) is not None]

    def soonest(self, view: View) -> int:
        """When the time is up, counted from the first moment from which it was up before the child was found."""
        found = view.found
        return min([point for point in self.points(view) if found is None or found >= point], default=FAR)


@dataclass(frozen=True, slots=True, eq=False)
class Count(Condition):
    """How many episodes began in the last so many London dates, the latest start being the last of them."""

    least: int
    most: int
    days: int | None
    of: str = "any"
    by: str = "child"
    types: frozenset[str] = _DECISIONS | OPENERS
    beyond: bool = True
    timed: bool = True

    def _counted(self, view: View, at: int) -> list[Episode]:
        """What was counted at the instant, found once for each view."""
        key = (self, at)
        found = view.counted.get(key)
        if found is None:
            found = view.counted[key] = self._found(view, at)
        return found

    def _found(self, view: View, at: int) -> list[Episode]:
        """This episode and those before it, of the child or of the home, that lie within the days before the latest."""
        own, of, days = view.episode, self.of, self.days
        found: list[Episode] = []
        before = -1
        for other in reversed(self._seen(view, at)):  # from the latest back, as far as the days reach
            episode = other.episode
            if episode is None or episode.start > at or (own and (episode.start, episode.id) > (own.start, own.id)):
                continue
            if of != "any" and other.treated_as(at) != of:
                continue
            if days is not None:
                day = episode.day
                before = before if found else day - days
                if day <= before:
                    break
            found.append(episode)
        return found[::-1]

    def _seen(self, view: View, at: int) -> list[View]:
        """The views of every episode that may count, in the order of their start."""
        if self.by != "home":
            return view.sight.of(view.story)
        mine = view.facts.value("placement", at)
        found = []
        for story in view.sight.stories.values():
            for other in view.sight.of(story):
                episode = other.episode
                if episode is not None and (story is view.story or _same_home(story, episode, mine)):
                    found.append((episode.start, episode.id, other))
        return [other for _, _, other in sorted(found, key=itemgetter(0, 1))]

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        return YES if self.least <= len(self._counted(view, at)) <= self.most else NO

    def because(self, view: View, at: int, trigger: Event | None) -> Because:
        counted = self._counted(view, at)
        clause = f"{self.words} (there are {len(counted)})"
        return Because(clause, self.verdict(view, at, trigger), tuple([episode.events[0].id for episode in counted]))

    def clause(self) -> str:
        kind = "" if self.of == "any" else f"{self.of} "
        window = f" within {self.days} days" if self.days else ""
        number = f"exactly {self.least}" if self.least == self.most else f"{self.least} or more"
        if self.least == 0:
            number = f"fewer than {self.most + 1}"
        return f"{number} {kind}episodes{window}"

    def points(self, view: View) -> Iterable[int]:
        """An episode begins, by whatever event; for a home also a move, and what happens to its other children."""
        starts = [episode.start for episode in view.story.in_order]
        if self.by != "home":
            return starts
        others = (story for story in view.sight.stories.values() if story is not view.story)
        moves = view.facts.instants("placement")
        return [*starts, *moves, *(event.at for story in others for event in story.events)]


def _same_home(story: Story, episode: Episode, mine: object) -> bool:
    theirs = story.facts.value("placement", episode.start)
    if not isinstance(theirs, dict) or not isinstance(mine, dict):
        return False
    return any(theirs.get(key) and theirs.get(key) == mine.get(key) for key in ("address", "provider"))


@dataclass(frozen=True, slots=True)
class TimeOfDay(Condition):
    """Whether an instant is in office hours, outside them, or between two London times."""

    kind: str
    start: tuple[int, int] = (0, 0)
    end: tuple[int, int] = (0, 0)
    of_trigger: bool = True
    timed: bool = True

    def verdict(self, view: View, at: int, trigger: Event | None) -> int:
        if trigger is not None:
            at = trigger.at  # a fact that comes in later does not move the hour at which the duty arose
        if self.kind != "between":
            inside = view.pack.office_hours.holds(at)
            return YES if inside == (self.kind == "office_hours") else NO
        return YES if is_between(at, self.start, self.end) else NO

    def clause(self) -> str:
        if self.kind == "between":
            return f"it is between {self.start[0]:02}:{self.start[1]:02} and {self.end[0]:02}:{self.end[1]:02}"
        return "it is in office hours" if self.kind == "office_hours" else "it is outside office hours"

    def points(self, view: View) -> Iterable[int]:
        hours: OfficeHours = view.pack.office_hours
        edges = (self.start, self.end) if self.kind == "between" else (hours.start, hours.end)
        first = london_day(view.begins)
        return [at_civil_time(day, *edge) for day in range(first, london_day(view.as_of) + 2) for edge in edges]
