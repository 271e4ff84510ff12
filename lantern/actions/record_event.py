"""Something happened to a child, or was learned of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from lantern.access import context
from lantern.actions import case_parts
from lantern.actions.judge import judge_what_was_recorded
from lantern.plumbing import sql
from lantern.record.actor import Actor
from lantern.record.append import Appended, NewEvent, append, head_questions
from lantern.record.models import Child, Episode


def record_event(  # noqa: PLR0913  what happened, to whom, who says so, and what they had seen
    child: Child,
    episode: Episode | None,
    type: str,  # noqa: A002  the vocabulary's word
    occurred_at: datetime,
    fields: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    expected_seq: int | None = None,
    idempotency_key: str | None = None,
) -> Appended:
    """append → evaluate → differ → plan alerts, in two commits: what happened stands, whatever the rules make of it.

    The first commit waits for the disk together with the second. expected_seq: the last seq that the person saw; raises
    Conflict when others wrote since. The same idempotency_key gives the same answer and appends nothing. Raises
    BadEvent, KeyReused, Erased.
    """
    event = NewEvent(type, occurred_at, fields, episode)
    appended = append_events(
        child,
        [event],
        by=by,
        at=at,
        expected_seq=expected_seq,
        idempotency_key=idempotency_key,
        flushed_later=not connection.in_atomic_block,
    )
    if judge_what_was_recorded(child, at=at) is None:
        sql.flush()
    return appended


def append_events(
    child: Child,
    events: list[NewEvent],
    *,
    by: Actor,
    at: datetime,
    expected_seq: int | None = None,
    idempotency_key: str | None = None,
    flushed_later: bool = False,
) -> Appended:
    """The first commit: the events, and the parts in the case that follow from facts among them.

    flushed_later: as in `append`.
    """
    with context.system("record event", *head_questions(child.id, idempotency_key)) as head:
        appended = append(
            child,
            events,
            by=by,
            at=at,
            expected_seq=expected_seq,
            idempotency_key=idempotency_key,
            flushed_later=flushed_later,
            head=head,
        )
        if not appended.repeated and any(event.type in case_parts.SHAPES_THE_CASE for event in events):
            case_parts.keep_in_step(child.id, events, by=by, at=at)
    return appended
