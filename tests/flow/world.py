"""A small world for tests of the flow: agencies, a person for each role, and a child in care."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from lantern.access import context, grants
from lantern.access.models import Agency, Person
from lantern.actions.record_event import record_event
from lantern.actions.report_missing import Reported, report_missing
from lantern.record.actor import Actor

AT = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
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
    ("cedars", "The Cedars", "provider", ""),
)
ROLES = {
    "kingston": (
        "front_door",
        "social_worker",
        "team_manager",
        "service_manager",
        "head_of_service",
        "return_interviewer",
    ),
    "richmond": ("front_door", "social_worker"),
    "surrey": ("front_door", "social_worker"),
    "met": (
        "police_officer",
        "police_sergeant",
        "duty_inspector",
        "police_superintendent",
        "missing_person_coordinator",
    ),
    "elms": ("residential_manager",),
    "cedars": ("residential_manager",),
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


def reported(world: World, *, at: datetime = AT, by: Actor | None = None, **facts: object) -> Reported:
    """The home reports a child missing to the police, or whoever `by` names."""
    return report_missing(
        child=None,
        facts=FACTS | facts,
        occurred_at=at,
        absence={"last_seen_at": (at - HOUR).isoformat(), "missing_from": "placement", "whereabouts": "unknown"},
        report={"received_by": "police", "reported_by_role": "residential_manager"},
        by=by or world.actor("elms", "residential_manager"),
        at=at,
    )


def happened(world: World, known: Reported, type_: str, agency: str, role: str, at: datetime, **fields: object) -> None:
    """One event of the child's absence, recorded as it happens."""
    record_event(known.child, known.episode, type_, at, fields, by=world.actor(agency, role), at=at)
