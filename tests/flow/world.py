"""A small world for tests of the flow: agencies, a person for each role, a child in care, and a pack of three duties."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lantern.access import context, grants
from lantern.access.models import Agency, Person
from lantern.actions.record_event import record_event
from lantern.actions.report_missing import Reported, report_missing
from lantern.engine import load_pack
from lantern.evaluations import which_pack
from lantern.record.actor import Actor

AT = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PACKS = Path(__file__).parent / "packs"
SURNAME = "Quillfeather"
FACTS = {
    "given_name": "Rowan",
    "family_name": SURNAME,
    "date_of_birth": "2011-05-09",
    "responsible_authority": "Kingston",
    "host_authority": "Kingston",
    "looked_after": {"legal_basis": "s20", "since": "2024-01-05"},
    "placement": {"kind": "residential", "provider": "The Elms", "independent": True, "since": "2024-02-01"},
}
AGENCIES = (
    ("kingston", "Kingston Council", "authority", "Kingston"),
    ("richmond", "Richmond Council", "authority", "Richmond"),
    ("surrey", "Surrey Council", "authority", "Surrey"),
    ("met", "Metropolitan Police", "police", ""),
    ("elms", "The Elms", "provider", ""),
)
ROLES = {
    "kingston": ("front_door", "social_worker", "team_manager", "service_manager", "head_of_service", "return_interviewer"),
    "richmond": ("front_door", "social_worker"),
    "surrey": ("front_door", "social_worker"),
    "met": ("police_officer", "police_sergeant", "duty_inspector", "police_superintendent", "missing_person_coordinator"),
    "elms": ("residential_manager",),
}


@dataclass
class World:
    """The agencies and people, by code and by role."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    people: dict[tuple[str, str], Person] = field(default_factory=dict)

    def actor(self, agency: str, role: str) -> Actor:
        return Actor(self.people[agency, role].id, role, agency, source_kind="page", source_ref="test")


def build() -> World:
    world = World()
    with context.system("test"):
        for code, name, kind, authority in AGENCIES:
            world.agencies[code] = grants.add_agency(code, name, kind, authority=authority)
        for code, roles in ROLES.items():
            for role in roles:
                person = Person.objects.create_person(f"{role}@{code}.example", f"{role} of {code}")
                grants.give_role(person, world.agencies[code], role, AT - 365 * DAY)
                world.people[code, role] = person
    return world


def reported(world: World, *, at: datetime = AT, **facts: object) -> Reported:
    """The home reports a child missing to the police."""
    return report_missing(
        child=None,
        facts=FACTS | facts,
        occurred_at=at,
        absence={"last_seen_at": (at - HOUR).isoformat(), "missing_from": "placement", "whereabouts": "unknown"},
        report={"received_by": "police", "reported_by_role": "residential_manager"},
        by=world.actor("elms", "residential_manager"),
        at=at,
    )


def happened(world: World, known: Reported, type_: str, agency: str, role: str, at: datetime, **fields: object) -> None:
    """One event of the child's absence, recorded as it happens."""
    record_event(known.child, known.episode, type_, at, fields, by=world.actor(agency, role), at=at)


@pytest.fixture
def small_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every authority works by a pack of three duties, so that tests of stages do not hang on a real protocol."""
    found = load_pack("dfe-2014", root=PACKS)
    monkeypatch.setattr(which_pack, "pack", lambda name, edition=None: found)


@pytest.fixture
def world(db: None, small_pack: None) -> Iterator[World]:
    return build()


@pytest.fixture
def committed_world(transactional_db: None, small_pack: None) -> Iterator[World]:
    """The same where commits are real: for threads, other processes and crashes."""
    return build()
