"""The event vocabulary: every kind of thing that can happen, its fields, and which of them are personal.

An event is one line of a log.  Besides its own fields each line carries `event`, `id`, `child`, `episode`
(absent for facts about the child), `occurred_at`, `recorded_at`, `by_role` and `agency`.
Personal fields (names, places, narrative) are stored apart and encrypted; the engine's rules never need their words.
"""

from __future__ import annotations

from dataclasses import dataclass

CATEGORIES = ("missing", "absent", "no_apparent_risk", "unauthorised_absence", "absconder", "wanted")
RISK_LEVELS = ("no_apparent_risk", "low", "medium", "high")  # lowest first
MEETING_KINDS = (
    "strategy",
    "strategy_review",
    "case_review",
    "risk_management",
    "intervention_1",
    "intervention_2",
    "intervention_3",
    "planning",
    "preventative",
    "repeat_discussion",
    "panel",
    "mace",
    "statutory_review",
)
LINE_KEYS = frozenset({"event", "id", "child", "episode", "occurred_at", "recorded_at", "by_role", "agency"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an event.

    kind: text, bool, choice, choices (one or several), role, roles, instant, date, list, map, number, any.
    `choices` binds only when `closed` is true; otherwise it is the list a form offers.
    """

    name: str
    kind: str
    personal: bool = False
    choices: tuple[str, ...] = ()
    closed: bool = False
    required: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of event.

    `in_episode` is false only for facts about the child; `sets_aside` names the duties that the event would set
    aside where a protocol allows it.
    """

    name: str
    says: str
    fields: dict[str, Field]
    in_episode: bool = True
    sets_aside: tuple[str, ...] = ()


def text(name: str, help_: str = "") -> Field:
    """Free words: personal by nature."""
    return Field(name, "text", personal=True, help=help_)


def flag(name: str, help_: str = "") -> Field:
    return Field(name, "bool", help=help_)


def one_of(name: str, *choices: str, help_: str = "", required: bool = False) -> Field:
    """A value from the vocabulary; anything else is refused."""
    return Field(name, "choice", choices=choices, closed=True, required=required, help=help_)


def offered(name: str, *choices: str, help_: str = "") -> Field:
    """A short code: the usual values are offered, others are allowed."""
    return Field(name, "choice", choices=choices, help=help_)


def role(name: str, help_: str = "", *, required: bool = False) -> Field:
    return Field(name, "role", required=required, help=help_)


def many(name: str, help_: str = "", *, personal: bool = False) -> Field:
    return Field(name, "list", personal=personal, help=help_)


def mapping(name: str, help_: str = "", *, personal: bool = False) -> Field:
    return Field(name, "map", personal=personal, help=help_)


def instant(name: str, help_: str = "") -> Field:
    return Field(name, "instant", help=help_)


REGISTRY: dict[str, EventType] = {}


def setting_aside(duty: str) -> frozenset[str]:
    """The types of event that would set a duty of that name aside where a protocol allows it."""
    return frozenset({"duty_set_aside", *(kind.name for kind in REGISTRY.values() if duty in kind.sets_aside)})


def event(name: str, says: str, *fields: Field, in_episode: bool = True, sets_aside: tuple[str, ...] = ()) -> None:
    """Add one kind of event to the vocabulary; a second of the same name is a programming error."""
    if name in REGISTRY:
        raise ValueError(f"event {name} is declared twice")
    REGISTRY[name] = EventType(name, says, {field.name: field for field in fields}, in_episode, sets_aside)
