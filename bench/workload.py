"""A seeded synthetic workload: log lines of children who go missing, the same for ever for the same numbers.

Shape: two years up to a fixed present; a third of the children looked after, one in eight with an
exploitation flag; three episodes a child on average with a long tail of children who go missing again and
again, often in bursts; about thirteen events an episode; absences of about half a day at the median, some of
weeks, one in a hundred still open.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

SEED = 20260721
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
FIRST = datetime(2024, 7, 1, tzinfo=UTC)
HOUR = 3600.0
DAY = 24 * HOUR
EPISODES_A_CHILD = 3

Line = dict[str, Any]
Made = tuple[float, str, str, Line]
"""Second after FIRST, event, role, fields."""


@dataclass
class Child:
    """One synthetic child: facts, and when each absence starts (seconds after FIRST)."""

    key: str
    born: date
    looked_after: bool
    exploited: bool
    starts: list[float] = field(default_factory=list)


def log_lines(episodes: int, seed: int = SEED) -> dict[str, list[Line]]:
    """Log lines by child, each list in the order of what happened; `episodes` absences among a third as many
    children.
    """
    return dict(each_child(episodes, seed))


def each_child(episodes: int, seed: int = SEED) -> Iterator[tuple[str, list[Line]]]:
    """The same, one child after another."""
    dice = random.Random(seed)  # noqa: S311  a repeatable workload, not a secret
    children = [_child(number, dice) for number in range(max(1, episodes // EPISODES_A_CHILD))]
    _spread(children, episodes, dice)
    for child in children:
        yield child.key, list(_lines(child, dice))


def _child(number: int, dice: random.Random) -> Child:
    age_days = dice.triangular(7, 18, 16) * 365.25
    born = (NOW - timedelta(days=age_days)).date()
    return Child(f"C{number}", born, dice.random() < 0.35, dice.random() < 0.12)


def _spread(children: list[Child], episodes: int, dice: random.Random) -> None:
    """Every child goes missing once; the rest of the absences fall mostly on few children, half of them in
    bursts.
    """
    span = (NOW - FIRST).total_seconds() - HOUR
    for child in children:
        child.starts.append(dice.uniform(0, span))
    appetite = [min(dice.paretovariate(1.3), 40.0) for _ in children]
    for child in dice.choices(children, appetite, k=max(0, episodes - len(children))):
        soon = child.starts[-1] + 2 * DAY + dice.expovariate(1 / (25 * DAY))
        child.starts.append(soon if dice.random() < 0.5 and soon < span else dice.uniform(0, span))
    for child in children:
        child.starts.sort()


def _lines(child: Child, dice: random.Random) -> Iterator[Line]:
    """The profile, then every episode's events that have happened by NOW, in order."""
    profile: Line = {
        "date_of_birth": child.born.isoformat(),
        "looked_after": {"legal_basis": "s20" if child.looked_after else "none", "since": "2020-01-01"},
        "exploitation": {"kinds": ["criminal"], "level": "suspected" if child.exploited else "none"},
    }
    made = [(-DAY, "", "profile_recorded", "social_worker", profile)]
    for number, start in enumerate(child.starts):
        episode = f"{child.key}E{number}"
        made += [(second, episode, *rest) for second, *rest in _episode(child, start, dice)]
    made.sort(key=lambda one: one[0])
    seen = 0
    for second, episode, event, role, fields in made:
        instant = FIRST + timedelta(seconds=int(second))
        if instant > NOW:
            continue
        when = instant.isoformat()
        line: Line = {"event": event, "id": f"{child.key}-{seen}", "child": child.key, "by_role": role}
        line |= {"occurred_at": when, "recorded_at": when, "agency": "authority"}
        seen += 1
        yield {**line, **({"episode": episode} if episode else {}), **fields}


def _episode(child: Child, start: float, dice: random.Random) -> list[Made]:
    """One absence: (second, event, role, fields), unordered."""

    def after(mean_seconds: float) -> float:
        return dice.expovariate(1 / mean_seconds)

    away = max(900.0, min(dice.lognormvariate(math.log(11 * HOUR), 1.2), 20 * DAY))
    found = start + away if dice.random() > 0.01 else None
    events: list[Made] = [(start, "report_received", "carer", {"received_by": "police"})]
    classified = start + after(HOUR * 2 / 3)
    if dice.random() < 0.98 and (found is None or classified < found):
        events.append((classified, "category_set", "police", {"category": "missing", "agency": "police"}))
        events += _grading(classified, found, dice)
    if dice.random() < (0.9 if child.looked_after else 0.3):
        told = {"party": "responsible_authority", "channel": "telephone"}
        events.append((start + after(HOUR * 5 / 6), "party_notified", "police", told))
    if found is not None:
        events += _after_return(found, dice)
    if dice.random() < 0.5:
        events.append((start + 60 + after(3 * DAY), "meeting_held", "team_manager", {"kind": "strategy"}))
    for _ in range(dice.choices([0, 1, 2, 3, 4], [25, 30, 25, 12, 8])[0]):
        events.append((start + 60 + after(30 * HOUR), "information_received", "carer", {"whereabouts": "unknown"}))
    return events


def _grading(classified: float, found: float | None, dice: random.Random) -> list[Made]:
    """Grading, now and then a second one, escalation of a high risk, and reviews until the child is found."""
    graded = classified + 60 + dice.expovariate(1 / (1.3 * HOUR))
    if dice.random() < 0.03 or (found is not None and graded >= found):
        return []
    level = dice.choices(["low", "medium", "high"], [30, 55, 15])[0]
    events: list[Made] = [(graded, "risk_graded", "duty_inspector", {"level": level})]
    if level == "high" and dice.random() < 0.85:
        told = {"party": "police_superintendent"}
        events.append((graded + 60 + dice.expovariate(1 / (1.5 * HOUR)), "party_notified", "duty_inspector", told))
    second = graded + dice.uniform(0.5, 8) * HOUR
    last = (NOW - FIRST).total_seconds()
    for _ in range(30):
        if second >= (last if found is None else min(found, last)):
            break
        events.append((second, "risk_reviewed", "duty_inspector", {}))
        second += dice.uniform(2, 9) * HOUR
    return events


def _after_return(found: float, dice: random.Random) -> list[Made]:
    events: list[Made] = [(found, "child_located", "police", {})]
    if dice.random() < 0.92:
        checked = found + 60 + dice.expovariate(1 / (10 * HOUR))
        events.append((checked, "safe_and_well_done", "police_officer", {"method": "in_person"}))
    if dice.random() < 0.80:
        held = found + 60 + dice.expovariate(1 / (50 * HOUR))
        events.append((held, "return_interview_held", "return_interviewer", {"independent": True}))
        if dice.random() < 0.85:
            signed = held + 60 + dice.expovariate(1 / (4 * DAY))
            events.append((signed, "return_interview_signed_off", "return_interview_manager", {}))
    if dice.random() < 0.40:
        referred = found + 60 + dice.expovariate(1 / (20 * HOUR))
        events.append((referred, "referral_made", "social_worker", {"kind": "exploitation_screen"}))
    return events
