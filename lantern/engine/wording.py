"""The only sentences in the engine: reasons, due times and states in plain English."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from lantern.engine.because import NO, Because
from lantern.engine.instants import london

if TYPE_CHECKING:
    from lantern.engine.results import DutyResult

_STATE_WORDS = {
    "not_due": "Not due: nothing has made it arise",
    "upcoming": "Due by {due}",
    "due_now": "Due now, as soon as possible",
    "overdue": "Overdue: it was due by {due}",
    "met": "Done at {met}, in time",
    "met_late": "Done at {met}, late: it was due by {due}",
    "set_aside": "Set aside",
    "lapsed": "No longer needed: its reason went away before it was due",
    "missed": "Missed: it was due by {due} and was never done",
    "cannot_tell": "Cannot tell whether it is owed: {missing} not recorded",
}
_WHO_KNOWS = {
    "date_of_birth": "social_worker",
    "looked_after": "social_worker",
    "placement": "social_worker",
    "responsible_authority": "front_door",
    "host_authority": "front_door",
    "risk level": "duty_inspector",
    "category held by police": "duty_inspector",
    "category held by authority": "social_worker",
    "category held by police or authority": "duty_inspector",
    "school": "school",
    "essential_medication": "carer",
}


def who_knows(fact: str) -> str:
    """The role that can supply a fact; the child's social worker unless somebody is nearer to it."""
    return _WHO_KNOWS.get(fact) or _WHO_KNOWS.get(fact.partition(".")[0], "social_worker")


def of_moment(instant: int) -> str:
    """`4:10pm on Thursday 5 March 2026`, London time."""
    local = london(instant)
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02}" if local.minute else ""
    half = "am" if local.hour < 12 else "pm"
    return f"{hour}{minutes}{half} on {_of_day(local.toordinal())}"


@lru_cache(maxsize=4096)
def _of_day(day: int) -> str:
    on = date.fromordinal(day)
    return f"{on:%A} {on.day} {on:%B %Y}"


def of_clause(text: str) -> str:
    return text.replace("_", " ")


def of_reason(reason: Because) -> str:
    """The parts that carried the verdict, nearest first, in one sentence."""
    said = [of_clause(words) for part in reason.parts for words in _carrying(part)]
    return "; ".join(dict.fromkeys(said))


def _carrying(part: Because) -> list[str]:
    if not part.parts or part.clause not in ("all of", "any of", "not"):
        return [part.clause if part.verdict != NO else f"not: {part.clause}"]
    if part.clause == "not":
        return _carrying(part.parts[0])
    wanted = [inner for inner in part.parts if inner.verdict == part.verdict]
    return [words for inner in (wanted or list(part.parts)) for words in _carrying(inner)]


def of_duty(result: DutyResult, reason: Because | None = None) -> str:
    """What is owed, by whom, how it stands and why; `reason` where it was made already."""
    reason = result.reason if reason is None else reason
    owner = result.view.pack.role_name(result.owed_by)
    verb = {"must": "must", "should": "should", "may": "may"}[result.strength]
    says = result.says[:1].lower() + result.says[1:]
    if result.rule.consider:
        verb = "should" if says.startswith("consider") else "should consider whether to"
    state = _STATE_WORDS[result.state].format(
        due=of_moment(result.due) if result.due is not None else "no stated time",
        met=of_moment(result.met) if result.met is not None else "",
        missing=", ".join(of_clause(name) for name in reason.missing) or "a fact is",
    )
    sentence = f"{owner[:1].upper() + owner[1:]} {verb} {says}. {state}."
    why = of_reason(reason)
    return f"{sentence} Because {why}." if why and result.state != "not_due" else sentence
