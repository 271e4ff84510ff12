"""A duty as pages show it: what, who, by when in words, why, and what answers it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from lantern.access.permissions import Permission
from lantern.duties.models import Duty
from lantern.duties.queries import state_of
from lantern.engine.roles import ROLES
from lantern.pages.addresses import address
from lantern.pages.duty_actions import form_for, form_of_fact, query
from lantern.pages.duty_html import item
from lantern.pages.pack_words import met_by
from lantern.pages.record_event.catalogue import BY_EVENT
from lantern.pages.value_words import capital, plain
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
STRENGTH = {"must": "Must", "should": "Should", "may": "May"}
AT_ONCE = "as soon as possible"  # how the engine words a duty that is owed immediately
STILL_OWED = (OVERDUE, DUE_NOW, UPCOMING, CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that nobody has recorded yet, and who could."""

    fact: str
    who: str


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty on a page.  `why`: its reasons and citations as HTML, see `reasons`."""

    href: str
    says: str
    state: str
    tag: Tag
    when: str
    due: Moment | None
    owner: str
    strength: str
    assumed: bool
    missing: tuple[MissingFact, ...]
    answer: Link | None
    answered: str
    why: SafeString
    mine: bool = False
    about: Link | None = None
    about_detail: str = ""

    @property
    def html(self) -> SafeString:
        """The line as an item of a list."""
        return item(self)


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """Duties under one heading."""

    heading: str
    lines: tuple[DutyLine, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What a line needs to know besides its duty.

    agencies: name by short code. my_agencies: codes of the reader's own. permissions: what the reader may do, so that
    no form is offered that would be refused.
    """

    agencies: Mapping[str, str] = field(default_factory=dict)
    my_agencies: frozenset[str] = frozenset()
    permissions: frozenset[Permission] = frozenset()


NOTHING_AROUND = Around()
NOTHING_SAID = SafeString()


def line_of(
    duty: Duty,
    at: datetime,
    *,
    episode_ref: str | None,
    why: SafeString = NOTHING_SAID,
    around: Around = NOTHING_AROUND,
    about: Link | None = None,
    about_detail: str = "",
) -> DutyLine:
    """`duty` as a line.  `about`: whose duty it is, where the page is not about one child."""
    state = state_now(duty, at)
    return DutyLine(
        href=address("duty", duty.id),
        says=duty.says,
        state=state,
        tag=TAGS[state],
        when=when_words(duty, state, at),
        due=moment(duty.due_at, at) if duty.due_at else None,
        owner=_owner(duty, around),
        strength=STRENGTH.get(duty.strength, duty.strength),
        assumed=bool(duty.assumed),
        missing=tuple(MissingFact(plain(each["fact"]), _who(each.get("who"))) for each in duty.missing_facts),
        answer=_answer(duty, state, episode_ref, around.permissions),
        answered=f"Accepted {say_ago(duty.answered_at, at)}" if duty.answered_at else "",
        why=why,
        mine=duty.owner_agency in around.my_agencies,
        about=about,
        about_detail=about_detail,
    )


def state_now(duty: Duty, at: datetime) -> str:
    """The state at `at`; a duty that is owed at once is due now, though a latest time was given as well."""
    state = state_of(duty, at)
    return DUE_NOW if state == UPCOMING and AT_ONCE in duty.in_words else state


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


def _who(role: Any) -> str:
    roles = role if isinstance(role, list | tuple) else [role] if role else []
    return " or ".join(ROLES.get(str(each), plain(str(each))) for each in roles)


def _answer(duty: Duty, state: str, episode_ref: str | None, permissions: frozenset[Permission]) -> Link | None:
    """The form that meets the duty, or that records the fact that is missing."""
    if state == CANNOT_TELL and duty.missing_facts:
        words, found = "Record the missing fact", form_of_fact(str(duty.missing_facts[0]["fact"]))
        if found is None and Permission.RECORD_EVENT in permissions:
            return Link(words, address("update_facts", duty.child.ref), duty.says)
    else:
        words, found = "Record that it was done", form_for(duty.duty, met_by(duty.duty, duty.variant, duty.pack))
    if not found or not episode_ref or state not in (*STILL_OWED, "missed"):
        return None
    event, filled = found
    if BY_EVENT[event].permission not in permissions:
        return None
    return Link(words, address("record_event", episode_ref, event) + query(filled), duty.says)
