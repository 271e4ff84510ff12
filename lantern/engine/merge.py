"""Two packs at once: the union of their duties, the same duty of the same owner once."""

from __future__ import annotations

from lantern.engine.instants import FAR
from lantern.engine.results import DutyResult


def merged(by_pack: list[list[DutyResult]]) -> list[DutyResult]:
    """Union of the packs' duties; of two alike the one due earlier stands and carries both citations."""
    if len(by_pack) == 1:
        return by_pack[0]
    standing: dict[tuple[str, str, str | None, int], DutyResult] = {}
    for found in by_pack:
        for result in found:
            key = (result.duty, result.owed_by, result.episode, result.instance)
            other = standing.get(key)
            if other is None or other.view.pack is result.view.pack:
                standing[key if other is None else (*key[:3], len(standing) + 1000)] = result
                continue
            earlier, later = (other, result) if _due(other) <= _due(result) else (result, other)
            earlier.also.append(later)
            standing[key] = earlier
    return list(standing.values())


def _due(result: DutyResult) -> int:
    due = result.instance_.due_at
    return FAR if due is None else due
