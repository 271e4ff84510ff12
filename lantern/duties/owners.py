"""Which agency a duty falls to: the part in the case that a role works for, and the agency that holds that part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lantern.engine.roles import answers_for
from lantern.plumbing import sql

RESPONSIBLE, HOST, POLICE = "responsible_authority", "host_authority", "police"
PROVIDER, RETURN_SERVICE, SCHOOL = "provider", "return_service", "school"

_POLICE = (
    "police police_call_handler police_officer police_sergeant duty_inspector police_superintendent"
    " force_incident_manager missing_person_coordinator"
)
_AUTHORITY = (
    "social_worker team_manager service_manager head_of_service assistant_director director_of_childrens_services"
    " front_door out_of_hours independent_reviewing_officer safeguarding_unit fostering_service analyst panel_support"
    " panel_chair strategic_lead placement_approver responsible_authority education_welfare"
    " children_missing_education_team youth_justice lead_member advocate"
)

# the parts whose agency is asked first, second …; a role without a line has no agency of its own in a case
PARTS_OF_ROLE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_POLICE.split(), (POLICE,)),
    **dict.fromkeys(_AUTHORITY.split(), (RESPONSIBLE, HOST)),
    "host_authority": (HOST, RESPONSIBLE),
    "return_interviewer": (RETURN_SERVICE, RESPONSIBLE, HOST),
    "return_interview_manager": (RETURN_SERVICE, RESPONSIBLE, HOST),
    "charity_return_service": (RETURN_SERVICE,),
    # a child who lives at home has no provider: the authority sees to it that parents know what to do
    "carer": (PROVIDER, RESPONSIBLE),
    "residential_manager": (PROVIDER, RESPONSIBLE),
    "foster_carer": (PROVIDER, RESPONSIBLE),
    "provider": (PROVIDER, RESPONSIBLE),
    "school": (SCHOOL, RESPONSIBLE),
    "parent": (),
    "child": (),
    "missing_persons_bureau": (),
    "ceop": (),
    "home_office": (),
    "designated_health": (),
    "ofsted": (),
    "safeguarding_partnership": (),
}
# what the host authority's own pack lays on these is done where the child is, not where the case is held
LOCAL_ROLES = frozenset({"front_door", "out_of_hours"})


# where two agencies hold a part, the one that took it first comes last, and is the one that counts
HOLDERS = (
    "SELECT held.child_id, held.part, agency.code FROM access_caserole held"
    " JOIN access_agency agency ON agency.id = agency_id"
    " WHERE held.child_id = ANY(%s) AND held.since <= %s AND (held.until IS NULL OR held.until > %s)"
    " ORDER BY held.since DESC, held.id DESC"
)


@dataclass(frozen=True, slots=True)
class Case:
    """Who holds which part in a child's case: part to short code of the agency."""

    holders: Mapping[str, str]
    host_pack: str = ""

    def agency_for(self, role: str, pack: str) -> str:
        """Short code of the agency that a duty of `role` from `pack` (name@edition) falls to; empty where unknown."""
        parts = PARTS_OF_ROLE.get(role, ())
        if role in LOCAL_ROLES and pack and pack == self.host_pack:
            parts = (HOST, *parts)
        return next((self.holders[part] for part in parts if part in self.holders), "")


def receives(*, role: str, agency: str, owner_role: str, owner_agency: str) -> bool:
    """Whether a holder of `role` in `agency` may accept what the owner owes: the same agency, a role it acts for."""
    return agency != "" and agency == owner_agency and owner_role in answers_for(role)


def case_of(child_id: UUID, packs: list[dict[str, str]], at: datetime) -> Case:
    """The parts in force at `at`; where two agencies hold one, the one that took it first."""
    (holders,) = sql.together((HOLDERS, [[child_id], at, at]))
    return case_with([(part, agency) for _, part, agency in holders], packs)


def case_with(holders: Iterable[tuple[str, str]], packs: list[dict[str, str]]) -> Case:
    """The same, from the parts and agencies that HOLDERS gives of the child."""
    host = packs[1] if len(packs) > 1 else None
    return Case(dict(holders), f"{host['name']}@{host['edition']}" if host else "")
