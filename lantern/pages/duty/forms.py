"""What is asked when a duty is set aside, and the empty form that accepts one."""

from django import forms

from lantern.engine.roles import ROLES
from lantern.pages.value_words import capital
from lantern.ui.forms import MAX_WORDS, SafeForm

WHO_MAY = (
    "social_worker",
    "team_manager",
    "service_manager",
    "head_of_service",
    "assistant_director",
    "director_of_childrens_services",
    "independent_reviewing_officer",
    "police_sergeant",
    "duty_inspector",
    "police_superintendent",
    "force_incident_manager",
    "missing_person_coordinator",
    "return_interview_manager",
)


class Accept(SafeForm):
    """Accepting asks nothing."""


class SetAside(SafeForm):
    """Why, and by whose authority."""

    reason = forms.CharField(
        label="Why is this duty set aside?",
        help_text="Say what makes it unnecessary or wrong for this child now.",
        widget=forms.Textarea,
        max_length=MAX_WORDS,
    )
    authorised_by_role = forms.ChoiceField(
        label="Who allowed it?",
        choices=[("", "Choose one"), *((role, capital(ROLES[role])) for role in WHO_MAY)],
    )
