"""The order in which answers list duties: by due time, then name, then whatever else tells two apart."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from lantern.engine.instants import FAR

if TYPE_CHECKING:
    from lantern.engine.results import DutyResult

_DUE = attrgetter("due")


def sorted_by_due(results: list[DutyResult]) -> list[DutyResult]:
    """In due order. Most due times differ, so that only those that are the same are looked at more closely."""
    ordered = [result for result in results if result.due is not None]
    untimed = [result for result in results if result.due is None]
    ordered.sort(key=_DUE)
    untimed.sort(key=in_due_order)
    dues = [result.due for result in ordered]
    if len(set(dues)) < len(dues):
        same = 0
        for place, due in enumerate((*dues[1:], None), start=1):
            if due != dues[same]:
                if place - same > 1:
                    ordered[same:place] = sorted(ordered[same:place], key=in_due_order)
                same = place
    return ordered + untimed


def in_due_order(result: DutyResult) -> tuple[int, str, str, str, str, int]:
    """By due time (none comes last), then name, then whatever else tells two apart."""
    due, rule = result.due, result.rule
    return (
        FAR if due is None else due,
        rule.told_as[0],
        result.child,
        result.episode or "",
        rule.place,
        result.instance,
    )
