"""Two packs at once: the union of their duties, the same duty of the same owner once.

What one protocol holds to be done the other may still ask for: an open duty is never hidden behind a closed one.
"""

from __future__ import annotations

from lantern.engine.instants import FAR
from lantern.engine.results import DutyResult

_STANDS = {"overdue": 0, "due_now": 0, "upcoming": 0, "cannot_tell": 1, "met": 2, "met_late": 2, "missed": 2}
_STANDS |= {"set_aside": 3, "lapsed": 3}


def merged(by_pack: list[list[DutyResult]]) -> list[DutyResult]:
    """Union of the packs' duties; of two alike one stands and carries both citations.

    An open one before a closed one, then the one due earlier.
    """
    standing, *others = by_pack
    for found in others:
        unmatched = list(standing)
        # variants of one name first, then one duty under different variants
        left = [result for result in found if not _joined(result, standing, unmatched, exact=True)]
        standing = standing + [result for result in left if not _joined(result, standing, unmatched, exact=False)]
    return standing


def _joined(result: DutyResult, standing: list[DutyResult], unmatched: list[DutyResult], *, exact: bool) -> bool:
    """Whether it is the same duty as one that stands and has not been matched; one then stands for both."""
    for other in unmatched:
        if _same(other, result) and (not exact or other.variant == result.variant):
            unmatched.remove(other)
            stands, behind = (other, result) if _rank(other) <= _rank(result) else (result, other)
            stands.also = (*stands.also, behind)
            standing[standing.index(other)] = stands
            return True
    return False


def _same(one: DutyResult, other: DutyResult) -> bool:
    return (one.duty, one.owed_by, one.episode, one.instance) == (
        other.duty,
        other.owed_by,
        other.episode,
        other.instance,
    )


def _rank(result: DutyResult) -> tuple[int, int]:
    return _STANDS[result.state], FAR if result.due is None else result.due
