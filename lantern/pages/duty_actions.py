"""Which form answers a duty: from the duty's one name to the event that meets it."""

from urllib.parse import urlencode

from lantern.engine.patterns import Patterns
from lantern.pages.record_event.catalogue import BY_EVENT

_FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "first_steps": ("check_made", {}),
    "contact_attempts": ("check_made", {"check": "called_child"}),
    "police_record": ("police_recorded", {}),
    "category_decision": ("category_set", {}),
    "treat_as_missing": ("category_set", {"category": "missing"}),
    "initial_risk_grading": ("risk_graded", {}),
    "risk_review": ("risk_reviewed", {}),
    "supervisor_review": ("risk_reviewed", {}),
    "senior_review": ("risk_reviewed", {}),
    "absence_review": ("absence_reviewed", {}),
    "report_to_police": ("party_notified", {"party": "police"}),
    "family_update": ("family_updated", {}),
    "media_decision": ("media_decided", {}),
    "strategy_meeting": ("meeting_held", {"kind": "strategy"}),
    "strategy_meeting.review": ("meeting_held", {"kind": "strategy_review"}),
    "immediate_strategy": ("meeting_held", {"kind": "strategy"}),
    "case_review_meeting": ("meeting_held", {"kind": "case_review"}),
    "risk_management_meeting": ("meeting_held", {"kind": "risk_management"}),
    "planning_meeting": ("meeting_held", {"kind": "planning"}),
    "repeat_discussion": ("meeting_held", {"kind": "repeat_discussion"}),
    "intervention_meeting.1": ("meeting_held", {"kind": "intervention_1"}),
    "intervention_meeting.2": ("meeting_held", {"kind": "intervention_2"}),
    "intervention_meeting.3": ("meeting_held", {"kind": "intervention_3"}),
    "panel": ("meeting_held", {"kind": "panel"}),
    "mace_escalation": ("meeting_held", {"kind": "mace"}),
    "care_plan_review": ("meeting_held", {"kind": "statutory_review"}),
    "section_47_consideration": ("meeting_held", {"kind": "strategy"}),
    "safe_and_well_check": ("safe_and_well_done", {}),
    "return_interview.offer": ("return_interview_offered", {}),
    "return_interview": ("return_interview_held", {}),
    "return_interview.sign_off": ("return_interview_signed_off", {}),
    "return_interview.share": ("extract_shared", {}),
    "carer_views": ("carer_views_recorded", {}),
    "exploitation_screen": ("referral_made", {"kind": "exploitation_screen"}),
    "information_pack": ("plan_updated", {"plan": "grab_pack"}),
    "trigger_plan": ("plan_updated", {"plan": "trigger"}),
    "placement_plan_update": ("plan_updated", {"plan": "placement"}),
    "risk_assessment_update": ("plan_updated", {"plan": "risk_assessment"}),
    "missing_strategy": ("plan_updated", {"plan": "missing_strategy"}),
    "disagreement_decision": ("disagreement_decided", {}),
    "transfer_acceptance": ("responsibility_transferred", {}),
}
_FAMILIES = {"notify": ("party_notified", "party"), "referral": ("referral_made", "kind")}


def form_for(duty: str, met_by: Patterns | None = None) -> tuple[str, dict[str, str]] | None:
    """The event whose form answers `duty`, and what the form has filled in; None where no form does.

    met_by: what the protocol says meets it, for the duties that are not listed here.
    """
    if duty in _FORMS:
        return _FORMS[duty]
    family, _, detail = duty.partition(".")
    if family in _FAMILIES and detail:
        event, name = _FAMILIES[family]
        return event, {name: detail}
    return _FORMS.get(family) or _by_protocol(met_by)


def form_of_fact(fact: str) -> tuple[str, dict[str, str]] | None:
    """The form that supplies a fact that is decided in an episode; None for a fact about the child."""
    if fact.startswith("risk level"):
        return "risk_graded", {}
    return ("category_set", {}) if fact.startswith("category") else None


def _by_protocol(met_by: Patterns | None) -> tuple[str, dict[str, str]] | None:
    for pattern in met_by or ():
        if pattern.type in BY_EVENT:
            filled = {name: said for name, said, _ in pattern.where if isinstance(said, str)}
            return pattern.type, filled
    return None


def query(filled: dict[str, str]) -> str:
    """What the form has filled in, as the end of its address: values of closed lists, never a name."""
    return "?" + urlencode(filled) if filled else ""
