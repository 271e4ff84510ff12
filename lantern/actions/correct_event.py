"""An event was recorded wrongly: how it should read is appended; the first version stays readable."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lantern.actions.judge import judge_what_was_recorded
from lantern.actions.record_event import append_events
from lantern.record.actor import Actor
from lantern.record.append import Appended, NewEvent
from lantern.record.models import Child, Episode


def correct_event(
    child: Child,
    episode: Episode | None,
    corrects: UUID,
    corrected_event: Mapping[str, Any] | None,
    *,
    by: Actor,
    at: datetime,
    expected_seq: int | None = None,
    idempotency_key: str | None = None,
) -> Appended:
    """append → evaluate → differ → plan alerts.

    corrected_event: the whole event as it should read, in the shape of a log line (event, occurred_at, its fields);
    None when it was recorded in error. Raises what `record_event` raises.
    """
    fields: dict[str, Any] = {"corrects": str(corrects)}
    if corrected_event is not None:
        fields["corrected_event"] = dict(corrected_event)
    event = NewEvent("corrected", at, fields, episode)
    appended = append_events(child, [event], by=by, at=at, expected_seq=expected_seq, idempotency_key=idempotency_key)
    judge_what_was_recorded(child, at=at)
    return appended
