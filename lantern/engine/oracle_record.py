"""The record as the oracle sees it: what is known, in order, found again by reading everything each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from lantern.engine.checks import OPENERS
from lantern.engine.events import LINE_KEYS, REGISTRY
from lantern.engine.log import Event, Log
from lantern.engine.oracle_calendar import LONDON, moment
from lantern.engine.patterns import Patterns
from lantern.engine.roles import POLICE_ROLES
from lantern.engine.rules import Pack
from lantern.engine.values import as_list

MILDER = {"absent", "unauthorised_absence", "no_apparent_risk"}
PARTIAL = {"looked_after", "placement", "exploitation", "essential_medication", "allocated", "identifiers"}
ENDINGS = ("child_located", "child_returned", "episode_closed")


@dataclass(frozen=True)
class Fact:
    """Something that happened, with its times as datetimes."""

    event: Event
    at: datetime
    told: datetime

    type = property(lambda self: self.event.type)
    episode = property(lambda self: self.event.episode)


def as_datetime(value: Any) -> datetime | None:
    """A field that holds a moment with an offset; None when it holds none."""
    if not isinstance(value, datetime):
        try:
            value = datetime.fromisoformat(str(value))
        except ValueError:
            return None
    return value.astimezone(UTC) if value.tzinfo else None


def known(log: Log, as_of: datetime, known_at: datetime) -> dict[str, list[Fact]]:
    """By child: what had been recorded by `known_at` and had happened by `as_of`, corrected, in order."""
    found = {}
    for child, events in log.children.items():
        facts = [Fact(event, moment(event.at), moment(event.told)) for event in events]
        standing = _corrected([fact for fact in facts if fact.told <= known_at])
        found[child] = sorted(
            (fact for fact in standing if fact.at <= as_of), key=lambda fact: (fact.at, fact.told, fact.event.line)
        )
    return found


def _corrected(facts: list[Fact]) -> list[Fact]:
    """Each event as its newest correction has it; a correction recorded in error changes nothing."""
    plain = [_version(fact, fact, facts) for fact in facts if fact.type != "corrected"]
    return [fact for fact in plain if fact is not None]


def _version(root: Fact, about: Fact, facts: list[Fact]) -> Fact | None:
    """The root event by the newest standing correction of it, or of a correction of it, and so on."""
    for correction in _newest_first(facts):
        if _leads_to(correction, about, facts) and not _undone(correction, facts):
            line = _better(correction)
            if line is None and correction.event.fields["corrects"] != root.event.id:
                continue  # it only undid another correction
            return _instead(root, line) if line else None
    return root


def _newest_first(facts: list[Fact]) -> list[Fact]:
    corrections = [fact for fact in facts if fact.type == "corrected"]
    return sorted(corrections, key=lambda fact: (fact.told, fact.event.line), reverse=True)


def _leads_to(correction: Fact, about: Fact, facts: list[Fact]) -> bool:
    target, steps = str(correction.event.fields["corrects"]), 0
    while target != about.event.id and steps <= len(facts):
        steps += 1
        found = [fact for fact in facts if fact.event.id == target and fact.type == "corrected"]
        if not found:
            return False
        target = str(found[0].event.fields["corrects"])
    return target == about.event.id


def _undone(correction: Fact, facts: list[Fact]) -> bool:
    """Whether a newer correction, that stands itself, says that this one was recorded in error."""
    for newer in _newest_first(facts):
        if newer.event.id == correction.event.id:
            return False
        aimed = str(newer.event.fields["corrects"]) == correction.event.id
        if aimed and _better(newer) is None and not _undone(newer, facts):
            return True
    return False


def _better(correction: Fact) -> dict[str, Any] | None:
    line = correction.event.fields.get("corrected_event")
    while line and line.get("event") == "corrected":
        line = line.get("corrected_event")
    return line or None


def _instead(fact: Fact, line: dict[str, Any]) -> Fact:
    """The event as it should read; what the correction leaves out of its header stays as it was."""
    old = fact.event
    kind, episode = REGISTRY[line.get("event", old.type)], line.get("episode", old.episode)
    if kind.in_episode and episode is None:
        return fact  # no usable line: of no episode
    at = as_datetime(line.get("occurred_at")) or fact.at
    told = as_datetime(line.get("recorded_at")) or max(fact.told, at)
    event = Event(
        line.get("event", old.type),
        old.id,
        old.child,
        episode,
        0,
        0,
        line.get("by_role", old.by_role),
        line.get("agency", old.agency),
        {key: value for key, value in line.items() if key not in LINE_KEYS and value is not None},
        old.line,
    )
    return Fact(event, at, told)


@dataclass(frozen=True)
class World:
    """One episode of a child (or, without one, the child's whole record) under one pack."""

    pack: Pack
    record: dict[str, list[Fact]]
    child: str
    episode: str | None
    as_of: datetime
    void: frozenset[str] = frozenset()
    waits: datetime | None = None  # until when what is lacking may come in

    def mine(self) -> list[Fact]:
        """Everything on the child's record that stands."""
        return [fact for fact in self.record[self.child] if fact.event.id not in self.void]

    def here(self) -> list[Fact]:
        """What stands in this episode, events of other episodes that name this one included."""
        if self.episode is None:
            return self.mine()
        return [fact for fact in self.mine() if fact.episode == self.episode or self.episode in named(fact)]

    def matching(self, patterns: Patterns | None, facts: list[Fact] | None = None) -> list[Fact]:
        if patterns is None:
            return []
        return [fact for fact in (self.here() if facts is None else facts) if patterns.match(fact.event)]

    def of_type(self, *types: str) -> list[Fact]:
        return [fact for fact in self.here() if fact.type in types]

    def start(self) -> datetime:
        """Its first opening event, else its first event; of the whole record the first event."""
        facts = [fact for fact in self.record[self.child] if self._belongs(fact)]
        openers = [fact for fact in facts if fact.type in OPENERS and self.episode is not None]
        return min((fact.at for fact in openers or facts), default=self.as_of)

    def _belongs(self, fact: Fact) -> bool:
        return self.episode is None or fact.episode == self.episode or self.episode in named(fact)

    def episodes(self) -> list[World]:
        """Every episode of the child, in the order of their start."""
        names = {fact.episode for fact in self.record[self.child] if fact.episode is not None}
        return sorted((replace(self, episode=name) for name in names), key=lambda world: (world.start(), world.episode))

    def rank(self) -> tuple[datetime, str]:
        return self.start(), self.episode or ""

    # moments

    def event_of(self, name: str) -> Fact | None:
        """The event that a named moment is; None when it has not come (or is no event)."""
        if name == "known_missing":
            return next((fact for fact in self.of_type("category_set") if "missing" in categories(fact)), None)
        types = {
            "noticed": ("absence_noticed", "report_received"),
            "reported": ("report_received",),
            "recorded": ("police_recorded",),
            "graded": ("risk_graded",),
            "located": ("child_located",),
            "returned": ("child_returned",),
            "closed": ("episode_closed",),
            "found": ENDINGS,
        }.get(name, ())
        return next(iter(self.of_type(*types)), None)

    def when(self, name: str) -> datetime | None:
        """A named moment as a time."""
        if name == "start":
            return None if self.episode is None else self.start()
        if name == "last_seen":
            said = [
                fact.event.fields.get("last_seen_at") for fact in self.of_type("absence_noticed", "report_received")
            ]
            return next((at for at in map(as_datetime, said) if at is not None), None)
        fact = self.event_of(name)
        return fact.at if fact else None

    # how things stand

    def held(self, at: datetime, agency: str | None = None) -> list[str] | None:
        """Categories in force at a time; None when none was set."""
        found = None
        for side in (agency,) if agency else ("police", "authority"):
            decisions = [fact for fact in self.of_type("category_set") if fact.at <= at and side_of(fact) == side]
            if decisions:
                found = (found or []) + categories(decisions[-1])
        return found

    def treated_as(self, at: datetime) -> str | None:
        held = self.held(at)
        if held:
            return "away" if set(held) <= MILDER else "missing"
        reported = [fact for fact in self.of_type("report_received", "police_recorded") if fact.at <= at]
        return "missing" if reported else None

    def state(self, at: datetime) -> str:
        for type_, name in (("episode_closed", "closed"), ("child_returned", "returned"), ("child_located", "located")):
            if any(fact.at <= at for fact in self.of_type(type_)):
                return name
        return self.treated_as(at) or "noticed"

    def risk(self, at: datetime) -> Fact | None:
        gradings = [fact for fact in self.of_type("risk_graded") if fact.at <= at]
        return gradings[-1] if gradings else None

    def born(self) -> date | None:
        said = [fact.event.fields["date_of_birth"] for fact in self._profiles() if "date_of_birth" in fact.event.fields]
        return date.fromisoformat(str(said[-1])) if said else None

    def _profiles(self) -> Iterator[Fact]:
        return (fact for fact in self.mine() if fact.type == "profile_recorded")

    def statements(self, name: str) -> list[tuple[datetime, Any]]:
        """What was said of a fact, by the time from which it holds."""
        said = [(fact, fact.event.fields[name]) for fact in self._profiles() if name in fact.event.fields]
        return sorted(((holds_from(name, fact, value), value) for fact, value in said), key=lambda item: item[0])

    def known_fact(self, path: str, at: datetime) -> Any:
        """Its value at a time, later parts laid over earlier ones; None when nobody had said."""
        name, _, part = path.partition(".")
        value: Any = None
        for since, said in self.statements(name):
            if since <= at:
                both = name in PARTIAL and isinstance(said, dict) and isinstance(value, dict)
                value = {**value, **said} if both else said
        if part:
            return value.get(part) if isinstance(value, dict) else None
        if name == "looked_after" and isinstance(value, dict):
            basis = value.get("legal_basis")
            return None if basis is None else basis not in ("none", False)
        return value


def named(fact: Fact) -> list[str]:
    return [str(name) for name in as_list(fact.event.fields.get("episodes"))]


def categories(fact: Fact) -> list[str]:
    return as_list(fact.event.fields["category"])


def side_of(fact: Fact) -> str:
    """Police or authority: as said, else by the role that decided."""
    said = fact.event.agency or fact.event.fields.get("agency")
    if said in ("police", "authority"):
        return str(said)
    return "police" if decider(fact) in POLICE_ROLES else "authority"


def decider(fact: Fact) -> str | None:
    return fact.event.fields.get("decided_by_role") or fact.event.by_role


def holds_from(name: str, fact: Fact, value: Any) -> datetime:
    """From when a statement holds: always for a date of birth, its own `since`, else when it was noted."""
    if name == "date_of_birth":
        return datetime.min.replace(tzinfo=UTC)
    said = value.get("since") if isinstance(value, dict) else None
    if not said:
        return fact.at
    if "T" in str(said):
        since = as_datetime(said)
    else:
        try:
            since = datetime.combine(date.fromisoformat(str(said)), datetime.min.time(), LONDON).astimezone(UTC)
        except ValueError:
            since = None
    return min(fact.at, since) if since else fact.at
