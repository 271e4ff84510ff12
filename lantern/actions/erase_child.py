"""The record of a child is erased: retention is over, or a court or the child's own right says so."""

from datetime import datetime

from lantern.access import context, may
from lantern.access.models import CaseRole, Person
from lantern.access.permissions import Permission
from lantern.actions.judge import judge_what_was_recorded
from lantern.intake.erase import forget
from lantern.plumbing import logs
from lantern.plumbing.errors import Refused
from lantern.record.actor import Actor
from lantern.record.erase import erase
from lantern.record.models import Child, Erasure

log = logs.get("actions")
# why a record may be erased; codes, because a narrative here would outlive what was erased
REASONS = {
    "retention": "the time for which records are kept is over",
    "request": "the right to erasure was exercised and upheld",
    "court": "a court ordered it",
    "mistake": "the record should never have been made",
}
RESPONSIBLE = CaseRole.Part.RESPONSIBLE_AUTHORITY


def erase_child(*, child: Child, reason: str, by: Actor, at: datetime) -> Erasure:
    """destroy the child's key → destroy the keys of its messages → evaluate what stays → differ.

    The first two are one transaction. Raises Refused for anybody but an administrator of the responsible authority,
    for a reason that is none of REASONS, and for a record that was erased before.
    """
    if reason not in REASONS:
        raise Refused(f"The reason is one of {', '.join(REASONS)}.")
    with context.system("erase child"):
        if not _may_erase(child, by):
            raise Refused("Only an administrator of the responsible authority erases a child's record.")
        erasure = erase(child, by=by, at=at, reason=reason)
        messages = forget(child.id)
    log.info("child.erased", child=child.id, agency=by.agency, person=by.person_id, count=messages)
    judge_what_was_recorded(child, at=at)
    return erasure


def _may_erase(child: Child, by: Actor) -> bool:
    person = Person.objects.filter(pk=by.person_id, is_active=True).first() if by.person_id else None
    if person is None:
        return False
    held = may.memberships_that_allow(person, Permission.ERASE_CHILD)
    agencies = [each.agency_id for each in held if each.agency.code == by.agency]
    parts = CaseRole.objects.filter(child_id=child.id, part=RESPONSIBLE, until=None, agency_id__in=agencies)
    return parts.exists()
