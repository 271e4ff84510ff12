"""Questions about children outside one's scope: each is written down, and nobody asks many of them."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from lantern.access.may import memberships_that_allow
from lantern.access.models import Membership, Person, ReadAudit, RestrictedRecord
from lantern.access.permissions import Permission
from lantern.access.request import current

PURPOSE, PURPOSE_REFUSED = "which agency knows a child", "asked too often which agency knows a child"
# somebody who takes in reports asks now and then; somebody with a list of names asks all the time
WINDOW, MOST_IN_WINDOW = timedelta(hours=1), 30


def asked_too_often(person: Person, at: datetime) -> bool:
    """Whether `person` has asked as often lately as anybody may; the try is written down. Needs a system context."""
    by = _membership(person)
    asked = ReadAudit.objects.filter(
        agency_code=by.agency.code if by else "", at__gt=at - WINDOW, person_id=person.id, purpose=PURPOSE
    )
    # one question may have named several children: it counts once
    if asked.values("request_id", "at").distinct().count() < MOST_IN_WINDOW:
        return False
    _row(person, by, None, PURPOSE_REFUSED, at).save(force_insert=True)
    return True


def note_answer(person: Person, child_ids: Collection[UUID], at: datetime) -> None:
    """Write that `person` asked, and of which children they were told the agency; call it before telling them."""
    by = _membership(person)
    asked: Iterable[UUID | None] = child_ids or [None]
    ReadAudit.objects.bulk_create([_row(person, by, each, PURPOSE, at) for each in asked])


def not_restricted(child_ids: Collection[UUID]) -> set[UUID]:
    """Those whose record is not restricted. Needs a system context."""
    restricted = RestrictedRecord.objects.filter(child_id__in=child_ids, until=None)
    return set(child_ids) - set(restricted.values_list("child_id", flat=True))


def _membership(person: Person) -> Membership | None:
    return next(iter(memberships_that_allow(person, Permission.SEE_CHILD)), None)


def _row(person: Person, by: Membership | None, child_id: UUID | None, purpose: str, at: datetime) -> ReadAudit:
    return ReadAudit(
        person_id=person.id,
        membership_id=by.id if by else None,
        agency_code=by.agency.code if by else "",
        role=by.role if by else "",
        child_id=child_id,
        page=current.get().page or purpose,
        purpose=purpose,
        outcome=ReadAudit.Outcome.TOLD if child_id else ReadAudit.Outcome.REFUSED,
        at=at,
        request_id=current.get().id,
    )
