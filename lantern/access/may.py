"""May this person do this, and why: every answer comes with its reason."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from lantern.access.models import CaseRole, Membership, NamedReader, Person, RestrictedRecord
from lantern.access.permissions import Permission
from lantern.access.roles import DESCRIBED


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer and its reason in plain English.

    membership: the role in an agency that the right comes from. part: that agency's part in the child's case, where
    the question was about a child.
    """

    allowed: bool
    because: str
    membership: Membership | None = None
    part: str = ""


def may(person: Person, permission: Permission, child_id: UUID | None = None) -> Decision:
    """Whether `person` may. With a child's id: about that child; without: anywhere at all. Needs a context."""
    if child_id is not None:
        return may_each(person, permission, [child_id])[child_id]
    return _anywhere(person, permission)


def may_each(person: Person, permission: Permission, child_ids: Collection[UUID]) -> dict[UUID, Decision]:
    """The answer for each child, with the same few questions to the database however many there are."""
    held = memberships_that_allow(person, permission)
    if not held or not person.is_active:
        return dict.fromkeys(child_ids, _anywhere(person, permission))
    barred = _barred(person, child_ids)
    by_agency = {membership.agency_id: membership for membership in reversed(held)}
    parts = CaseRole.objects.filter(child_id__in=child_ids, agency_id__in=by_agency, until=None)
    answers = dict.fromkeys(child_ids, Decision(False, "none of their agencies has a part in this child's case"))
    for part in parts.order_by("-since", "-id"):  # the oldest part is written last and is the one given
        answers[part.child_id] = _through(by_agency[part.agency_id], part)
    return answers | dict.fromkeys(barred, Decision(False, "the record is restricted to named people"))


def memberships_that_allow(person: Person, permission: Permission) -> list[Membership]:
    """The roles in force through which `person` has `permission`, the longest held first."""
    held = Membership.objects.filter(person=person, until=None).select_related("agency").order_by("since", "id")
    return [membership for membership in held if _grants(membership, permission)]


def _barred(person: Person, child_ids: Collection[UUID]) -> set[UUID]:
    restricted = RestrictedRecord.objects.filter(child_id__in=child_ids, until=None)
    named = NamedReader.objects.filter(child_id__in=child_ids, person=person, until=None)
    return set(restricted.values_list("child_id", flat=True)) - set(named.values_list("child_id", flat=True))


def _grants(membership: Membership, permission: Permission) -> bool:
    role = DESCRIBED.get(membership.role)
    # a role counts only in the kinds of agency it belongs to
    return role is not None and permission in role.permissions and membership.agency.kind in role.kinds


def _anywhere(person: Person, permission: Permission) -> Decision:
    if not person.is_active:
        return Decision(False, "the account is closed")
    for membership in memberships_that_allow(person, permission):
        return Decision(True, _says(membership), membership)
    return Decision(False, f"no role of theirs may {permission.value}")


def _through(membership: Membership, part: CaseRole) -> Decision:
    label = CaseRole.Part(part.part).label
    return Decision(True, f"{_says(membership)}, which is the child's {label}", membership, part.part)


def _says(membership: Membership) -> str:
    return f"{DESCRIBED[membership.role].says} at {membership.agency.name}"
