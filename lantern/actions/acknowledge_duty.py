"""The receiver of a hand-over accepts it."""

from datetime import datetime

from lantern.actions.record_event import record_event
from lantern.duties.models import Duty
from lantern.duties.owners import receives
from lantern.plumbing.errors import Refused
from lantern.record.actor import Actor
from lantern.record.append import Appended


def acknowledge_duty(*, duty: Duty, by: Actor, at: datetime, idempotency_key: str | None = None) -> Appended:
    """append → evaluate → differ → plan alerts. From then on the duty climbs no further on that account.

    Raises Refused where the actor's agency does not owe the duty, or their role does not answer for the owner's.
    """
    if not receives(role=by.role, agency=by.agency, owner_role=duty.owner_role, owner_agency=duty.owner_agency):
        raise Refused("Somebody else owes this duty: only they can accept it.")
    fields = {"duty": duty.duty, "by": by.role}
    return record_event(
        duty.child, duty.episode, "duty_acknowledged", at, fields, by=by, at=at, idempotency_key=idempotency_key
    )
