"""Facts about a child: what is asked, how it is filled in from what is known, and what has changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from lantern.pages.fact_words import LEGAL_BASIS, LEVELS, PLACEMENTS
from lantern.pages.record_event.forms import SHORT, YES_NO
from lantern.ui.form_fields import DayField
from lantern.ui.forms import MAX_WORDS, SafeForm

PLANS = {
    "none": "No plan",
    "early_help": "Early help",
    "child_in_need": "Child in need",
    "child_protection": "Child protection",
}
KINDS = {
    "sexual": "Sexual",
    "criminal": "Criminal",
    "county_lines": "County lines",
    "labour": "Labour",
    "radicalisation": "Radicalisation",
}
FLAGS = {
    "report_at_once": "Does the care plan say: report from the first minute?",
    "section_47_open": "Is a section 47 enquiry open?",
    "care_leaver": "Is the child a care leaver?",
    "disability": "Does the child have a disability?",
    "learning_difficulty": "Does the child have a learning difficulty?",
    "mental_health_need": "Does the child have a mental health need?",
    "trafficking_concern": "Is there a concern about trafficking?",
    "unaccompanied_asylum_seeking": "Is the child an unaccompanied asylum seeker?",
    "wanted": "Is the child wanted by the police?",
}
TEXTS = ("given_name", "family_name", "known_as", "gender", "ethnicity", "address", "school")


def _pick(label: str, options: Mapping[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "Not known"), *options.items()], required=False)


def _yes_no(label: str) -> forms.ChoiceField:
    widget = forms.RadioSelect(attrs={"inline": True})
    return forms.ChoiceField(label=label, choices=list(YES_NO.items()), widget=widget, required=False)


class FactsForm(SafeForm):
    """Each question shows what is known; only what is changed is recorded."""

    mark_optional = False

    given_name = forms.CharField(label="Given name", max_length=SHORT, required=False)
    family_name = forms.CharField(label="Family name", max_length=SHORT, required=False)
    known_as = forms.CharField(label="Known as", max_length=SHORT, required=False)
    date_of_birth = DayField(label="Date of birth", required=False)
    gender = forms.CharField(label="Gender", max_length=SHORT, required=False)
    ethnicity = forms.CharField(label="Ethnicity", max_length=SHORT, required=False)
    address = forms.CharField(
        label="Address", widget=forms.Textarea(attrs={"rows": 3}), max_length=MAX_WORDS, required=False
    )
    legal_basis = _pick("Is the child looked after?", {key: words.capitalize() for key, words in LEGAL_BASIS.items()})
    looked_after_since = DayField(label="Looked after since", required=False)
    responsible_authority = _pick("Responsible authority", {})
    host_authority = _pick("Authority where the child is placed", {})
    placement_kind = _pick("Placement", PLACEMENTS)
    placement_provider = forms.CharField(label="Provider of the placement", max_length=SHORT, required=False)
    placement_since = DayField(label="In this placement since", required=False)
    plan = _pick("Plan", PLANS)
    exploitation_level = _pick("Exploitation", LEVELS)
    exploitation_kinds = forms.MultipleChoiceField(
        label="Kinds of exploitation",
        choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    school = forms.CharField(label="School", max_length=SHORT, required=False)
    medication_needed = _yes_no("Does the child need essential medication?")
    withhold_from_parents = _yes_no("Are the parents not to be told?")
    withhold_reason = forms.CharField(
        label="Why are the parents not to be told?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MAX_WORDS,
        required=False,
    )

    def __init__(self, *args: Any, authorities: Sequence[str], known: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in FLAGS.items():
            self.fields[name] = _yes_no(label)
        for name in ("responsible_authority", "host_authority"):
            asked = self.fields[name]
            names = sorted({*authorities, *([str(known[name])] if known.get(name) else [])})
            if isinstance(asked, forms.ChoiceField):
                asked.choices = [("", "Not known"), *((each, each) for each in names)]
        self.known = known

    def changed_facts(self) -> dict[str, Any]:
        """Fields of `profile_recorded` that say something else than is known; what was emptied is left as it is."""
        said = self.cleaned_data
        now = {**_simple(said), **_nested(said, self.known)}
        return {name: value for name, value in now.items() if value != self.known.get(name)}


def shown_facts(known: Mapping[str, Any]) -> dict[str, Any]:
    """What is known, as first values of the form."""
    care, placement = _map(known, "looked_after"), _map(known, "placement")
    exploitation, medication = _map(known, "exploitation"), _map(known, "essential_medication")
    withheld = known.get("withhold_from_parents")
    simple = {name: known.get(name, "") for name in (*TEXTS, "responsible_authority", "host_authority", "plan")}
    flags = {name: _yes(known.get(name)) for name in FLAGS}
    return {
        **simple,
        **flags,
        "date_of_birth": _day(known.get("date_of_birth")),
        "legal_basis": care.get("legal_basis", ""),
        "looked_after_since": _day(care.get("since")),
        "placement_kind": placement.get("kind", ""),
        "placement_provider": placement.get("provider", ""),
        "placement_since": _day(placement.get("since")),
        "exploitation_level": exploitation.get("level", ""),
        "exploitation_kinds": exploitation.get("kinds", []),
        "medication_needed": _yes(medication.get("needed")),
        "withhold_from_parents": _yes(bool(withheld) if withheld is not None else None),
        "withhold_reason": withheld.get("reason", "") if isinstance(withheld, Mapping) else "",
    }


def _simple(said: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: said[name] for name in (*TEXTS, "responsible_authority", "host_authority", "plan") if said[name]}
    found |= {name: said[name] == "yes" for name in FLAGS if said[name]}
    if said["date_of_birth"]:
        found["date_of_birth"] = said["date_of_birth"].isoformat()
    return found


def _nested(said: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Facts that are maps: what the form does not ask of them stays while they are about the same thing."""
    care = {"legal_basis": said["legal_basis"], "since": _text(said["looked_after_since"])}
    placement = {
        "kind": said["placement_kind"],
        "provider": said["placement_provider"],
        "since": _text(said["placement_since"]),
    }
    exploitation = {"level": said["exploitation_level"], "kinds": said["exploitation_kinds"]}
    found: dict[str, Any] = {
        "looked_after": _kept(known, "looked_after", care, ("legal_basis",)),
        "placement": _kept(known, "placement", placement, ("kind", "provider")),
        "exploitation": _kept(known, "exploitation", exploitation, ("level",)),
    }
    if said["medication_needed"]:
        needed = {"needed": said["medication_needed"] == "yes"}
        found["essential_medication"] = _kept(known, "essential_medication", needed, ("needed",))
    if said["withhold_from_parents"]:
        told = said["withhold_from_parents"] == "yes"
        found["withhold_from_parents"] = {"reason": said["withhold_reason"]} if told else False
    return {name: value for name, value in found.items() if value or value is False}


def _kept(known: Mapping[str, Any], name: str, now: Mapping[str, Any], same: tuple[str, ...]) -> dict[str, Any]:
    """`now` with what was known besides, where every field of `same` says what it said; nothing where none is said."""
    before = _map(known, name)
    if now[same[0]] in ("", None):
        return {}
    unasked = {key: value for key, value in before.items() if key not in now}
    still = all((before.get(key) or "") == now[key] for key in same)
    given = {key: value for key, value in now.items() if value or value is False}
    return {**unasked, **given} if still else given


def _map(known: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = known.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yes(value: Any) -> str:
    return "" if value is None else "yes" if value else "no"


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None
