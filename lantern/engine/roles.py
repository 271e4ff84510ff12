"""The roles and bodies of the vocabulary, by their neutral names.

A pack may give a role its local name (SPA, Careline, EDT …); code and data always use the name here.
"""

ROLES: dict[str, str] = {
    "carer": "carer",
    "parent": "parent or person with parental responsibility",
    "residential_manager": "manager of the children's home",
    "foster_carer": "foster carer",
    "social_worker": "social worker",
    "team_manager": "team manager",
    "service_manager": "service manager",
    "head_of_service": "head of service",
    "assistant_director": "assistant director",
    "director_of_childrens_services": "director of children's services",
    "front_door": "children's services front door",
    "out_of_hours": "out-of-hours team",
    "return_interviewer": "return interviewer",
    "return_interview_manager": "return interview manager",
    "independent_reviewing_officer": "independent reviewing officer",
    "safeguarding_unit": "safeguarding unit",
    "fostering_service": "fostering service",
    "analyst": "analyst",
    "panel_support": "panel support",
    "panel_chair": "panel chair",
    "police_call_handler": "police call handler",
    "police_officer": "police officer",
    "police_sergeant": "police sergeant",
    "duty_inspector": "police duty inspector",
    "police_superintendent": "police superintendent",
    "force_incident_manager": "force incident manager",
    "missing_person_coordinator": "police missing person coordinator",
    "police": "police",
    "missing_persons_bureau": "UK Missing Persons Unit",
    "ceop": "Child Exploitation and Online Protection command",
    "strategic_lead": "strategic lead for missing children",
    "placement_approver": "senior manager who approved the placement",
    "responsible_authority": "responsible authority",
    "host_authority": "host authority",
    "home_office": "Home Office",
    "designated_health": "designated health professional",
    "school": "school",
    "education_welfare": "education welfare service",
    "children_missing_education_team": "children missing education team",
    "youth_justice": "youth justice service",
    "provider": "care provider",
    "ofsted": "Ofsted",
    "charity_return_service": "charity return service",
    "safeguarding_partnership": "safeguarding partnership",
    "lead_member": "lead member for children's services",
    "child": "child",
    "advocate": "advocate",
}

POLICE_ROLES = frozenset(
    {
        "police",
        "police_call_handler",
        "police_officer",
        "police_sergeant",
        "duty_inspector",
        "police_superintendent",
        "force_incident_manager",
        "missing_person_coordinator",
    }
)


# Who answers, as a person, for a body or for carers in general. A protocol may lay a duty on either.
ACTS_AS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(sorted(POLICE_ROLES - {"police"}), ("police",)),
    "foster_carer": ("carer", "provider"),
    "residential_manager": ("carer", "provider"),
    "front_door": ("responsible_authority", "host_authority"),
    "team_manager": ("responsible_authority", "host_authority"),
}


def answers_for(role: str) -> tuple[str, ...]:
    """The roles whose duties a holder of `role` sees as theirs: the role itself, then the bodies it acts for."""
    return (role, *ACTS_AS.get(role, ()))


def acting_as(body: str) -> tuple[str, ...]:
    """The roles whose holders act for a body."""
    return tuple(role for role, bodies in ACTS_AS.items() if body in bodies)


SIDES = ("police", "authority")


def agency_kind(role: str | None) -> str:
    """`police` for a police role, else `authority`: the two sides that each hold a category."""
    return "police" if role in POLICE_ROLES else "authority"
