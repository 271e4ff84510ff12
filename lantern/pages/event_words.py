"""Events as pages tell them: a title, who, when, and what was said, for the timeline."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from lantern.engine.events import REGISTRY
from lantern.engine.roles import ROLES
from lantern.pages.fact_words import fact_label, fact_words
from lantern.pages.record_event.catalogue import BY_EVENT
from lantern.pages.record_event.specs import Ask
from lantern.pages.value_words import label, words_of
from lantern.record.load import TimelineItem
from lantern.ui.components import Entry, Link
from lantern.ui.times import moment, say_moment

TITLES: dict[str, str] = {
    "profile_recorded": "Facts about the child recorded",
    "absence_noticed": "Absence noticed",
    "check_made": "Check made",
    "report_received": "Reported missing",
    "police_recorded": "Police record made",
    "category_set": "Category set",
    "risk_graded": "Risk graded",
    "risk_reviewed": "Risk reviewed",
    "absence_reviewed": "Absence reviewed",
    "whereabouts_updated": "Whereabouts updated",
    "contact_made": "Contact with the child",
    "sighting_recorded": "Sighting",
    "information_received": "Information received",
    "party_notified": "Told",
    "meeting_held": "Meeting held",
    "return_notified": "Agency told of the return",
    "family_updated": "Family updated",
    "media_decided": "Decision on publicity",
    "child_located": "Child found",
    "child_returned": "Child back",
    "safe_and_well_done": "Safe and well check done",
    "safe_and_well_not_done": "Safe and well check not done",
    "return_interview_offered": "Return interview offered",
    "return_interview_attempted": "Return interview attempted",
    "return_interview_held": "Return interview held",
    "return_interview_declined": "Return interview declined",
    "return_interview_not_required": "Return interview not required",
    "carer_views_recorded": "Views of parent or carer recorded",
    "return_interview_signed_off": "Return interview signed off",
    "extract_shared": "Extract shared",
    "plan_updated": "Plan updated",
    "referral_made": "Referral made",
    "legal_step_taken": "Legal step taken",
    "responsibility_transferred": "Responsibility passed on",
    "disagreement_raised": "Disagreement raised",
    "disagreement_decided": "Disagreement decided",
    "duty_set_aside": "Duty set aside",
    "duty_acknowledged": "Duty accepted",
    "episode_closed": "Episode closed",
    "corrected": "Correction",
}
_WORTH_SAYING = 900  # seconds between happening and being recorded that a reader should know of
_HEADLINES = ("level", "category", "party", "kind", "step", "plan")
_LABELS = {
    "last_seen_at": "Last seen",
    "last_seen_place": "Last seen at",
    "missing_from": "Missing from",
    "whereabouts": "Where the child is",
    "received_by": "Received by",
    "reported_by_role": "Reported by",
    "authorised_by_role": "Allowed by",
}
_HIDDEN = frozenset({"corrected_event", "corrects", "episodes", "duty", "by", "content_ref"})


def entry_of(
    item: TimelineItem,
    at: datetime,
    *,
    people: Mapping[UUID, str],
    agencies: Mapping[str, str],
    correct_href: str = "",
) -> Entry:
    """One event as an item of the timeline; a corrected one shows how it reads now and how it first read."""
    fields = item.fields if item.reads_now is None else item.reads_now
    changed = item.corrected_by is not None and item.reads_now is not None
    notes = list(_notes(item, at))
    if changed:
        notes += [f"First recorded as: {line}" for line in lines_of(item.type, item.fields)]
    return Entry(
        anchor=f"event-{item.id}",
        title=title_of(item.type, fields),
        byline=byline(item, people, agencies),
        moment=moment(happened_at(item), at),
        lines=() if item.type == "corrected" else tuple(lines_of(item.type, fields)),
        notes=tuple(notes),
        struck=item.corrected_by is not None and item.reads_now is None,
        actions=(Link("Correct", correct_href, TITLES[item.type].lower()),) if correct_href else (),
    )


def happened_at(item: TimelineItem) -> datetime:
    """When it happened, as corrected."""
    said = (item.reads_now or {}).get("occurred_at", item.occurred_at)
    return said if isinstance(said, datetime) else datetime.fromisoformat(str(said))


def title_of(kind: str, fields: Mapping[str, Any]) -> str:
    """The title with the one value that matters most: "Risk graded: high"."""
    for name in _HEADLINES:
        if name in fields and name in REGISTRY[kind].fields:
            return f"{TITLES[kind]}: {value_words(kind, name, fields[name], short=True)}"
    return TITLES[kind]


def lines_of(kind: str, fields: Mapping[str, Any]) -> Iterable[str]:
    """Each field as a line, "Label: words", without those that the title already tells."""
    told = next((name for name in _HEADLINES if name in fields and name in REGISTRY[kind].fields), "")
    for name in REGISTRY[kind].fields:
        if name in fields and name != told and name not in _HIDDEN:
            said = _label(kind, name)
            yield f"{said}{'' if said.endswith('?') else ':'} {value_words(kind, name, fields[name])}"


def value_words(kind: str, name: str, value: Any, *, short: bool = False) -> str:
    """A field's value as one says it."""
    if kind == "profile_recorded":
        return fact_words(name, value)
    asked = _ask(kind, name)
    words = words_of(value, asked.options if asked else {})
    words = words.partition(":")[0] if short else words
    return words[:1].lower() + words[1:] if short else words


def _label(kind: str, name: str) -> str:
    if kind == "profile_recorded":
        return fact_label(name)
    asked = _ask(kind, name)
    return asked.label if asked else _LABELS.get(name, label(name))


def _ask(kind: str, name: str) -> Ask | None:
    return next((ask for ask in BY_EVENT[kind].asks if ask.name == name), None) if kind in BY_EVENT else None


def byline(item: TimelineItem, people: Mapping[UUID, str], agencies: Mapping[str, str]) -> str:
    """Who: name where known, role and agency."""
    role = ROLES.get(item.by_role, label(item.by_role).lower())
    agency = agencies.get(item.agency, item.agency)
    name = people.get(item.by_person, "") if item.by_person else ""
    who = ", ".join(part for part in (name, role, agency) if part)
    return f"{who} (from a report that came in)" if item.source_kind == "feed" else who


def _notes(item: TimelineItem, at: datetime) -> Iterable[str]:
    if item.recorded_at and abs((item.recorded_at - item.occurred_at).total_seconds()) >= _WORTH_SAYING:
        yield f"Recorded {say_moment(item.recorded_at, at)}"
    if item.erased:
        yield "The personal details were erased"
    if item.corrected_by and item.reads_now is None:
        yield "Recorded in error"
    elif item.corrected_by:
        yield "Corrected"


def correct_address(episode_ref: str, item: TimelineItem) -> str:
    """Where this event can be corrected; empty where there is no form for it."""
    if item.type not in BY_EVENT or (item.corrected_by and item.reads_now is None):
        return ""
    return reverse("correct_event", args=[episode_ref, item.id])
