"""A scene for the tests of pages: Kingston works by its protocol, and its child in foster care is reported missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.personas import NOON, World

GIVEN, FAMILY = "Juniper", "Ashdown"
NAMES = (GIVEN, FAMILY)
HOUR = timedelta(hours=1)
REPORTED_AT = NOON + 2 * HOUR
NOW = NOON + 3 * HOUR
FACTS: dict[str, Any] = {
    "given_name": GIVEN,
    "family_name": FAMILY,
    "date_of_birth": "2011-05-09",
    "responsible_authority": "Kingston",
    "host_authority": "Kingston",
    "looked_after": {"legal_basis": "s20", "since": "2024-01-05"},
    "placement": {"kind": "foster", "provider": "Harbour Fostering", "independent": True, "since": "2024-02-01"},
}


@dataclass
class Scene:
    """The world, the child and the episode, as it is at `NOW`."""

    world: World
    child: Any
    episode: Any
    names: tuple[str, ...] = NAMES

    def record(
        self, event: str, at: datetime, persona: str = "social_worker", *, told: datetime | None = None, **fields: Any
    ) -> Any:
        """Record an event of the episode as this person would: what happened at `at`, told then or at `told`."""
        from lantern.actions.record_event import record_event

        return record_event(self.child, self.episode, event, at, fields, by=actor(self.world, persona), at=told or at)


def actor(world: World, persona: str) -> Any:
    """The persona as the record names them."""
    from lantern.access.context import system
    from lantern.record.actor import Actor

    person = getattr(world, persona)
    with system("test scene"):
        membership = person.memberships.select_related("agency").get()
    return Actor(person.id, membership.role, membership.agency.code, source_kind="page", source_ref="test")


def adopt_protocol() -> None:
    """Kingston works by the joint protocol."""
    from lantern.access.context import system
    from lantern.evaluations.adopt import adopt

    with system("test scene"):
        adopt("Kingston", "kingston-richmond-2023", None, since=NOON - timedelta(days=300))


def make_scene(world: World) -> Scene:
    """The foster carer reports the child missing to the police at two o'clock."""
    from lantern.actions.report_missing import report_missing

    adopt_protocol()
    reported = report_missing(
        child=world.child,
        facts=FACTS,
        occurred_at=REPORTED_AT,
        absence={
            "last_seen_at": (REPORTED_AT - HOUR).isoformat(),
            "last_seen_place": "the bus station",
            "missing_from": "placement",
            "whereabouts": "unknown",
            "circumstances": "Left after an argument on the telephone, without a coat.",
        },
        report={"received_by": "police", "reported_by_role": "foster_carer", "reference": "26MIS/0412"},
        by=actor(world, "foster_carer"),
        at=REPORTED_AT,
    )
    return Scene(world, reported.child, reported.episode)


def reported_with(world: World, facts: dict[str, Any], **more: Any) -> Any:
    """Another child, reported by the front door with these facts; None leaves a fact unknown."""
    from lantern.actions.report_missing import report_missing

    known = {name: value for name, value in {**facts, **more}.items() if value is not None}
    return report_missing(
        child=None,
        facts=known,
        occurred_at=REPORTED_AT,
        absence={"whereabouts": "unknown", "missing_from": "home"},
        report={"received_by": "police", "reported_by_role": "parent"},
        by=actor(world, "front_door"),
        at=REPORTED_AT,
    )
