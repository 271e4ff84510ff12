"""Partners who answer what is owed: for each open duty, an event that meets it, by the role that owes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from lantern import engine
from lantern.duties.models import OPEN, Duty
from lantern.engine.events import REGISTRY
from lantern.evaluations.judgement import Judgement
from lantern.record.append import NewEvent
from lantern.record.models import Episode

# what the spine of an absence tells; partners leave it alone
SPINE = frozenset(
    {"absence_noticed", "report_received", "police_recorded", "category_set", "risk_graded", "child_located"}
    | {"child_returned", "safe_and_well_done", "safe_and_well_not_done", "return_interview_offered"}
    | {
        "return_interview_attempted",
        "return_interview_held",
        "return_interview_declined",
        "return_interview_not_required",
    }
    | {
        "return_interview_signed_off",
        "extract_shared",
        "episode_closed",
        "duty_set_aside",
        "corrected",
        "profile_recorded",
    }
)
PROMPTLY = timedelta(minutes=25)  # how soon a duty without a time is answered


@dataclass(frozen=True, slots=True)
class Answer:
    """An event that meets a duty, when, and whose it is."""

    at: datetime
    agency: str
    role: str
    event: NewEvent


def answers(
    judged: Judgement, episode: Episode, now: datetime, until: datetime, dice: Random, diligence: float
) -> list[Answer]:
    """What diligent partners do about the episode's open duties between `now` and `until`, in order."""
    if judged.result is None:
        return []
    held = {duty.key: duty for duty in Duty.objects.filter(episode=episode, stage=OPEN)}
    found: dict[str, Answer] = {}
    for duty in judged.result.by_due:
        row = held.get(duty.key)
        meets = next(_that_meet(duty), None) if row else None
        if row is None or meets is None or dice.random() > diligence:
            continue
        at = _when(row, now, until, dice)
        type_, said = meets
        kinds = REGISTRY[type_].fields
        fields = {
            name: at.isoformat() if name in kinds and kinds[name].kind == "instant" else value
            for name, value in said.items()
        }
        role = str(fields.pop("by_role", "") or row.owner_role)
        event = NewEvent(type_, at, fields, episode, by_role=role)
        found.setdefault(f"{type_} {fields}", Answer(at, row.owner_agency, role, event))
    return sorted(found.values(), key=lambda answer: answer.at)


def _when(duty: Duty, now: datetime, until: datetime, dice: Random) -> datetime:
    """Some moment before it is due, or soon where no time is given."""
    limit = min(duty.due_at or now + PROMPTLY, until)
    start = max(now, duty.arose_at or now)
    return start + max(limit - start, timedelta()) * dice.uniform(0.2, 0.95)


def _that_meet(duty: engine.DutyResult) -> Iterator[tuple[str, dict[str, Any]]]:
    for pattern in duty.rule.met_by or ():
        if pattern.type in SPINE or not REGISTRY[pattern.type].in_episode:
            continue
        fields = {name: _value(said) for name, said, _ in pattern.where}
        fields = {name: value for name, value in fields.items() if value is not None}
        if fields.keys() <= REGISTRY[pattern.type].fields.keys() | {"by_role"}:
            yield pattern.type, fields


def _value(said: Any) -> Any:
    """A value that passes what a pack says of a field; None where leaving it out passes."""
    if isinstance(said, dict):
        ((how, value),) = said.items()
        return {"not": None, "at_least": value, "present": "as agreed" if value else None}[how]
    return said[0] if isinstance(said, list | tuple) else said
