"""The short form that reports a missing child: what is asked of a child who is known, and of one who is not."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from lantern.engine.roles import ROLES
from lantern.pages.fact_words import LEGAL_BASIS
from lantern.pages.record_event.forms import SHORT
from lantern.pages.value_words import capital
from lantern.ui.form_fields import DayField, MomentField
from lantern.ui.forms import MAX_WORDS, SafeForm

MISSING, AWAY = "missing", "away"
FROM = {
    "placement": "Their placement",
    "home": "Home",
    "school": "School",
    "activity": "An activity or outing",
    "hospital": "Hospital",
    "elsewhere": "Somewhere else",
}
WHEREABOUTS = {"unknown": "No", "claimed": "Someone says so, not confirmed", "confirmed": "Yes, confirmed"}
REPORTERS = (
    "carer",
    "foster_carer",
    "residential_manager",
    "parent",
    "school",
    "social_worker",
    "police_officer",
    "front_door",
    "out_of_hours",
)


class ReportForm(SafeForm):
    """What is asked of a child who is known."""

    kind = forms.ChoiceField(
        label="How is the child away?",
        choices=[
            (MISSING, "Missing: we do not know where the child is, or what we know worries us"),
            (AWAY, "Away without agreement, and there is no reason to worry yet"),
        ],
        initial=MISSING,
        widget=forms.RadioSelect,
    )
    last_seen_at = MomentField(
        label="When was the child last seen?",
        help_text="A time alone means today or last night. Leave all empty if nobody knows.",
        required=False,
    )
    last_seen_place = forms.CharField(label="Where was the child last seen?", max_length=SHORT, required=False)
    missing_from = forms.ChoiceField(
        label="Where is the child missing from?", choices=list(FROM.items()), widget=forms.RadioSelect
    )
    whereabouts = forms.ChoiceField(
        label="Do you know where the child is?",
        choices=list(WHEREABOUTS.items()),
        initial="unknown",
        widget=forms.RadioSelect,
    )
    circumstances = forms.CharField(
        label="What happened, and what worries you?",
        help_text="Clothing, who the child may be with, what was tried already, medication.",
        widget=forms.Textarea,
        max_length=MAX_WORDS,
        required=False,
    )
    police_told = forms.ChoiceField(
        label="Have the police been told?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect(attrs={"inline": True}),
    )
    reference = forms.CharField(label="Police reference", max_length=SHORT, required=False)
    reported_by_role = forms.ChoiceField(
        label="Who reports the child?",
        choices=[("", "Choose one"), *((role, capital(ROLES[role])) for role in REPORTERS)],
    )
    occurred_at = MomentField(label="When was it reported?")

    def absence(self) -> dict[str, Any]:
        """Fields of `absence_noticed`; what was not answered is left out."""
        said = self.cleaned_data
        names = ("last_seen_place", "missing_from", "whereabouts", "circumstances")
        found = {name: said[name] for name in names if said[name]}
        if said["last_seen_at"]:
            found["last_seen_at"] = said["last_seen_at"].isoformat()
        return found

    def report(self, received_by: str) -> dict[str, Any] | None:
        """Fields of `report_received`; None where the child is only away.  `received_by`: who else but the police."""
        said = self.cleaned_data
        if said["kind"] == AWAY:
            return None
        told = said["police_told"] == "yes"
        found = {
            "received_by": "police" if told else received_by,
            "reported_by_role": said["reported_by_role"],
            "missing_from": said["missing_from"],
        }
        if told and said["reference"]:
            found["reference"] = said["reference"]
        return found

    def facts(self) -> dict[str, Any]:
        """Facts about the child that the form asks for: none of one who is known."""
        return {}


class ReportNewForm(ReportForm):
    """The same, and who the child is."""

    given_name = forms.CharField(label="Given name", max_length=SHORT)
    family_name = forms.CharField(label="Family name", max_length=SHORT)
    date_of_birth = DayField(label="Date of birth", help_text="For example, 27 3 2011.", required=False)
    responsible_authority = forms.ChoiceField(label="Which authority is responsible for the child?", required=False)
    legal_basis = forms.ChoiceField(
        label="Is the child looked after by the authority?",
        choices=[("", "Not known"), *((value, capital(words)) for value, words in LEGAL_BASIS.items())],
        required=False,
    )
    field_order: tuple[str, ...] = (
        "given_name",
        "family_name",
        "date_of_birth",
        "responsible_authority",
        "legal_basis",
    )

    def __init__(self, *args: Any, authorities: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["responsible_authority"]
        if isinstance(asked, forms.ChoiceField):
            asked.choices = [("", "Not known"), *((name, name) for name in authorities)]

    def facts(self) -> dict[str, Any]:
        """Fields of `profile_recorded` that were answered."""
        return known_facts(self.cleaned_data)


def known_facts(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered about who the child is."""
    names = ("given_name", "family_name", "responsible_authority")
    found: dict[str, Any] = {name: said[name] for name in names if said[name]}
    if said["date_of_birth"]:
        found["date_of_birth"] = said["date_of_birth"].isoformat()
    if said["legal_basis"]:
        found["looked_after"] = {"legal_basis": said["legal_basis"]}
    return found
