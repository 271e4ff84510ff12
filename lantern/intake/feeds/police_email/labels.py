"""The labels of a missing-person report, as forces write them, and the one name that each has here."""

# name here: labels, compared without case, blanks and marks
LABELS: dict[str, tuple[str, ...]] = {
    "message_type": ("message type", "report type", "type of report", "notification type"),
    "force": ("force", "police force"),
    "system": ("system", "recorded on", "record system"),
    "reference": (
        "reference", "police reference", "reference number", "report number", "misper reference", "misper number",
        "compact reference", "compact number", "merlin reference", "merlin number", "missing person reference",
    ),
    "name": ("name", "full name", "missing person", "name of child"),
    "family_name": ("surname", "family name", "last name"),
    "given_name": ("forename", "forenames", "forename(s)", "first name", "given name", "given names", "first names"),
    "known_as": ("also known as", "known as", "alias", "aliases", "nickname", "aka"),
    "date_of_birth": ("date of birth", "dob", "d.o.b.", "born"),
    "gender": ("sex", "gender"),
    "ethnicity": ("ethnicity", "ethnic appearance", "self-defined ethnicity"),
    "address": ("home address", "address", "usual address"),
    "school": ("school", "school or college", "education"),
    "legal_status": ("legal status", "care status", "looked after status", "looked after", "in care"),
    "responsible_authority": ("responsible authority", "local authority", "placing authority", "home authority"),
    "host_authority": ("host authority", "host local authority"),
    "missing_from": ("missing from", "type of place missing from", "missing from type"),
    "last_seen_at": ("last seen", "last seen at", "date/time last seen", "last seen date and time"),
    "last_seen_place": ("last seen location", "place last seen", "last seen place", "location last seen"),
    "noticed_at": ("noticed missing", "absence noticed", "found to be missing at"),
    "whereabouts": ("whereabouts",),
    "reported_at": ("reported", "reported at", "date/time reported", "time reported", "reported to police"),
    "reporter": ("reported by", "informant", "reporting person", "informant role", "reported by (role)"),
    "recorded_at": ("record created", "report created", "recorded at", "created"),
    "circumstances": ("circumstances", "circumstances of disappearance", "summary", "narrative"),
    "category": ("category", "classification", "police category"),
    "category_at": ("category set at", "categorised at", "classified at"),
    "category_by": ("category set by", "categorised by", "classified by"),
    "risk": ("risk level", "risk grading", "risk", "risk assessment", "current risk", "risk grade"),
    "risk_at": ("risk graded at", "graded at", "risk assessed at", "date/time graded", "risk level set at"),
    "risk_by": ("risk graded by", "graded by", "risk assessed by", "grading officer", "risk level set by"),
    "risk_rationale": ("risk rationale", "rationale", "reason for grading"),
    "medication": ("medical needs", "medication", "essential medication"),
    "located_at": ("located", "located at", "found", "found at", "date/time located", "date/time found"),
    "located_place": ("located place", "place located", "place found", "location found", "found location"),
    "found_by": ("found by", "located by"),
    "located_circumstances": ("circumstances found", "circumstances located", "circumstances of return"),
    "harm": ("harm suspected", "harm indicated", "suffered harm"),
    "returned_at": ("returned", "returned at", "date/time returned"),
    "returned_to": ("returned to",),
    "checked_at": ("prevention interview", "safe and well check", "safe and well", "prevention interview at"),
    "check_method": ("prevention interview method", "safe and well method", "check method"),
}  # fmt: skip

# Written over several lines; other fields end with their line.
NARRATIVE = frozenset(
    {"address", "circumstances", "risk_rationale", "located_circumstances", "last_seen_place", "medication"}
)
NOT_SAID = frozenset(
    {"", "-", "n/a", "na", "n/k", "nk", "not known", "unknown", "none given", "not stated", "not recorded", "tbc", "?"}
)


def bare(label: str) -> str:
    """A label as it is compared."""
    return "".join(letter for letter in label.casefold() if letter.isalnum())


BY_LABEL: dict[str, str] = {bare(label): name for name, labels in LABELS.items() for label in labels}
LONGEST_LABEL = max(len(label) for labels in LABELS.values() for label in labels) + 10
