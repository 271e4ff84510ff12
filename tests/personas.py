"""People, agencies and one child, the same in every test: named by role and relation.

    world.social_worker     works for Kingston, which is responsible for the child
    world.team_manager      her manager
    world.front_door        takes in reports at Kingston
    world.inspector         of the police force that looks for the child
    world.foster_carer      whose agency the child is placed with
    world.other_worker      of Derby, a council with no part in the case
    world.former_worker     was a social worker at Kingston until an hour ago
    world.analyst           makes Kingston's statutory reports and opens no record
    world.auditor           sees who opened records, and opens none
    world.administrator     adds people, and opens no record

`browse_as(world.inspector)` gives a client that has signed in with both factors.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from django.test import Client

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
"""The Wednesday on which every persona got their role."""

PASSWORD = "correct horse battery staple"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

COUNCILS = {"kingston": "Kingston", "derby": "Derby"}
AGENCIES = {
    "kingston": ("Kingston upon Thames", "authority"),
    "derby": ("Derby City Council", "authority"),
    "met": ("Metropolitan Police", "police"),
    "harbour": ("Harbour Fostering", "provider"),
}
# attribute of the world: name to show, agency, role
PEOPLE = {
    "social_worker": ("Sam Okafor", "kingston", "social_worker"),
    "team_manager": ("Tess Marlow", "kingston", "team_manager"),
    "front_door": ("Fran Dorset", "kingston", "front_door"),
    "inspector": ("Ines Porter", "met", "duty_inspector"),
    "coordinator": ("Corin Blake", "met", "missing_person_coordinator"),
    "foster_carer": ("Flo Carver", "harbour", "foster_carer"),
    "other_worker": ("Olu Winter", "derby", "social_worker"),
    "former_worker": ("Finn Martin", "kingston", "social_worker"),
    "analyst": ("Anna List", "kingston", "analyst"),
    "auditor": ("Audrey Torr", "kingston", "auditor"),
    "administrator": ("Adam Innes", "kingston", "administrator"),
}
PARTS = {"kingston": "responsible_authority", "met": "police", "harbour": "provider"}


@dataclass
class World:
    """Everything that the fixture `world` made; see the top of this file."""

    kingston: Any
    derby: Any
    met: Any
    harbour: Any
    child: Any
    social_worker: Any = None
    team_manager: Any = None
    front_door: Any = None
    inspector: Any = None
    coordinator: Any = None
    foster_carer: Any = None
    other_worker: Any = None
    former_worker: Any = None
    analyst: Any = None
    auditor: Any = None
    administrator: Any = None


def make_world(at: datetime = NOON) -> World:
    """The world, in the database of the test. Opens its own system context."""
    from lantern.access import grants
    from lantern.access.context import system
    from lantern.record.actor import Actor
    from lantern.record.append import open_child

    with system("test scene"):
        agencies = {
            code: grants.add_agency(code, name, kind, authority=COUNCILS.get(code, ""))
            for code, (name, kind) in AGENCIES.items()
        }
        child = open_child(by=Actor(person_id=None, role="front_door", agency="kingston"), at=at)
        for code, part in PARTS.items():
            grants.give_case_role(child.id, agencies[code], part, at)
        world = World(child=child, **agencies)
        for attribute, (name, code, role) in PEOPLE.items():
            setattr(world, attribute, _person(attribute, name, agencies[code], role, at))
        membership = world.former_worker.memberships.get()
        grants.end_role(membership, at + timedelta(hours=1))
    return world


def _person(attribute: str, name: str, agency: Any, role: str, at: datetime) -> Any:
    from lantern.access import grants
    from lantern.access.models import Person

    email = f"{attribute.replace('_', '.')}@{agency.code}.example"
    person = Person.objects.create(email=email, name=name, password=_hashed())
    grants.give_role(person, agency, role, at)
    return person


@cache
def _hashed() -> str:
    # hashing is slow on purpose: once for each run is enough
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


def signed_in_client(person: Any, client: Client | None = None) -> Client:
    """A client in whose session `person` has given both factors."""
    from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY

    from lantern.access.context import signing_in
    from lantern.plumbing import clock

    client = client or Client()
    with signing_in():
        client.force_login(person)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": method, "at": clock.now().timestamp()} for method in ("password", "mfa")
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


@pytest.fixture
def world(db: None) -> World:
    """Two councils, a police force, a foster carer's agency, their people, and one child."""
    return make_world()


@pytest.fixture
def browse_as(db: None) -> Callable[[Any], Client]:
    """`browse_as(person)`: a client that has signed in as them."""
    return signed_in_client
