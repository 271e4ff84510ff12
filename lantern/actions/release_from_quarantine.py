"""A person read a report that the feed could not, and decides what it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lantern.access import context
from lantern.actions.report_missing import Reported, report_missing
from lantern.intake import quarantine
from lantern.intake.models import InboundMessage
from lantern.plumbing.errors import Refused
from lantern.record.actor import Actor
from lantern.record.models import Child


def release_from_quarantine(
    *,
    message: InboundMessage,
    child: Child | None,
    facts: Mapping[str, Any],
    occurred_at: datetime,
    absence: Mapping[str, Any] | None,
    report: Mapping[str, Any] | None,
    by: Actor,
    at: datetime,
) -> Reported:
    """report as a person would → note what the message became. See `report_missing` for what is given and raised."""
    with context.system("release report"):
        _waits(message)
        reported = report_missing(
            child=child,
            facts=facts,
            occurred_at=occurred_at,
            absence=absence,
            report=report,
            by=by,
            at=at,
            idempotency_key=str(message.id),
        )
        quarantine.resolve(message, child_id=reported.child.id, events=reported.events, by=_person(by), at=at)
    return reported


def set_aside_message(*, message: InboundMessage, by: Actor, at: datetime) -> None:
    """It holds no report. It stays kept."""
    with context.system("set report aside"):
        _waits(message)
        quarantine.set_aside(message, by=_person(by), at=at)


def _waits(message: InboundMessage) -> None:
    waiting = InboundMessage.objects.filter(pk=message.pk, state=InboundMessage.State.QUARANTINED)
    if not waiting.select_for_update().exists():
        raise Refused("Somebody else has dealt with this report already.")


def _person(by: Actor) -> Any:
    if by.person_id is None:
        raise Refused("Only a person may decide this.")
    return by.person_id
