"""A pack as the engine uses it: duties, authority, classification and the registers around them.

Everything here is read-only data.  `packs.read` builds it from YAML and has refused whatever could not be used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lantern.engine.clocks import AS_SOON_AS_POSSIBLE, DueCase, Repeat
from lantern.engine.conditions import Condition
from lantern.engine.events import setting_aside
from lantern.engine.instants import FAR, OfficeHours, birthday
from lantern.engine.patterns import Patterns
from lantern.engine.roles import ROLES

STRENGTHS = ("may", "should", "must")  # the weakest first


@dataclass(frozen=True, slots=True)
class Cite:
    """A place in a source: the source's key and the paragraph, section or lines."""

    source: str
    at: str

    def as_json(self) -> dict[str, str]:
        return {"source": self.source, "at": self.at}


@dataclass(frozen=True, slots=True)
class Arises:
    """What makes a duty arise: events that satisfy a condition, or a condition becoming true.

    Once in an episode; with `each` every time; with `after_lapse` again once the reason of the last time has gone.
    """

    at: Patterns | None
    condition: Condition | None
    each: bool = False
    after_lapse: bool = False

    def needs(self) -> frozenset[str] | None:
        """Types of events without which it cannot arise in an episode; None where it may arise without any."""
        if self.at is not None:
            return self.at.types()
        return self.condition.needs if self.condition is not None else None

    @property
    def several(self) -> bool:
        """Whether more than the first moment counts."""
        return self.each or self.after_lapse


@dataclass(frozen=True, slots=True)
class Lapses:
    """What takes the reason away. `at_any_time` counts what happened before the duty arose, too."""

    on: Patterns | None = None
    condition: Condition | None = None
    at_any_time: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """Who may set a duty aside, by which event, and what must be recorded."""

    by: frozenset[str]
    event: Patterns | None = None  # None: `duty_set_aside` naming the duty
    requires: tuple[str, ...] = ()
    condition: Condition | None = None
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Duty:
    """One rule that makes somebody owe something."""

    duty: str
    says: str
    owed_by: str
    strength: str
    arises: Arises
    cites: tuple[Cite, ...]
    variant: str = ""
    scope: str = "episode"
    phase: str = ""
    due: tuple[DueCase, ...] = ()
    met_by: Patterns | None = None
    counts_from: str = "start"
    lapses: Lapses | None = None
    set_aside: tuple[SetAside, ...] = ()
    repeats: Repeat | None = None
    others: tuple[str, ...] = ()
    consider: bool = False
    acknowledge: bool = False
    serious: bool = False
    serves_episodes: bool = False
    contains: Mapping[str, Any] = field(default_factory=dict)
    assumed: str = ""
    conflicts: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    departs_from: Mapping[str, Any] | None = None
    timetable: str = ""
    origin: str = ""  # the pack and edition it was written in
    file: str = ""
    line: int = 0

    name: str = field(init=False)  # with its variant, unique in a pack for an owner
    changes_due: bool = field(init=False)  # whether its due time hangs on how things stand
    only_case: DueCase = field(init=False)  # the way its due time is given, where there is but one
    arising_types: frozenset[str] | None = field(init=False)  # without such an event it cannot have arisen
    told_as: tuple[str, str] = field(init=False)  # name and variant in answers: telling of a return is a notice, too
    place: str = field(init=False)  # tells apart what has the same name and due time, for sorting
    set_aside_types: frozenset[str] = field(init=False)  # events that would set it aside, allowed or not

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", f"{self.duty}#{self.variant}" if self.variant else self.duty)
        object.__setattr__(self, "told_as", told_as(self.duty, self.variant))
        object.__setattr__(self, "place", f"{self.told_as[1]}/{self.owed_by}")
        conditional = len(self.due) > 1 or any(case.condition or case.agreed or case.earliest for case in self.due)
        object.__setattr__(self, "changes_due", conditional)
        object.__setattr__(self, "only_case", self.due[0] if self.due else AS_SOON_AS_POSSIBLE)
        object.__setattr__(self, "arising_types", self.arises.needs())
        written = {type_ for rule in self.set_aside if rule.event for type_ in rule.event.types()}
        object.__setattr__(self, "set_aside_types", setting_aside(self.duty) | written)


def told_as(duty: str, variant: str) -> tuple[str, str]:
    """Packs keep apart telling a party of the absence and of the return; both are `notify.<party>` to whoever asks."""
    kind, _, party = duty.partition(".")
    if kind != "return_notice":
        return duty, variant
    return f"notify.{party}", f"return_{variant}" if variant else "return"


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may make a decision; by anyone else it is kept, changes nothing and is listed."""

    id: str
    says: str
    decision: Patterns
    by: frozenset[str]
    cites: tuple[Cite, ...]
    condition: Condition | None = None
    requires: tuple[str, ...] = ()
    strict: bool = False
    assumed: str = ""
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classification:
    """Facts that make an absence be of a category, whatever anybody chose."""

    id: str
    category: str
    says: str
    condition: Condition
    cites: tuple[Cite, ...]
    assumed: str = ""
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document that is cited."""

    key: str
    title: str
    publisher: str = ""
    edition: str = ""
    seen: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Timetable:
    """A recurring meeting or report."""

    id: str
    every: str
    weekday: str = ""
    anchor: date | None = None
    day: str = ""
    cites: tuple[Cite, ...] = ()
    assumed: str = ""
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places that contradict, or a value left open, and the reading that is computed."""

    id: str
    type: str
    says: str
    places: tuple[Cite, ...]
    chosen: str
    why: str
    touches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisteredRule:
    """One rule of the sources and where it went."""

    id: str
    at: str
    says: str
    home: str
    why: str = ""
    of: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Pack:
    """One local protocol in one edition, ready to be applied."""

    name: str
    edition: str
    title: str
    content_hash: str
    in_force_from: date
    in_force_until: date | None
    status: str
    agreed_by: str
    base: str
    authorities: tuple[str, ...]
    roles: Mapping[str, str]
    records: Mapping[str, str]
    office_hours: OfficeHours
    applies: Condition | None
    duties: tuple[Duty, ...]
    authority: tuple[Authority, ...]
    classification: tuple[Classification, ...]
    sources: Mapping[str, Source]
    terms: Mapping[str, Condition]
    timetables: Mapping[str, Timetable]
    conflicts: tuple[Conflict, ...]
    register: Mapping[str, RegisteredRule]
    definitions: tuple[Mapping[str, Any], ...] = ()
    withdraws: tuple[Mapping[str, Any], ...] = ()
    folder: str = ""
    episode_duties: tuple[Duty, ...] = ()
    child_duties: tuple[Duty, ...] = ()

    earlier: tuple[Pack, ...] = ()  # older editions, when no edition was asked for by name

    @property
    def key(self) -> str:
        return f"{self.name}@{self.edition}"

    def editions(self) -> list[tuple[Pack, int, int]]:
        """Each edition with the instants between which a duty that arises is judged by it.

        The oldest edition we have also judges what came before it, the newest what comes after.
        """
        if not self.earlier:
            return [(self, -FAR, FAR)]
        in_order = sorted((*self.earlier, self), key=lambda pack: pack.in_force_from)
        starts = [-FAR, *(birthday(pack.in_force_from, 0) for pack in in_order[1:])]
        return list(zip(in_order, starts, [*starts[1:], FAR], strict=True))

    def role_name(self, role: str) -> str:
        """What this protocol calls the role."""
        return self.roles.get(role) or ROLES.get(role, role.replace("_", " "))

    def assumptions(self) -> list[Duty]:
        """Duties that rest on a reading of ours."""
        return [duty for duty in self.duties if duty.assumed or any(case.assumed for case in duty.due)]
