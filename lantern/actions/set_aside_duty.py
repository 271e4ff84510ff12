"""A duty is set aside, with a reason and by whose authority; the engine decides whether the pack allows it."""

from datetime import datetime

from lantern.actions.record_event import record_event
from lantern.duties.models import Duty
from lantern.record.actor import Actor
from lantern.record.append import Appended


def set_aside_duty(
    *, duty: Duty, reason: str, authorised_by_role: str, by: Actor, at: datetime, idempotency_key: str | None = None
) -> Appended:
    """append → evaluate → differ → plan alerts.

    What the pack does not allow is kept, listed as a problem, and changes nothing.
    """
    fields = {"duty": duty.duty, "reason": reason, "authorised_by_role": authorised_by_role}
    return record_event(
        duty.child, duty.episode, "duty_set_aside", at, fields, by=by, at=at, idempotency_key=idempotency_key
    )
