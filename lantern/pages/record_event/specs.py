"""The forms of the things that can happen: for each event what is asked, of whom, in which words.

Fields, kinds and closed choices come from `engine.events.REGISTRY`; here stand only the words and what is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lantern.access.permissions import Permission

AUTHORITY, POLICE, PROVIDER, CHARITY, SCHOOL, HEALTH = (
    "authority",
    "police",
    "provider",
    "charity",
    "school",
    "health",
)
ALL = frozenset({AUTHORITY, POLICE, PROVIDER, CHARITY, SCHOOL, HEALTH})
CARE = frozenset({AUTHORITY, PROVIDER})

RANKS = (
    "police_call_handler",
    "police_officer",
    "police_sergeant",
    "duty_inspector",
    "police_superintendent",
    "force_incident_manager",
    "missing_person_coordinator",
)
AT_MEETINGS = (
    "social_worker",
    "team_manager",
    "service_manager",
    "independent_reviewing_officer",
    "residential_manager",
    "foster_carer",
    "parent",
    "child",
    "advocate",
    "missing_person_coordinator",
    "police_officer",
    "police_sergeant",
    "duty_inspector",
    "return_interviewer",
    "school",
    "designated_health",
    "youth_justice",
    "host_authority",
)
FINDERS = (
    "police_officer",
    "carer",
    "foster_carer",
    "residential_manager",
    "parent",
    "social_worker",
    "school",
    "child",
)
YES_OR_NO = {"yes": "Yes", "no": "No"}
MANAGERS = ("social_worker", "team_manager", "service_manager", "head_of_service", "assistant_director")


USUAL_WHEN = "When did this happen?"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a form.  `name` is the event's field; `options` puts words to values, in the order shown."""

    name: str
    label: str
    hint: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    required: bool = False
    short: bool = False
    own_role: bool = False


@dataclass(frozen=True, slots=True)
class Spec:
    """The form of one event.  `kinds`: the kinds of agency whose people are offered it on the episode page."""

    event: str
    title: str
    group: str
    asks: tuple[Ask, ...]
    kinds: frozenset[str] = ALL
    permission: Permission = Permission.RECORD_EVENT
    when: str = USUAL_WHEN
    intro: str = ""
    states: frozenset[str] = frozenset()


LOOKING, DECIDING, TELLING, FOUND, AFTERWARDS, CLOSING = (
    "Looking for the child",
    "Deciding",
    "Telling people",
    "When the child is found",
    "Afterwards",
    "Closing",
)
AWAY = frozenset({"noticed", "away", "missing"})
BACK = frozenset({"located", "returned", "closed"})

WHEREABOUTS = {
    "unknown": "Not known",
    "claimed": "Claimed, not confirmed",
    "confirmed": "Confirmed",
}
RISK = {
    "high": "High: serious harm is very likely",
    "medium": "Medium: harm is likely but not serious",
    "low": "Low: harm is possible but minimal",
    "no_apparent_risk": "No apparent risk: nothing suggests harm to the child or the public",
}
CATEGORY = {
    "missing": "Missing",
    "absent": "Absent",
    "no_apparent_risk": "No apparent risk",
    "unauthorised_absence": "Unauthorised absence",
    "absconder": "Absconder",
    "wanted": "Wanted by the police",
}
CHANNELS = {
    "telephone": "Telephone",
    "email": "Secure e-mail",
    "in_person": "In person",
    "letter": "Letter",
    "secure_portal": "Secure portal",
}
MEETINGS = {
    "strategy": "Strategy meeting",
    "strategy_review": "Review strategy meeting",
    "case_review": "Case review meeting",
    "risk_management": "Risk management meeting",
    "intervention_1": "First intervention meeting",
    "intervention_2": "Second intervention meeting",
    "intervention_3": "Third intervention meeting",
    "planning": "Planning meeting",
    "preventative": "Preventative meeting",
    "repeat_discussion": "Discussion of repeat episodes",
    "panel": "Panel",
    "mace": "Multi-agency child exploitation meeting",
    "statutory_review": "Statutory review",
}
PARTIES = (
    "parent",
    "police",
    "social_worker",
    "team_manager",
    "service_manager",
    "head_of_service",
    "assistant_director",
    "director_of_childrens_services",
    "front_door",
    "out_of_hours",
    "independent_reviewing_officer",
    "safeguarding_unit",
    "fostering_service",
    "foster_carer",
    "residential_manager",
    "responsible_authority",
    "host_authority",
    "placement_approver",
    "school",
    "education_welfare",
    "children_missing_education_team",
    "youth_justice",
    "designated_health",
    "return_interviewer",
    "charity_return_service",
    "missing_person_coordinator",
    "missing_persons_bureau",
    "ceop",
    "home_office",
    "ofsted",
    "lead_member",
    "strategic_lead",
)
WHERE_TO = {
    "home": "Home",
    "placement": "Their placement",
    "other_placement": "Another placement",
    "hospital": "Hospital",
    "custody": "Police custody",
    "abroad": "Abroad",
    "elsewhere": "Somewhere else",
}
MANNER = {
    "own_accord": "By themselves",
    "brought_by_police": "Brought by the police",
    "brought_by_carer": "Brought by a carer",
    "brought_by_family": "Brought by family",
    "brought_by_social_worker": "Brought by a social worker",
}
METHOD = {
    "in_person": "In person",
    "video_child": "Video call with the child",
    "phone_child": "Telephone call with the child",
    "phone_carer": "Telephone call with the carer",
}
CHECKS = {
    "searched_home": "Searched the home and grounds",
    "called_child": "Called or messaged the child",
    "called_friends": "Called friends",
    "called_family": "Called family",
    "called_school": "Called the school",
    "visited_places": "Visited places the child is known to go",
}
PLANS = {
    "care": "Care plan",
    "placement": "Placement plan",
    "pathway": "Pathway plan",
    "risk_assessment": "Risk assessment",
    "trigger": "Trigger plan",
    "grab_pack": "Grab pack",
    "pen_picture": "Pen picture",
    "missing_strategy": "Missing strategy",
    "safety": "Safety plan",
}
REFERRALS = {
    "s17": "Child in need (section 17)",
    "s47": "Child protection enquiry (section 47)",
    "early_help": "Early help",
    "nrm": "National Referral Mechanism",
    "exploitation_screen": "Exploitation screening",
    "cse_form": "Sexual exploitation form",
    "mase": "MASE panel",
    "pre_mace": "Pre-MACE meeting",
    "lado": "Designated officer for allegations (LADO)",
    "family_group_conference": "Family group conference",
    "advocacy": "Advocacy",
}
LEGAL_STEPS = {
    "police_protection": "Police protection",
    "emergency_protection_order": "Emergency protection order",
    "recovery_order": "Recovery order",
    "abduction_warning_notice": "Abduction warning notice",
    "harbouring_warning": "Harbouring warning",
    "secure_planning": "Planning for secure accommodation",
}
