"""Messages that a person must look at. Nothing is ever thrown away here."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lantern.intake.keep import decide
from lantern.intake.models import InboundMessage
from lantern.intake.translation import Problem

State = InboundMessage.State


def put(message: InboundMessage, problems: Sequence[Problem], at: datetime, *, candidates: Sequence[UUID] = ()) -> None:
    """Set `message` before a person, with everything that is wrong with it. `candidates`: children to choose from."""
    decide(
        message,
        State.QUARANTINED,
        at,
        problems=[problem.as_json() for problem in problems],
        candidates=[str(child) for child in candidates],
    )


def waiting() -> list[InboundMessage]:
    """What a person must look at, oldest first. People who handle intake see what belongs to no child yet."""
    return list(InboundMessage.objects.filter(state=State.QUARANTINED).order_by("received_at").defer("ciphertext"))


def resolve(message: InboundMessage, *, child_id: UUID, events: Sequence[UUID], by: UUID, at: datetime) -> None:
    """A person read it and recorded what it says about this child. Its problems stay written beside it."""
    told = [str(event) for event in events]
    decide(message, State.TRANSLATED, at, child_id=child_id, events=told, decided_by=by)


def set_aside(message: InboundMessage, *, by: UUID, at: datetime) -> None:
    """A person decided that it holds no report. It stays kept."""
    decide(message, State.SET_ASIDE, at, decided_by=by)
