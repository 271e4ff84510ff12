"""The broken logs: a line that is wrong after one that opens an episode, and the code that it must give."""

import json
from dataclasses import dataclass, field
from typing import Any

OPENING = {
    "event": "report_received",
    "id": "a",
    "child": "C1",
    "episode": "E1",
    "occurred_at": "2026-03-02T16:00:00+00:00",
    "by_role": "foster_carer",
}
MEANS = {
    "not_json": "The line is not JSON, or a key stands twice in it, or it goes on too long or too deep to be read.",
    "not_an_event": "The line, or how a corrected event should read, is not one object with keys and values.",
    "missing_event": "The line does not say which event it is.",
    "unknown_event": "There is no such event in the vocabulary; the nearest is named.",
    "missing_child": "The line does not say which child it is about.",
    "missing_episode": "The event belongs to an episode. Only facts about the child stand without one.",
    "bad_name": "The id of a child, episode or event is too long or holds characters that cannot be printed.",
    "missing_occurred_at": "The line does not say when it happened.",
    "bad_instant": "The moment cannot be, lacks its offset, or lies in a year that nobody can mean.",
    "bad_date": "The date cannot be, or lies in a year that nobody can mean.",
    "unknown_role": "The role is not in the vocabulary; the nearest is named. A decision is made by one role.",
    "unknown_value": "The field has no such value; the message lists those that it has.",
    "bad_value": "The field is true or false, or says in a word why neither.",
    "missing_field": "The event needs a field that is missing or empty.",
    "repeated_id": "Another line has the same id, so a correction could not say which it means.",
    "another_child": "A correction cannot move an event to another child.",
    "corrects_nothing": "The event that is corrected is not on this child's record.",
    "before_birth": "The event happened before the child was born.",
    "recorded_before_it_happened": "The line says that it was recorded before it happened.",
    "episode_not_opened": "Nothing opened the episode: nobody noticed or reported an absence. Said once an episode.",
    "episodes_overlap": "The child was still away in another episode when this one starts.",
}


@dataclass(frozen=True)
class BadLog:
    """One broken log. `wrong` is laid over the opening line, or is the line itself; `after` follows it."""

    code: str
    wrong: dict[str, Any] | str
    after: list[dict[str, Any]] = field(default_factory=list)
    line: int = 2
    with_opening: bool = True

    def text(self) -> str:
        wrong = self.wrong if isinstance(self.wrong, str) else json.dumps(_line(self.wrong, "b"))
        lines = [json.dumps(OPENING)] if self.with_opening else []
        return "\n".join([*lines, wrong, *(json.dumps(_line(more, f"c{n}")) for n, more in enumerate(self.after))])


def _line(changes: dict[str, Any], id_: str) -> dict[str, Any]:
    line = {**OPENING, "id": id_, **changes}
    return {key: value for key, value in line.items() if value is not ...}


def _corrected(how: Any, target: Any = "a") -> dict[str, Any]:
    return {"event": "corrected", "corrects": target, "corrected_event": how}


def _born(on: str) -> dict[str, Any]:
    return {"event": "profile_recorded", "occurred_at": "2026-03-04T00:00:00+00:00", "date_of_birth": on}


_GRADED = {"event": "risk_graded", "level": "high", "by_role": "duty_inspector"}
_RETURNED = {"event": "child_returned", "occurred_at": "2026-03-02T20:00:00+00:00"}
_RETURNED_LATER = {"event": "child_returned", "episode": "E2", "occurred_at": "2026-03-02T22:00:00+00:00"}
_TWO_ROLES = ["duty_inspector", "police_sergeant"]

BAD_LOGS = [
    BadLog("not_json", '{"event": "report_'),
    BadLog("not_json", '{"id": "b", "id": "c"}'),
    BadLog("not_json", '{"id": ' + "9" * 5000 + "}"),
    BadLog("not_json", '{"id": ' + "[" * 100_000),
    BadLog("not_an_event", '["report_received"]'),
    BadLog("not_an_event", _corrected("high")),
    BadLog("missing_event", {"event": ...}),
    BadLog("unknown_event", {"event": "risk_grade"}),
    BadLog("unknown_event", {"event": {"risk_graded": True}}),
    BadLog("missing_child", {"child": ...}),
    BadLog("missing_episode", {"episode": ...}),
    BadLog("bad_name", {"child": "C1\u001b[2J"}),
    BadLog("bad_name", {"id": "x" * 1000}),
    BadLog("missing_occurred_at", {"occurred_at": ...}),
    BadLog("bad_instant", {"occurred_at": "2026-02-30T10:00:00+00:00"}),
    BadLog("bad_instant", {"occurred_at": "2026-03-02T16:10:00"}),
    BadLog("bad_instant", {"occurred_at": "9999-12-31T23:59:00+00:00"}),
    BadLog("bad_instant", {"event": "risk_reviewed", "next_review_at": "tomorrow"}),
    BadLog("bad_instant", {"recorded_at": 1772467200}),
    BadLog("bad_date", _born("2012-02-30")),
    BadLog("bad_date", _born("0012-02-03")),
    BadLog("unknown_role", {"by_role": "duty_inspektor"}),
    BadLog("unknown_role", _GRADED | {"decided_by_role": _TWO_ROLES}),
    BadLog("unknown_value", _GRADED | {"level": "extreme"}),
    BadLog("unknown_value", _corrected(_GRADED | {"level": "extreme"})),
    BadLog("bad_value", {"event": "child_located", "harm_suspected": [1]}),
    BadLog("missing_field", {"event": "risk_graded", "by_role": "duty_inspector"}),
    BadLog("missing_field", {"event": "category_set", "category": []}),
    BadLog("repeated_id", {"id": "a"}),
    BadLog("another_child", _corrected({"event": "report_received", "child": "C2"})),
    BadLog("corrects_nothing", {"event": "corrected", "corrects": "z"}),
    BadLog("corrects_nothing", {"event": "corrected", "corrects": ["a"]}),
    BadLog("before_birth", _born("2026-03-03"), line=1),
    BadLog("recorded_before_it_happened", {"recorded_at": "2026-03-02T15:59:59+00:00"}),
    BadLog("episode_not_opened", _GRADED, line=1, with_opening=False),
    BadLog(
        "episodes_overlap",
        {"episode": "E2", "occurred_at": "2026-03-02T18:00:00+00:00"},
        [_RETURNED, _RETURNED_LATER],
    ),
]
