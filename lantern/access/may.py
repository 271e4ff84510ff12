"""May this person do this, and why: every answer comes with its reason."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lantern.access.models import Agency, CaseRole, Membership, Person
from lantern.access.permissions import Permission
from lantern.access.request import once
from lantern.access.roles import DESCRIBED
from lantern.plumbing import sql

# in the order of the models' fields, as `from_db` wants them
_MEMBERSHIP = ("id", "person_id", "agency_id", "role", "since", "until")
_AGENCY = ("id", "code", "name", "kind", "authority", "contact")
_ROLES = f"""
SELECT {", ".join(f"held.{name}" for name in _MEMBERSHIP)}, {", ".join(f"agency.{name}" for name in _AGENCY)}
FROM access_membership held JOIN access_agency agency ON agency.id = held.agency_id
WHERE held.person_id = %s AND held.until IS NULL ORDER BY held.since, held.id"""  # noqa: S608  the names above
# the oldest part comes last
_PARTS = """
SELECT child_id, agency_id, part FROM access_caserole
WHERE child_id = ANY(%s) AND agency_id = ANY(%s) AND until IS NULL ORDER BY since DESC, id DESC"""
_BARRED = """
SELECT child_id FROM access_restrictedrecord WHERE child_id = ANY(%s) AND until IS NULL
EXCEPT SELECT child_id FROM access_namedreader WHERE child_id = ANY(%s) AND person_id = %s AND until IS NULL"""


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
    """The answer for each child, in one question to the database however many there are."""
    held = memberships_that_allow(person, permission)
    if not held or not person.is_active:
        return dict.fromkeys(child_ids, _anywhere(person, permission))
    by_agency = {membership.agency_id: membership for membership in reversed(held)}
    asked = list(child_ids)
    parts, barred = sql.together((_PARTS, [asked, list(by_agency)]), (_BARRED, [asked, asked, person.id]))
    answers = dict.fromkeys(asked, Decision(False, "none of their agencies has a part in this child's case"))
    through: dict[tuple[UUID, str], Decision] = {}
    for child, agency, part in parts:  # the one that is written last is the one given
        answers[child] = through.get((agency, part)) or through.setdefault(
            (agency, part), _through(by_agency[agency], part)
        )
    restricted = Decision(False, "the record is restricted to named people")
    return answers | {child: restricted for (child,) in barred}


def memberships_that_allow(person: Person, permission: Permission) -> list[Membership]:
    """The roles in force through which `person` has `permission`, the longest held first."""
    return [membership for membership in roles_of(person) if permission in DESCRIBED[membership.role].permissions]


def roles_of(person: Person) -> tuple[Membership, ...]:
    """The roles that `person` holds, the longest held first, as they are when a request first asks."""
    return once(("roles", person.pk), lambda: _read_roles(person))


def _read_roles(person: Person) -> tuple[Membership, ...]:
    (rows,) = sql.together((_ROLES, [person.pk]))
    held = [_membership(row) for row in rows]
    return tuple(membership for membership in held if _counts(membership))


def _membership(row: tuple[Any, ...]) -> Membership:
    made = Membership.from_db("default", _MEMBERSHIP, row[: len(_MEMBERSHIP)])
    made.agency = Agency.from_db("default", _AGENCY, row[len(_MEMBERSHIP) :])
    return made


def _counts(membership: Membership) -> bool:
    role = DESCRIBED.get(membership.role)
    # a role counts only in the kinds of agency it belongs to
    return role is not None and membership.agency.kind in role.kinds


def _anywhere(person: Person, permission: Permission) -> Decision:
    if not person.is_active:
        return Decision(False, "the account is closed")
    for membership in memberships_that_allow(person, permission):
        return Decision(True, _says(membership), membership)
    return Decision(False, f"no role of theirs may {permission.value}")


def _through(membership: Membership, part: str) -> Decision:
    label = CaseRole.Part(part).label
    return Decision(True, f"{_says(membership)}, which is the child's {label}", membership, part)


def _says(membership: Membership) -> str:
    return f"{DESCRIBED[membership.role].says} at {membership.agency.name}"
