"""What a protocol would have asked of everybody over many children: workload, timeliness, what was overdue.

`tally` works on any part of the logs and tallies add up, so that parts may be counted on many cores or machines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lantern.engine.evaluate import evaluate
from lantern.engine.instants import HOUR, london
from lantern.engine.log import Log
from lantern.engine.results import DutyResult
from lantern.engine.rules import Pack

IN_TIME = frozenset({"met"})
LATE = frozenset({"met_late", "missed", "overdue"})
Key = tuple[str, str, str, str]  # duty, owner, ISO week in which it arose, state


@dataclass(slots=True)
class Tally:
    """Duties by name, owner, week and state, and how many hours the late ones were late."""

    children: int = 0
    episodes: int = 0
    duties: Counter[Key] = field(default_factory=Counter)
    hours_late: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Take in another part's tally."""
        self.children += other.children
        self.episodes += other.episodes
        self.duties.update(other.duties)
        self.hours_late.update(other.hours_late)
        self.problems.update(other.problems)

    def as_json(self) -> dict[str, Any]:
        """The report: totals, then by duty, by owner and by week."""
        return {
            "children": self.children,
            "episodes": self.episodes,
            "duties": sum(self.duties.values()),
            "by_duty": self.by(lambda key: key[0]),
            "by_owner": self.by(lambda key: key[1]),
            "by_week": self.by(lambda key: key[2]),
            "problems": dict(sorted(self.problems.items())),
        }

    def by(self, name: Any) -> dict[str, dict[str, Any]]:
        """States counted under each name, with the share done in time of those that had an end or a due time."""
        table: dict[str, Counter[str]] = {}
        for key, number in self.duties.items():
            table.setdefault(name(key), Counter())[key[3]] += number
        return {row: _timeliness(states) for row, states in sorted(table.items())}


def _timeliness(states: Counter[str]) -> dict[str, Any]:
    in_time = sum(states[state] for state in IN_TIME)
    late = sum(states[state] for state in LATE)
    share = round(in_time / (in_time + late), 3) if in_time + late else None
    return {
        "arose": sum(states.values()) - states["cannot_tell"],
        "in_time": in_time,
        "late": late,
        "share_in_time": share,
        "states": dict(sorted(states.items())),
    }


def tally(packs: Sequence[Pack], logs: Iterable[Log], as_of: datetime) -> Tally:
    """Evaluate every log as of one moment and count. Logs that hold one child each keep memory flat."""
    result = Tally()
    for log in logs:
        evaluation = evaluate(packs, log, as_of)
        result.children += len(log.children)
        result.episodes += len(evaluation.episodes)
        result.problems.update(problem.code for problem in evaluation.problems)
        for duty in evaluation.duties:
            result.duties[(duty.duty, duty.owed_by, week_of(duty), duty.state)] += 1
            hours = _hours_late(duty)
            if hours:
                result.hours_late[(duty.duty, duty.owed_by)] += hours
    return result


def week_of(duty: DutyResult) -> str:
    """The ISO week of the London date on which the duty arose, such as `2026-W10`."""
    year, week, _ = london(duty.arose).isocalendar()
    return f"{year}-W{week:02}"


def _hours_late(duty: DutyResult) -> int:
    due, met = duty.due, duty.met
    return 0 if due is None or met is None or met <= due else (met - due) // HOUR


def change(before: Tally, after: Tally) -> list[dict[str, Any]]:
    """What another pack or edition would have meant, duty by duty: more or fewer, in time or late."""
    old, new = before.by(lambda key: key[0]), after.by(lambda key: key[0])
    empty: dict[str, Any] = {"arose": 0, "in_time": 0, "late": 0, "share_in_time": None}
    rows = []
    for name in sorted({*old, *new}):
        was, would = old.get(name, empty), new.get(name, empty)
        rows.append(
            {
                "duty": name,
                "arose": [was["arose"], would["arose"]],
                "late": [was["late"], would["late"]],
                "share_in_time": [was["share_in_time"], would["share_in_time"]],
            }
        )
    return rows
