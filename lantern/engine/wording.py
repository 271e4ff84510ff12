"""The only sentences in the engine: reasons, due times and states in plain English."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from lantern.engine.because import NO, Because
from lantern.engine.instants import london_clock

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


@lru_cache(maxsize=16384)
def of_moment(instant: int) -> str:
    """`4:10pm on Thursday 5 March 2026`, London time."""
    day, (hour, minute) = london_clock(instant)
    minutes = f":{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{minutes}{'am' if hour < 12 else 'pm'} on {_of_day(day)}"


@lru_cache(maxsize=4096)
def _of_day(day: int) -> str:
    on = date.fromordinal(day)
    return f"{on:%A} {on.day} {on:%B %Y}"


@lru_cache(maxsize=16384)
def of_clause(text: str) -> str:
    return text.replace("_", " ")


def of_reason(reason: Because) -> str:
    """The parts that carried the verdict, nearest first, in one sentence."""
    said: list[str] = []
    for part in reason.parts:
        if part.parts:
            said += [of_clause(words) for words in _carrying(part)]
        else:
            said.append(of_clause(part.clause if part.verdict != NO else f"not: {part.clause}"))
    return "; ".join(dict.fromkeys(said) if len(said) > 1 else said)


def _carrying(part: Because) -> list[str]:
    if not part.parts or part.clause not in ("all of", "any of", "not"):
        return [part.clause if part.verdict != NO else f"not: {part.clause}"]
    if part.clause == "not":
        return _carrying(part.parts[0])
    wanted = [inner for inner in part.parts if inner.verdict == part.verdict]
    return [words for inner in (wanted or list(part.parts)) for words in _carrying(inner)]


def of_duty(result: DutyResult, reason: Because | None = None, owed: str | None = None) -> str:
    """What is owed, by whom, how it stands and why; `reason` and `owed` where they were made already."""
    reason = result.reason if reason is None else reason
    sentence = f"{of_owing(result) if owed is None else owed} {_of_state(result, reason)}."
    why = of_reason(reason)
    return f"{sentence} Because {why}." if why and result.state != "not_due" else sentence


def of_owing(result: DutyResult) -> str:
    """What is owed and by whom: the same sentence for all that one rule makes arise."""
    owner = result.view.pack.role_name(result.owed_by)
    verb = {"must": "must", "should": "should", "may": "may"}[result.strength]
    says = result.says[:1].lower() + result.says[1:]
    if result.rule.consider:
        verb = "should" if says.startswith("consider") else "should consider whether to"
    return f"{owner[:1].upper() + owner[1:]} {verb} {says}."


def _of_state(result: DutyResult, reason: Because) -> str:
    words = _STATE_WORDS[result.state]
    if "{" not in words:
        return words
    return words.format(
        due="" if "{due}" not in words else "no stated time" if result.due is None else of_moment(result.due),
        met="" if "{met}" not in words or result.met is None else of_moment(result.met),
        missing=", ".join(of_clause(name) for name in reason.missing) or "a fact is",
    )
