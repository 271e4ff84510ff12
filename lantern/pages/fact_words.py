"""Facts about a child in words: the label of each, and its value as one says it."""

from collections.abc import Mapping
from typing import Any

from lantern.pages.value_words import capital, label, words_of

LABELS: Mapping[str, str] = {
    "date_of_birth": "Date of birth",
    "gender": "Gender",
    "ethnicity": "Ethnicity",
    "address": "Address",
    "looked_after": "Looked after",
    "responsible_authority": "Responsible authority",
    "host_authority": "Host authority",
    "placement": "Placement",
    "plan": "Plan",
    "section_47_open": "Section 47 enquiry open",
    "open_to_social_care": "Open to social care",
    "care_leaver": "Care leaver",
    "exploitation": "Exploitation",
    "trafficking_concern": "Concern about trafficking",
    "unaccompanied_asylum_seeking": "Unaccompanied asylum seeker",
    "subject_to_restriction": "Subject to immigration restriction",
    "court_requirement": "Court requirement",
    "wanted": "Wanted by the police",
    "learning_difficulty": "Learning difficulty",
    "disability": "Disability",
    "mental_health_need": "Mental health need",
    "essential_medication": "Essential medication",
    "report_at_once": "Report from the first minute",
    "withhold_from_parents": "Parents are not to be told",
    "school": "School",
    "home_educated": "Educated at home",
    "allocated": "Allocated workers",
    "risk_factors": "Risk factors",
    "identifiers": "Identifiers",
}
LEGAL_BASIS: Mapping[str, str] = {
    "none": "no",
    "s20": "section 20, by agreement",
    "s21": "section 21",
    "s31": "section 31, care order",
    "s38": "section 38, interim care order",
    "epo": "emergency protection order",
    "remand": "remand",
    "secure_order": "secure order",
}
PLACEMENTS: Mapping[str, str] = {
    "none": "Not placed",
    "foster": "Foster care",
    "residential": "Children's home",
    "with_parents": "With parents",
    "kinship": "With family or friends",
    "secure": "Secure accommodation",
    "supported": "Supported accommodation",
    "private_fostering": "Private fostering",
}
LEVELS: Mapping[str, str] = {"none": "No concern", "suspected": "Suspected", "known": "Known"}


def fact_words(name: str, value: Any) -> str:
    """A fact's value as one says it."""
    if isinstance(value, Mapping) and name in _OF_MAPS:
        return capital(_OF_MAPS[name](value))
    return capital(words_of(value))


def fact_label(name: str) -> str:
    """The label of a fact."""
    return LABELS.get(name, label(name))


def _care(care: Mapping[str, Any]) -> str:
    basis = str(care.get("legal_basis") or "")
    if basis == "none":
        return "no"
    return ", ".join(part for part in ("yes", LEGAL_BASIS.get(basis, basis), _since(care)) if part)


def _placement(placement: Mapping[str, Any]) -> str:
    kind = str(placement.get("kind") or "")
    parts = (PLACEMENTS.get(kind, kind), placement.get("provider"), placement.get("address"), _since(placement))
    return ", ".join(str(part) for part in parts if part)


def _exploitation(exploitation: Mapping[str, Any]) -> str:
    level = str(exploitation.get("level") or "")
    kinds = words_of(exploitation.get("kinds") or [])
    return ": ".join(part for part in (LEVELS.get(level, level), kinds) if part)


def _medication(medication: Mapping[str, Any]) -> str:
    if medication.get("needed") is False:
        return "no"
    hours = medication.get("every_hours")
    every = f"every {hours} hours" if hours else ""
    parts = ("yes", medication.get("name"), every, medication.get("effect_of_missing_it"))
    return ", ".join(str(part) for part in parts if part)


def _since(held: Mapping[str, Any]) -> str:
    return f"since {words_of(held['since'])}" if held.get("since") else ""


_OF_MAPS = {
    "looked_after": _care,
    "placement": _placement,
    "exploitation": _exploitation,
    "essential_medication": _medication,
}
