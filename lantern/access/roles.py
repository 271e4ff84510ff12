"""What each role may do, in which kind of agency, and on what lawful basis.

The names are those of the vocabulary (`lantern.engine.roles`), and two more that exist only here because they act on
the system and never in an episode: `auditor` and `administrator`.
"""

from dataclasses import dataclass

from lantern.access.permissions import Permission
from lantern.engine.roles import ROLES

PUBLIC_TASK = (
    "UK GDPR Article 6(1)(e), public task; Data Protection Act 2018 Schedule 1 paragraph 18, safeguarding of children"
)
LAW_ENFORCEMENT = "Data Protection Act 2018 Part 3, law enforcement purposes; the common-law duty to protect life"
CARE_DUTY = "UK GDPR Article 6(1)(c), legal obligation of a provider of care under the Care Standards Act 2000"

AUTHORITY, POLICE, PROVIDER, SCHOOL = "authority", "police", "provider", "school"
HEALTH, CHARITY = "health", "charity"

_SEE = frozenset({Permission.SEE_CHILD, Permission.SEE_DUTIES, Permission.SEE_PROTOCOLS})
_WORK = _SEE | {Permission.REPORT_MISSING, Permission.RECORD_EVENT, Permission.ACKNOWLEDGE_DUTY}
_ANSWER_FOR = _WORK | {Permission.CORRECT_EVENT, Permission.SEE_WHO_HAS_SEEN}
_RECEIVE = _ANSWER_FOR | {Permission.HANDLE_INTAKE, Permission.GIVE_PART}
_GRADE = _ANSWER_FOR | {Permission.GRADE_RISK}
_FIGURES = frozenset({Permission.SEE_PROTOCOLS, Permission.SEE_FIGURES})
_LEAD = _ANSWER_FOR | {Permission.ADOPT_PROTOCOL, Permission.SEE_FIGURES}
_PEOPLE = frozenset({Permission.SEE_PROTOCOLS, Permission.MANAGE_PEOPLE, Permission.ERASE_CHILD})


@dataclass(frozen=True)
class Role:
    """A role as access sees it: plain name, kinds of agency it belongs to, lawful basis, what it allows."""

    name: str
    says: str
    kinds: frozenset[str]
    lawful_basis: str
    permissions: frozenset[Permission]


_NAMES = ROLES | {
    "auditor": "auditor of who opened records",
    "administrator": "administrator of people and roles",
}


def _roles(names: str, kinds: set[str], basis: str, permissions: frozenset[Permission]) -> dict[str, Role]:
    return {name: Role(name, _NAMES[name], frozenset(kinds), basis, permissions) for name in names.split()}


DESCRIBED: dict[str, Role] = (
    _roles("social_worker independent_reviewing_officer", {AUTHORITY}, PUBLIC_TASK, _ANSWER_FOR)
    | _roles("team_manager service_manager front_door out_of_hours", {AUTHORITY}, PUBLIC_TASK, _RECEIVE)
    | _roles("head_of_service assistant_director director_of_childrens_services", {AUTHORITY}, PUBLIC_TASK,
             _ANSWER_FOR | {Permission.ADOPT_PROTOCOL})
    | _roles("safeguarding_unit strategic_lead", {AUTHORITY}, PUBLIC_TASK, _LEAD)
    | _roles("fostering_service panel_support panel_chair placement_approver education_welfare"
             " children_missing_education_team youth_justice", {AUTHORITY}, PUBLIC_TASK, _WORK)
    | _roles("return_interviewer return_interview_manager", {AUTHORITY, CHARITY}, PUBLIC_TASK, _WORK)
    | _roles("charity_return_service advocate", {CHARITY}, PUBLIC_TASK, _WORK)
    | _roles("analyst", {AUTHORITY}, PUBLIC_TASK, _FIGURES)
    | _roles("lead_member", {AUTHORITY}, PUBLIC_TASK, frozenset({Permission.SEE_PROTOCOLS}))
    | _roles("police_call_handler police_officer", {POLICE}, LAW_ENFORCEMENT, _WORK)
    | _roles("police_sergeant duty_inspector police_superintendent force_incident_manager missing_person_coordinator",
             {POLICE}, LAW_ENFORCEMENT, _GRADE)
    | _roles("residential_manager foster_carer carer", {PROVIDER, AUTHORITY}, CARE_DUTY, _WORK)
    | _roles("school", {SCHOOL}, PUBLIC_TASK, _WORK)
    | _roles("designated_health", {HEALTH}, PUBLIC_TASK, _WORK)
    | _roles("auditor", {AUTHORITY, POLICE}, PUBLIC_TASK, frozenset({Permission.AUDIT_READS, Permission.SEE_PROTOCOLS}))
    | _roles("administrator", {AUTHORITY, POLICE, PROVIDER}, PUBLIC_TASK, _PEOPLE)
)  # fmt: skip


def roles_that_allow(permission: Permission) -> list[str]:
    """Names of the roles that allow it, in alphabetical order."""
    return sorted(name for name, role in DESCRIBED.items() if permission in role.permissions)
