"""A duty as pages show it: what, who, by when in words, why, and what answers it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from lantern.duties.models import Duty
from lantern.duties.queries import state_of
from lantern.engine.roles import ROLES
from lantern.pages.duty_actions import form_for, query
from lantern.pages.pack_words import Citation, citations
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
    about: Link | None = None
    about_detail: str = ""


def line_of(
    duty: Duty,
    at: datetime,
    *,
    episode_ref: str | None,
    events: Mapping[str, str] | None = None,
    events_at: str = "",
    about: Link | None = None,
    about_detail: str = "",
) -> DutyLine:
    """`duty` as a line.

    events: words for the ids of events that the reasons rest on; events_at: the page their timeline is on, if not this
    one. about: whose duty it is.
    """
    state = state_of(duty, at)
    links = {key: Link(words, f"{events_at}#event-{key}") for key, words in (events or {}).items()}
    return DutyLine(
        href=reverse("duty", args=[duty.id]),
        says=duty.says,
        state=state,
        tag=TAGS[state],
        when=when_words(duty, state, at),
        due=moment(duty.due_at, at) if duty.due_at else None,
        owner=capital(ROLES.get(duty.owner_role, duty.owner_role.replace("_", " "))),
        strength=STRENGTH.get(duty.strength, duty.strength),
        why=duty.in_words,
        reasons=reasons_of(duty.because, links),
        cites=citations(duty.cites, duty.pack),
        assumed=tuple(str(each) for each in duty.assumed),
        missing=tuple(MissingFact(plain(each["fact"]), _who(each.get("who"))) for each in duty.missing_facts),
        answer=_answer(duty, state, episode_ref),
        answered=f"Accepted {say_ago(duty.answered_at, at)}" if duty.answered_at else "",
        about=about,
        about_detail=about_detail,
    )


def when_words(duty: Duty, state: str, at: datetime) -> str:
    """The state in words: "Due in 3 hours, by 4:10pm Thursday"."""
    due, met = duty.due_at, duty.met_at
    limit = say_limit(due, at) if due else ""
    left = say_length((due - at).total_seconds()) if due else ""
    done = f" {say_moment(met, at)}" if met else ""
    words = {
        UPCOMING: f"Due in {left}, {limit}",
        OVERDUE: f"Overdue by {left}: it was due {limit}",
        DUE_NOW: "Due as soon as possible",
        "met": f"Done{done}",
        "met_late": f"Done late{done}" + (f": it was due {limit}" if due else ""),
        "missed": f"Not done: it was due {limit} and can no longer be done" if due else "Not done",
        "lapsed": "No longer needed",
        "set_aside": "Set aside",
    }
    return words.get(state, "Cannot tell yet")


def reasons_of(tree: Any, events: Mapping[str, Link]) -> tuple[Reason, ...]:
    """The tree of reasons that the engine built, ready to be printed."""
    if isinstance(tree, list):
        return tuple(reason for each in tree for reason in reasons_of(each, events))
    if not isinstance(tree, dict) or "clause" not in tree:
        return ()
    return (
        Reason(
            clause=str(tree["clause"]).replace("_", " "),
            verdict=str(tree.get("verdict", "")),
            missing=tuple(plain(str(each)) for each in tree.get("missing", ())),
            events=tuple(events[each] for each in tree.get("events", ()) if each in events),
            parts=tuple(reason for each in tree.get("parts", ()) for reason in reasons_of(each, events)),
        ),
    )


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


def capital(words: str) -> str:
    """`words` with a capital at the start."""
    return words[:1].upper() + words[1:]


def _who(role: Any) -> str:
    roles = role if isinstance(role, list | tuple) else [role] if role else []
    return " or ".join(ROLES.get(str(each), plain(str(each))) for each in roles)


def _answer(duty: Duty, state: str, episode_ref: str | None) -> Link | None:
    found = form_for(duty.duty)
    if not found or not episode_ref or state not in (OVERDUE, DUE_NOW, UPCOMING, "missed"):
        return None
    event, filled = found
    return Link(
        "Record that it was done",
        reverse("record_event", args=[episode_ref, event]) + query(filled),
        duty.says,
    )
