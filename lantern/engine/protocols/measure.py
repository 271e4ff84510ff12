"""How strict a rule is, as far as two rules can be compared: its due time in hours, its start, and its strength."""

from __future__ import annotations

from dataclasses import dataclass

from lantern.engine.clocks import DueCase
from lantern.engine.protocols.phrases import starts
from lantern.engine.rules import STRENGTHS, Duty
from lantern.engine.spans import Span

# One number for each unit, so that "5 working days" can be put beside "72 hours". Only for comparing protocols:
# no due time is ever computed from these.
_HOURS = {"minutes": 1 / 60, "hours": 1, "days": 24, "weeks": 168, "months": 730, "years": 8760, "working days": 33.6}
# What must have come before: an event is never earlier than those named beside it.
_AFTER = {
    "report_received": ("absence_noticed",),
    "police_recorded": ("absence_noticed", "report_received"),
    "risk_graded": ("absence_noticed", "report_received"),
    "child_located": ("absence_noticed",),
    "child_returned": ("absence_noticed", "child_located"),
    "return_notified": ("absence_noticed", "child_located", "child_returned"),
    "return_interview_held": ("absence_noticed", "child_located", "child_returned"),
}
EARLIER, LEVEL, LATER, NOT_COMPARABLE = "earlier", "the same", "later", "not comparable"


@dataclass(frozen=True, slots=True)
class Clock:
    """A due time: its length in hours, the events that may start it, and whether it runs from when they were told."""

    hours: float
    start: frozenset[str]
    told: bool = False


@dataclass(frozen=True, slots=True)
class Strictness:
    """The shortest and longest due time of a duty's rules in hours (None: none stated), its start and its strength."""

    shortest: float | None
    longest: float | None
    strength: int
    start: frozenset[str] = frozenset()


def of_duties(duties: list[Duty]) -> Strictness:
    """All rules of one concept taken together; `start` is that of the shortest."""
    clocks = [clock for duty in duties for clock in clocks_of(duty)]
    strength = max(STRENGTHS.index("may" if duty.consider else duty.strength) for duty in duties)
    shortest = min(clocks, key=lambda clock: clock.hours, default=None)
    longest = max((clock.hours for clock in clocks), default=None)
    if shortest is None:
        return Strictness(None, None, strength)
    return Strictness(shortest.hours, longest, strength, shortest.start)


def clocks_of(duty: Duty) -> list[Clock]:
    """Every due time that a rule states, as far as it has a length."""
    return [Clock(hours, starts(duty, case), case.told) for case in duty.due if (hours := _hours(case)) is not None]


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


def has_length(case: DueCase) -> bool:
    """Whether the case gives a time at all that can be measured or that an event sets."""
    return _hours(case) is not None or case.agreed is not None or case.by is not None or case.before is not None


def in_hours(span: Span) -> float:
    """A span as a rough number of hours, for comparing protocols only."""
    return span.number * _HOURS[span.unit]


def starts_beside(local: Clock, other: Clock) -> str:
    """Whether the local clock starts earlier, at the same moment, later, or at a moment that cannot be compared."""
    if local.start == other.start:
        return LEVEL if local.told == other.told else LATER if local.told else EARLIER
    if not local.start or not other.start:
        return NOT_COMPARABLE
    early = all(any(_not_after(one, first) for one in local.start) for first in other.start)
    late = all(any(_not_after(one, first) for one in other.start) for first in local.start)
    if early and not local.told:
        return LEVEL if late and not other.told else EARLIER
    return LATER if late and not other.told else NOT_COMPARABLE


def _not_after(one: str, other: str) -> bool:
    return one == other or one in _AFTER.get(other, ())
