"""A child's record is restricted to named people, or opened again to all who need to know."""

from collections.abc import Sequence
from datetime import datetime

from lantern.access import context, grants, may
from lantern.access.models import CaseRole, Person, RestrictedRecord
from lantern.access.permissions import Permission
from lantern.plumbing import logs
from lantern.plumbing.errors import Refused
from lantern.record.actor import Actor
from lantern.record.models import Child

log = logs.get("actions")


def restrict_record(*, child: Child, readers: Sequence[str], reason: str, by: Actor, at: datetime) -> None:
    """Only `readers` (e-mail addresses) open the record from now on, with those named before if it is restricted.

    Raises Refused when `by` does not act for the responsible authority, without a reason or a reader, and for a reader
    who has no role in an agency of the case that may open it.
    """
    if not reason.strip() or not readers:
        raise Refused("A restriction needs a reason and at least one reader.")
    with context.system("restrict record"):
        _check_agency(child, by)
        people = [_reader(child, email) for email in readers]
        grants.restrict(child.id, reason, people, at)
    log.info("record.restricted", child=child.id, agency=by.agency, count=len(people))


def lift_restriction(*, child: Child, by: Actor, at: datetime) -> None:
    """Open the record again. Raises Refused when `by` does not act for the responsible authority, or it is open."""
    with context.system("lift restriction"):
        _check_agency(child, by)
        if not RestrictedRecord.objects.filter(child_id=child.id, until=None).exists():
            raise Refused("The record is not restricted.")
        grants.lift_restriction(child.id, at)
    log.info("record.opened", child=child.id, agency=by.agency)


def _check_agency(child: Child, by: Actor) -> None:
    parts = CaseRole.objects.filter(child_id=child.id, until=None, part=CaseRole.Part.RESPONSIBLE_AUTHORITY)
    if not parts.filter(agency__code=by.agency).exists():
        raise Refused("Only the authority that is responsible for the child restricts the record or opens it.")


def _reader(child: Child, email: str) -> Person:
    person = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    agencies = [each.agency_id for each in may.memberships_that_allow(person, Permission.SEE_CHILD)] if person else []
    if not CaseRole.objects.filter(child_id=child.id, until=None, agency_id__in=agencies).exists() or not person:
        raise Refused(f"{email} has no role in an agency of this case that may open the record.")
    return person
