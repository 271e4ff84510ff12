"""A duty as pages show it: what, who, by when in words, why, and what answers it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from lantern.access.permissions import Permission
from lantern.duties.models import Duty
from lantern.duties.queries import state_of
from lantern.engine.events import REGISTRY
from lantern.engine.roles import ROLES
from lantern.pages.duty_actions import form_for, form_of_fact, query
from lantern.pages.pack_words import Citation, citations, met_by
from lantern.pages.record_event.catalogue import BY_EVENT
from lantern.pages.value_words import capital
from lantern.ui.components import Link, Tag
from lantern.ui.times import Moment, moment, say_ago, say_length, say_limit, say_moment

OVERDUE, DUE_NOW, UPCOMING, CANNOT_TELL = "overdue", "due_now", "upcoming", "cannot_tell"
TAGS: dict[str, Tag] = {
    OVERDUE: Tag("Overdue", "red"),
    DUE_NOW: Tag("Due now", "orange"),
    UPCOMING: Tag("Due", "blue"),
    CANNOT_TELL: Tag("Cannot tell", "purple"),
    "met": Tag("Done", "green"),
    "met_late": Tag("Done late", "yellow"),
    "set_aside": Tag("Set aside", "grey"),
    "lapsed": Tag("No longer needed", "grey"),
    "missed": Tag("Missed", "red"),
}
_CLAUSES = {"any of": "one of these", "not": "none of this"}
_HAPPENED = {f"{name.replace('_', ' ')} happened": kind.says for name, kind in REGISTRY.items()}
STRENGTH = {"must": "Must", "should": "Should", "may": "May"}
AT_ONCE = "as soon as possible"  # how the engine words a duty that is owed immediately
STILL_OWED = (OVERDUE, DUE_NOW, UPCOMING, CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class Reason:
    """One clause of why a duty is owed, with its verdict in a word, and the clauses it is made of."""

    clause: str
    verdict: str
    missing: tuple[str, ...]
    events: tuple[Link, ...]
    parts: tuple["Reason", ...]


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that nobody has recorded yet, and who could."""

    fact: str
    who: str


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty on a page."""

    href: str
    says: str
    state: str
    tag: Tag
    when: str
    due: Moment | None
    owner: str
    strength: str
    why: str
    reasons: tuple[Reason, ...]
    cites: tuple[Citation, ...]
    assumed: tuple[str, ...]
    missing: tuple[MissingFact, ...]
    answer: Link | None
    answered: str
    mine: bool = False
    about: Link | None = None
    about_detail: str = ""


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """Duties under one heading."""

    heading: str
    lines: tuple[DutyLine, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What a line needs to know besides its duty.

    events: words for the ids of events that the reasons rest on; events_at: the page their timeline is on, if not this
    one. agencies: name by short code. my_agencies: codes of the reader's own. permissions: what the reader may do, so
    that no form is offered that would be refused.
    """

    events: Mapping[str, str] = field(default_factory=dict)
    events_at: str = ""
    agencies: Mapping[str, str] = field(default_factory=dict)
    my_agencies: frozenset[str] = frozenset()
    permissions: frozenset[Permission] = frozenset()


NOTHING_AROUND = Around()


def line_of(
    duty: Duty,
    at: datetime,
    *,
    episode_ref: str | None,
    around: Around = NOTHING_AROUND,
    about: Link | None = None,
    about_detail: str = "",
) -> DutyLine:
    """`duty` as a line.  `about`: whose duty it is, where the page is not about one child."""
    state = state_now(duty, at)
    links = {key: Link(words, f"{around.events_at}#event-{key}") for key, words in around.events.items()}
    return DutyLine(
        href=reverse("duty", args=[duty.id]),
        says=duty.says,
        state=state,
        tag=TAGS[state],
        when=when_words(duty, state, at),
        due=moment(duty.due_at, at) if duty.due_at else None,
        owner=_owner(duty, around),
        strength=STRENGTH.get(duty.strength, duty.strength),
        why=why_words(duty),
        reasons=reasons_of(duty.because.get("parts", []), links),
        cites=citations(duty.cites, duty.pack),
        assumed=tuple(str(each) for each in duty.assumed),
        missing=tuple(MissingFact(plain(each["fact"]), _who(each.get("who"))) for each in duty.missing_facts),
        answer=_answer(duty, state, episode_ref, around.permissions),
        answered=f"Accepted {say_ago(duty.answered_at, at)}" if duty.answered_at else "",
        mine=duty.owner_agency in around.my_agencies,
        about=about,
        about_detail=about_detail,
    )


def state_now(duty: Duty, at: datetime) -> str:
    """The state at `at`; a duty that is owed at once is due now, though a latest time was given as well."""
    state = state_of(duty, at)
    return DUE_NOW if state == UPCOMING and AT_ONCE in duty.in_words else state


def why_words(duty: Duty) -> str:
    """The reason alone, without the state, which the page says as of now."""
    _, found, reason = duty.in_words.partition(" Because ")
    return f"Because {told(reason)}" if found else ""


def told(words: str) -> str:
    """`words` with "report received happened" as one says it: "the child was reported missing"."""
    for name, said in _HAPPENED.items():
        words = words.replace(name, said)
    return words


def _owner(duty: Duty, around: Around) -> str:
    role = capital(ROLES.get(duty.owner_role, plain(duty.owner_role)))
    agency = around.agencies.get(duty.owner_agency, "")
    return f"{role}, {agency}" if agency else role


def when_words(duty: Duty, state: str, at: datetime) -> str:
    """The state in words: "Due in 3 hours, by 4:10pm Thursday"."""
    due, met = duty.due_at, duty.met_at
    limit = say_limit(due, at) if due else ""
    left = say_length((due - at).total_seconds()) if due else ""
    done = f" {say_moment(met, at)}" if met else ""
    words = {
        UPCOMING: f"Due in {left}, {limit}",
        OVERDUE: f"Overdue by {left}: it was due {limit}",
        DUE_NOW: "Due as soon as possible" + (f", at the latest {limit}" if due else ""),
        "met": f"Done{done}",
        "met_late": f"Done late{done}" + (f": it was due {limit}" if due else ""),
        "missed": f"Not done: it was due {limit} and can no longer be done" if due else "Not done",
        "lapsed": "No longer needed",
        "set_aside": "Set aside",
    }
    return words.get(state, "A fact is missing")


def reasons_of(tree: Any, links: Mapping[str, Link]) -> tuple[Reason, ...]:
    """The tree of reasons that the engine built, ready to be printed; "all of" says nothing that its parts do not."""
    if isinstance(tree, list):
        return tuple(reason for each in tree for reason in reasons_of(each, links))
    if not isinstance(tree, dict) or "clause" not in tree:
        return ()
    parts = reasons_of(tree.get("parts", []), links)
    if tree["clause"] == "all of":
        return parts
    return (
        Reason(
            clause=told(_CLAUSES.get(str(tree["clause"]), str(tree["clause"]).replace("_", " "))),
            verdict=str(tree.get("verdict", "")),
            missing=tuple(plain(str(each)) for each in tree.get("missing", ())),
            events=tuple(links[each] for each in tree.get("events", ()) if each in links),
            parts=parts,
        ),
    )


def grouped(lines: Sequence[DutyLine]) -> tuple[DutyGroup, ...]:
    """What the reader's own agencies owe, then what others owe; one list where there is only one of them."""
    mine, others = (tuple(line for line in lines if line.mine is own) for own in (True, False))
    parts = (("Your agency owes", mine), ("Others owe", others))
    return tuple(DutyGroup(heading, held) for heading, held in parts if held)


def in_order(lines: Iterable[DutyLine]) -> list[DutyLine]:
    """Overdue first, then what is due now, then by due time, then what cannot be told, then what is over."""
    rank = {state: index for index, state in enumerate((OVERDUE, DUE_NOW, UPCOMING, CANNOT_TELL))}
    return sorted(lines, key=lambda line: (rank.get(line.state, len(rank)), line.due.iso if line.due else ""))


def still_owed(lines: Sequence[DutyLine]) -> tuple[DutyLine, ...]:
    """The lines that somebody still has to do something about."""
    return tuple(line for line in lines if line.state in STILL_OWED)


def plain(name: str) -> str:
    """A name of the vocabulary as words: `looked_after.since` is "looked after since"."""
    return name.replace("_", " ").replace(".", " ")


def _who(role: Any) -> str:
    roles = role if isinstance(role, list | tuple) else [role] if role else []
    return " or ".join(ROLES.get(str(each), plain(str(each))) for each in roles)


def _answer(duty: Duty, state: str, episode_ref: str | None, permissions: frozenset[Permission]) -> Link | None:
    """The form that meets the duty, or that records the fact that is missing."""
    if state == CANNOT_TELL and duty.missing_facts:
        words, found = "Record the missing fact", form_of_fact(str(duty.missing_facts[0]["fact"]))
        if found is None and Permission.RECORD_EVENT in permissions:
            return Link(words, reverse("update_facts", args=[duty.child.ref]), duty.says)
    else:
        words, found = "Record that it was done", form_for(duty.duty, met_by(duty.duty, duty.variant, duty.pack))
    if not found or not episode_ref or state not in (*STILL_OWED, "missed"):
        return None
    event, filled = found
    if BY_EVENT[event].permission not in permissions:
        return None
    return Link(words, reverse("record_event", args=[episode_ref, event]) + query(filled), duty.says)
