"""Who asks: the person's roles, what they may do anywhere, and as whom they act on a child."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from lantern.access.errors import NotThere
from lantern.access.may import may, roles_of
from lantern.access.models import Membership, Person
from lantern.access.permissions import Permission
from lantern.access.roles import DESCRIBED
from lantern.pages.value_words import capital
from lantern.record.actor import Actor

_KEPT = "lantern_who"


@dataclass(frozen=True, slots=True)
class Who:
    """A signed-in person's roles, read once for each request."""

    memberships: tuple[Membership, ...]
    permissions: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        """Whether any of their roles allows it; about one child the gate decides."""
        return permission in self.permissions

    @property
    def words(self) -> str:
        """The roles as one says them: "police duty inspector, Metropolitan Police"."""
        return "; ".join(f"{_role(each)}, {each.agency.name}" for each in self.memberships)

    @property
    def agency_codes(self) -> frozenset[str]:
        """Short codes of the agencies they work for."""
        return frozenset(each.agency.code for each in self.memberships)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of agency they work for."""
        return frozenset(each.agency.kind for each in self.memberships)


NOBODY = Who((), frozenset())


def who_asks(request: HttpRequest) -> Who:
    """The person of this request."""
    kept: Who | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = _read(request)
        setattr(request, _KEPT, kept)
    return kept


def actor_for(request: HttpRequest, permission: Permission, child_id: UUID | None, page: str) -> Actor:
    """The person as the record will name them: in the role that allows this.  The caller came by the gate."""
    person = person_of(request)
    decision = may(person, permission, child_id)
    membership = decision.membership
    return Actor(
        person_id=person.id,
        role=membership.role if membership else "",
        agency=membership.agency.code if membership else "",
        source_kind="page",
        source_ref=page,
    )


def _read(request: HttpRequest) -> Who:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return NOBODY
    held = roles_of(person)
    return Who(held, frozenset(each for membership in held for each in DESCRIBED[membership.role].permissions))


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; the access rules let nobody else come this far."""
    if not isinstance(request.user, Person):
        raise NotThere
    return request.user


def _role(membership: Membership) -> str:
    return capital(DESCRIBED[membership.role].says)
