"""Two packs at once: the union of their duties, the same duty of the same owner once."""

from __future__ import annotations

from lantern.engine.instants import FAR
from lantern.engine.results import DutyResult


def merged(by_pack: list[list[DutyResult]]) -> list[DutyResult]:
    """Union of the packs' duties; of two alike the one due earlier stands and carries both citations."""
    standing, *others = by_pack
    for found in others:
        unmatched = list(standing)
        # variants of one name first, then one duty under different variants
        left = [result for result in found if not _joined(result, standing, unmatched, exact=True)]
        standing = standing + [result for result in left if not _joined(result, standing, unmatched, exact=False)]
    return standing


def _joined(result: DutyResult, standing: list[DutyResult], unmatched: list[DutyResult], *, exact: bool) -> bool:
    """Whether it is the same duty as one that stands and has not been matched; the earlier then stands for both."""
    for other in unmatched:
        if _same(other, result) and (not exact or other.variant == result.variant):
            unmatched.remove(other)
            earlier, later = (other, result) if _due(other) <= _due(result) else (result, other)
            earlier.also = (*earlier.also, later)
            standing[standing.index(other)] = earlier
            return True
    return False


def _same(one: DutyResult, other: DutyResult) -> bool:
    return (one.duty, one.owed_by, one.episode, one.instance) == (
        other.duty,
        other.owed_by,
        other.episode,
        other.instance,
    )


def _due(result: DutyResult) -> int:
    return FAR if result.due is None else result.due
