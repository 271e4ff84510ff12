"""What is known of a child, folded from the log: the latest value of each fact and when it was recorded."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from lantern.pages.event_words import value_words
from lantern.record.load import TimelineItem
from lantern.ui.components import Row
from lantern.ui.times import say_date

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
ALWAYS = ("date_of_birth", "looked_after", "responsible_authority", "placement", "exploitation")
UNKNOWN = "Not known"
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


def latest_facts(items: Iterable[TimelineItem]) -> dict[str, tuple[Any, datetime]]:
    """Fact: its latest value and when it was said.  A profile recorded in error says nothing."""
    found: dict[str, tuple[Any, datetime]] = {}
    for item in items:
        if item.type == "profile_recorded" and item.reads_now is not None:
            found.update({name: (value, item.occurred_at) for name, value in item.reads_now.items()})
    return found


def fact_rows(items: Iterable[TimelineItem], at: datetime, names: Iterable[str] = LABELS) -> tuple[Row, ...]:
    """The facts as rows; the ones that rules turn on are shown as not known where they are not."""
    known = latest_facts(items)
    rows = []
    for name in names:
        if name in known:
            value, said_at = known[name]
            rows.append(Row(LABELS[name], f"{fact_words(name, value)}\n(recorded {say_date(said_at)})"))
        elif name in ALWAYS:
            rows.append(Row(LABELS[name], UNKNOWN))
    return tuple(rows)


def fact_words(name: str, value: Any) -> str:
    """A fact's value as one says it."""
    if name == "looked_after" and isinstance(value, Mapping):
        basis = LEGAL_BASIS.get(str(value.get("legal_basis")), str(value.get("legal_basis") or ""))
        since = str(value.get("since") or "")
        words = basis if basis == "no" else f"yes, {basis}" if basis else "yes"
        return _capital(words + (f", since {_day(since)}" if since and basis != "no" else ""))
    return _capital(value_words("profile_recorded", name, value))


def _day(text: str) -> str:
    return value_words("profile_recorded", "date_of_birth", text)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
