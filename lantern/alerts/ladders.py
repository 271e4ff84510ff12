"""Who is told next when nobody answers: a ladder for each kind of agency, from the foot up.

A role that stands on no ladder of its agency's kind has nobody above it here.
"""

from collections.abc import Iterator
from itertools import pairwise

LADDERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "authority": (
        ("social_worker", "team_manager", "service_manager", "head_of_service", "assistant_director"),
        ("front_door", "team_manager"),
        ("out_of_hours", "service_manager"),
        ("return_interviewer", "return_interview_manager", "service_manager"),
        ("independent_reviewing_officer", "safeguarding_unit", "head_of_service"),
        ("fostering_service", "service_manager"),
        ("panel_support", "panel_chair", "head_of_service"),
        ("strategic_lead", "head_of_service"),
        ("placement_approver", "head_of_service"),
        ("education_welfare", "children_missing_education_team", "service_manager"),
        ("youth_justice", "service_manager"),
        ("responsible_authority", "front_door"),
        ("host_authority", "front_door"),
        # a child at home or in the authority's own home: what the carer owes, the social worker sees to
        ("carer", "social_worker"),
        ("foster_carer", "fostering_service"),
        ("residential_manager", "service_manager"),
        ("provider", "service_manager"),
        ("assistant_director", "director_of_childrens_services"),
    ),
    "police": (
        ("police_officer", "police_sergeant", "duty_inspector", "police_superintendent"),
        ("police_call_handler", "police_sergeant"),
        ("missing_person_coordinator", "duty_inspector"),
        ("force_incident_manager", "police_superintendent"),
        ("police", "missing_person_coordinator"),
    ),
    "provider": (
        ("carer", "residential_manager"),
        ("foster_carer", "residential_manager"),
        ("provider", "residential_manager"),
    ),
    "charity": (
        ("return_interviewer", "return_interview_manager"),
        ("charity_return_service", "return_interview_manager"),
    ),
    "school": (),
    "health": (),
}

_ABOVE = {
    kind: {role: above for ladder in ladders for role, above in pairwise(ladder)} for kind, ladders in LADDERS.items()
}


def above(kind: str, role: str) -> Iterator[str]:
    """The roles above `role` in an agency of this kind, one step after another."""
    while role in _ABOVE.get(kind, {}):
        role = _ABOVE[kind][role]
        yield role
