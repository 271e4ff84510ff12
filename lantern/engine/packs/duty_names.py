"""The names a duty may have: one concept, one name, in every pack."""

from __future__ import annotations

from lantern.engine.roles import ROLES

_NAMES = """
first_steps report_to_police police_record category_decision initial_risk_grading risk_review supervisor_review
absence_review treat_as_missing information_pack trigger_plan photograph immediate_strategy contact_attempts
strategy_meeting strategy_meeting.review case_review_meeting risk_management_meeting senior_review family_update
media_decision plan_for_return safe_and_well_check return_interview.offer return_interview return_interview.review
return_interview.sign_off return_interview.share carer_views exploitation_screen section_47_consideration
assessment care_plan_review placement_review placement_plan_update pathway_plan_update risk_assessment_update
missing_strategy repeat_flag repeat_discussion planning_meeting senior_notice intervention_meeting.1
intervention_meeting.2 intervention_meeting.3 panel panel.actions_update mace_escalation host_letter
placing_authority_letter regulation_report disagreement_decision transfer_acceptance long_term_review
filing_decision education.first_day_contact education.referral education.welfare_service
education.police_and_care education.missing_education_team education.roll_and_file record_in_case_file
"""
PLAIN = frozenset(_NAMES.split())
PREFIXES = (
    "notify.",
    "return_notice.",  # a party told of the return, as `notify.` is of the absence
    "referral.",
    "case_report.",
    "report.",
    "governance.",
    "panel.",
    "education.",
    "authority.",
)

# the files of a pack in the order of a child's journey, each with its heading wherever a protocol is shown
PHASE_TITLES = {
    "before": "Before a child goes missing",
    "reported": "When a child is noticed away or reported",
    "missing": "While the child is missing",
    "long-missing": "When the child stays missing",
    "located": "When the child is found or comes back",
    "interview": "The return interview",
    "repeat": "When it happens again",
    "meetings": "Meetings",
    "governance": "Panels, reports and standing duties",
}
PHASES = tuple(PHASE_TITLES)


def is_duty_name(name: str) -> bool:
    """Whether the name is in the vocabulary: a plain one, or a noun with its detail."""
    if name in PLAIN:
        return True
    kind, _, party = name.partition(".")
    if kind in ("notify", "return_notice"):
        return party in ROLES
    return any(name.startswith(prefix) and len(name) > len(prefix) for prefix in PREFIXES)
