"""Two words of the rule language: what a later event undoes, and a time of day on a working day."""

from datetime import datetime
from typing import Any

import pytest

from lantern import engine
from tests.engine.generative.compare import disagreements
from tests.engine.small_packs import duty, pack_of


def _line(event: str, at: str, **fields: Any) -> dict[str, Any]:
    moment = datetime.fromisoformat(at)
    return {"event": event, "id": f"{event} {at}", "child": "C1", "episode": "E1",
            "occurred_at": moment, "recorded_at": moment, **fields}  # fmt: skip


def _states(pack: engine.Pack, lines: list[dict[str, Any]], at: str) -> list[tuple[str, str | None]]:
    """State and due time of every duty; the slow oracle must agree."""
    as_of = datetime.fromisoformat(at)
    assert disagreements(pack, lines, as_of, None) == []
    found = engine.evaluate([pack], engine.Log.of(lines), as_of).to_json()["duties"]
    return [(row["state"], row["due_at"]) for row in found if row["state"] != "not_due"]


def test_what_has_happened_may_be_undone_by_a_later_event() -> None:
    known = {
        "happened": {"event": "whereabouts_updated", "where": {"whereabouts": "confirmed"}},
        "unless_later": {"event": "whereabouts_updated", "where": {"whereabouts": "unknown"}},
    }
    pack = pack_of(duty("plan_for_return", arises={"when": known, "each": True}, lapses={"if": {"not": known}}))
    lines = [
        _line("report_received", "2026-03-02T12:00+00:00"),
        _line("whereabouts_updated", "2026-03-02T13:00+00:00", whereabouts="confirmed"),
        _line("whereabouts_updated", "2026-03-02T14:00+00:00", whereabouts="unknown"),
        _line("whereabouts_updated", "2026-03-02T15:00+00:00", whereabouts="confirmed"),
    ]
    assert _states(pack, lines, "2026-03-02T12:30+00:00") == []
    assert _states(pack, lines, "2026-03-02T13:30+00:00") == [("due_now", None)]
    assert _states(pack, lines, "2026-03-02T14:30+00:00") == [("lapsed", None)]
    assert _states(pack, lines, "2026-03-02T15:30+00:00") == [("lapsed", None), ("due_now", None)]


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("2026-03-02T03:00+00:00", "2026-03-02T09:00:00+00:00"),  # the small hours of a Monday
        ("2026-03-02T09:00+00:00", "2026-03-03T09:00:00+00:00"),
        ("2026-03-27T18:00+00:00", "2026-03-30T09:00:00+01:00"),  # over the weekend that loses an hour
        ("2026-04-02T18:00+01:00", "2026-04-07T09:00:00+01:00"),  # over Easter
    ],
)
def test_the_start_of_the_next_working_day(told: str, due: str) -> None:
    pack = pack_of(duty("notify.social_worker", due={"by": "09:00", "working_day": True}))
    ((state, due_at),) = _states(pack, [_line("report_received", told)], told)
    assert (state, datetime.fromisoformat(due_at or "")) == ("upcoming", datetime.fromisoformat(due))
