"""How strict a rule is, as far as two rules can be compared: its due time in hours, and its strength."""

from __future__ import annotations

from dataclasses import dataclass

from lantern.engine.clocks import DueCase
from lantern.engine.rules import Duty
from lantern.engine.spans import Span

STRENGTHS = ("may", "should", "must")
# One number for each unit, so that "5 working days" can be put beside "72 hours". Only for comparing protocols:
# no due time is ever computed from these.
_HOURS = {"minutes": 1 / 60, "hours": 1, "days": 24, "weeks": 168, "months": 730, "years": 8760, "working days": 33.6}


@dataclass(frozen=True, slots=True)
class Strictness:
    """The shortest and longest due time of a duty's rules in hours (None: none stated), and its strength."""

    shortest: float | None
    longest: float | None
    strength: int


def of_duties(duties: list[Duty]) -> Strictness:
    """All rules of one duty name taken together."""
    hours = [hour for duty in duties for hour in _hours_of(duty)]
    strength = max(STRENGTHS.index("may" if duty.consider else duty.strength) for duty in duties)
    return Strictness(min(hours, default=None), max(hours, default=None), strength)


def _hours_of(duty: Duty) -> list[float]:
    return [hours for case in duty.due if (hours := _hours(case)) is not None]


def _hours(case: DueCase) -> float | None:
    if case.immediately:
        return 0.0  # an outer limit beside it makes nothing looser
    if case.within:
        return in_hours(case.within)
    if case.night:
        return in_hours(case.night.every)
    if case.earliest:
        return min((hours for inner in case.earliest if (hours := _hours(inner)) is not None), default=None)
    return None


def in_hours(span: Span) -> float:
    """A span as a rough number of hours, for comparing protocols only."""
    return span.number * _HOURS[span.unit]
