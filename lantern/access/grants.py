"""The only writers of roles, parts in a case and restrictions. Each takes the instant; none reads the clock."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lantern.access.errors import RefusedByAccess
from lantern.access.models import Agency, CaseRole, Membership, NamedReader, PartRequest, Person, RestrictedRecord
from lantern.access.roles import DESCRIBED


def add_agency(code: str, name: str, kind: str, *, authority: str = "", contact: str = "") -> Agency:
    """The agency with this code, made if it is new. Needs a system context."""
    values = {"name": name, "kind": kind, "authority": authority, "contact": contact}
    return Agency.objects.get_or_create(code=code, defaults=values)[0]


def give_role(person: Person, agency: Agency, role: str, at: datetime) -> Membership:
    """A role for `person` in `agency` from `at`; the one they have already, if they have it. Needs a system context.

    Raises RefusedByAccess for a role that does not belong to this kind of agency.
    """
    described = DESCRIBED.get(role)
    if described is None or agency.kind not in described.kinds:
        raise RefusedByAccess("That role does not belong to that kind of agency.", role=role, kind=agency.kind)
    held, _ = Membership.objects.get_or_create(
        person=person, agency=agency, role=role, until=None, defaults={"since": at}
    )
    return held


def end_role(membership: Membership, at: datetime) -> None:
    """End the role; what the person could see through it is shut from the next statement. Needs a system context."""
    Membership.objects.filter(id=membership.id, until=None).update(until=at)


def give_case_role(child_id: UUID, agency: Agency, part: str, at: datetime) -> None:
    """Give `agency` a part in the child's case from `at`; harmless when it has it already.

    For a child whom nobody knows yet, a signed-in person gives the first part to their own agency, then the others.
    """
    part = CaseRole.Part(part).value
    # no look first: an agency must not learn from the answer which parts others have
    CaseRole.objects.bulk_create(
        [CaseRole(child_id=child_id, agency=agency, part=part, since=at)], ignore_conflicts=True
    )


def end_case_role(child_id: UUID, agency: Agency, part: str, at: datetime) -> None:
    """End that part; the agency sees the child no longer, unless through another part."""
    CaseRole.objects.filter(child_id=child_id, agency=agency, part=part, until=None).update(until=at)


def ask_for_part(child_id: UUID, agency: Agency, person_id: UUID, at: datetime) -> PartRequest:
    """Note that `agency` reported the child and has no part; the request that waits already, if one does."""
    new = {"asked_by_id": person_id, "asked_at": at}
    return PartRequest.objects.get_or_create(child_id=child_id, agency=agency, answered_at=None, defaults=new)[0]


def answer_request(request: PartRequest, person_id: UUID, at: datetime, *, given: bool) -> bool:
    """Note the answer; False when somebody answered before."""
    waiting = PartRequest.objects.filter(id=request.id, answered_at=None)
    return bool(waiting.update(given=given, answered_by=person_id, answered_at=at))


def restrict(child_id: UUID, reason: str, readers: Iterable[Person], at: datetime) -> None:
    """Restrict the record to `readers`, who still need a role in an agency of the case. Needs a system context."""
    RestrictedRecord.objects.get_or_create(child_id=child_id, until=None, defaults={"reason": reason, "since": at})
    for person in readers:
        NamedReader.objects.get_or_create(child_id=child_id, person=person, until=None, defaults={"since": at})


def lift_restriction(child_id: UUID, at: datetime) -> None:
    """Open the record to all who need to know again. Needs a system context."""
    RestrictedRecord.objects.filter(child_id=child_id, until=None).update(until=at)
    NamedReader.objects.filter(child_id=child_id, until=None).update(until=at)
