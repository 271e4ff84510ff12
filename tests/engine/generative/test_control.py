"""The comparison is not blind: faults planted in the evaluator are found within the examples of an ordinary run."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lantern.engine import arising, ending, instants, spans, states, view
from lantern.engine.because import YES
from tests.engine.generative import made_logs, made_packs
from tests.engine.generative.compare import disagreements_around, examples, read

HOUR = timedelta(hours=1) // timedelta(microseconds=1)


class Found(Exception):
    """The two disagreed."""


def _first_disagreement() -> None:
    @settings(examples(300), phases=(Phase.generate,), derandomize=True)
    @given(st.data(), made_packs.packs(), made_logs.lines())
    def compare(data: Any, content: dict[str, Any], lines: list[dict[str, Any]]) -> None:
        as_of = data.draw(made_logs.moments(lines))
        if disagreements_around(read(content), lines, as_of, None):
            raise Found

    compare()


def _later(clock: Callable[..., Callable[[int], int]]) -> Callable[..., Callable[[int], int]]:
    return lambda span: lambda instant: clock(span)(instant) + HOUR


FAULTS: dict[str, tuple[Any, str, Callable[[Any], Any]]] = {
    "spans an hour too long": (spans.Span, "clock", _later),
    "bank holidays forgotten": (instants, "is_working_day", lambda _: lambda day: day % 7 not in (6, 0)),
    "an open limit": (states, "_still_owed", lambda owed: lambda row, seen: _late(owed(row, seen), seen)),
    "nothing sets a duty aside": (ending, "_set_aside", lambda _: lambda *_: None),
    "a lacking fact counts as yes": (arising, "_judged_later", lambda judge: lambda *given: _sure(judge(*given))),
    "the last event of a kind for the first": (view.View, "first", lambda _: _last),
}


def _late(row: Any, seen: Any) -> Any:
    if row.state in ("upcoming", "due_now") and row.due == seen.as_of:
        row.state = "overdue"
    return row


def _sure(trigger: Any) -> Any:
    trigger.verdict = trigger.verdict and YES
    return trigger


def _last(seen: Any, types: Any) -> Any:
    found = [event for type_ in types for event in seen.by_type.get(type_, ())]
    return max(found, key=lambda event: event.at, default=None)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, name, plant = FAULTS[fault]
    monkeypatch.setattr(owner, name, plant(getattr(owner, name)))
    instants.working_day_after.cache_clear()
    with pytest.raises(Found):
        _first_disagreement()
    instants.working_day_after.cache_clear()
