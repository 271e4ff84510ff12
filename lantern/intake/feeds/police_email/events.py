"""The facts of a report as events of the vocabulary."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from lantern.intake.translation import Draft

Facts = Mapping[str, Any]
PROFILE = (
    "given_name", "family_name", "known_as", "date_of_birth", "gender", "ethnicity", "address", "school",
    "responsible_authority", "host_authority",
)  # fmt: skip


def events_of(kind: str, facts: Facts, received_at: datetime) -> Iterator[Draft]:
    """The events that a readable report tells of, in the order of the child's journey.

    A later message about the same absence repeats its fields: only what can be new in it becomes an event.
    """
    told = facts.get("reported_at") or received_at
    profile = _profile(facts)
    if profile:
        yield Draft("profile_recorded", told, profile, in_episode=False)
    if kind == "report":
        yield from _report(facts, told)
    if kind != "located":
        yield from _decisions(facts, told if kind == "report" else received_at)
    yield from _endings(facts)


def _profile(facts: Facts) -> dict[str, Any]:
    found = {name: facts[name] for name in PROFILE if facts.get(name)}
    if facts.get("legal_status"):
        found["looked_after"] = {"legal_basis": facts["legal_status"]}
    if facts.get("medication"):
        found["essential_medication"] = {"needed": True, "name": facts["medication"]}
    return found


def _report(facts: Facts, told: datetime) -> Iterator[Draft]:
    noticed = facts.get("noticed_at") or told
    seen = {name: facts.get(name) for name in ("last_seen_at", "last_seen_place", "missing_from", "circumstances")}
    # a report says that nobody knows where the child is, unless it says otherwise
    yield _draft("absence_noticed", noticed, seen | {"whereabouts": facts.get("whereabouts") or "unknown"})
    report = {"received_by": "police", "reported_by_role": facts.get("reporter"), "reference": facts.get("reference")}
    yield _draft("report_received", told, report)
    record = {"system": facts.get("system"), "reference": facts.get("reference")}
    yield _draft("police_recorded", facts.get("recorded_at") or told, record)


def _decisions(facts: Facts, when: datetime) -> Iterator[Draft]:
    if facts.get("category"):
        decided = {"category": facts["category"], "decided_by_role": facts.get("category_by")}
        yield _draft("category_set", facts.get("category_at") or when, decided)
    if facts.get("risk"):
        graded = {
            "level": facts["risk"],
            "decided_by_role": facts.get("risk_by"),
            "rationale": facts.get("risk_rationale"),
        }
        yield _draft("risk_graded", facts.get("risk_at") or when, graded)


def _endings(facts: Facts) -> Iterator[Draft]:
    if facts.get("located_at"):
        found = {
            "place": facts.get("located_place"),
            "found_by": facts.get("found_by"),
            "circumstances": facts.get("located_circumstances"),
            "harm_suspected": facts.get("harm"),
        }
        yield _draft("child_located", facts["located_at"], found)
    if facts.get("returned_at"):
        yield _draft("child_returned", facts["returned_at"], {"to": facts.get("returned_to")})
    if facts.get("checked_at"):
        yield _draft("safe_and_well_done", facts["checked_at"], {"method": facts.get("check_method")})


def _draft(type_: str, occurred_at: datetime, fields: Mapping[str, Any]) -> Draft:
    return Draft(type_, occurred_at, {name: value for name, value in fields.items() if value is not None})
