"""Whatever is wrong with a log is said with its code and line; there is no partial answer, whatever is thrown at it."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lantern import engine
from lantern.engine.checks import story_problems
from tests.engine.bad_log_lines import BAD_LOGS, MEANS, OPENING, BadLog
from tests.engine.problem_codes import codes_in
from tests.engine.small_packs import duty, pack_of

LINES = 100_000
START = datetime(2026, 1, 1, tzinfo=UTC)


def problems_of(text: str) -> list[engine.Problem]:
    """Everything that reading the log and looking at its story says."""
    try:
        return story_problems(engine.read_jsonl(text, "log.jsonl"))
    except engine.BadLog as error:
        return error.problems


@pytest.mark.parametrize("bad", BAD_LOGS, ids=lambda bad: bad.code)
def test_a_broken_log_gives_its_code_at_its_line(bad: BadLog) -> None:
    started = time.process_time()
    found = problems_of(bad.text())
    assert time.process_time() - started < 1
    assert [(problem.code, problem.file, problem.line) for problem in found] == [(bad.code, "log.jsonl", bad.line)]
    assert found[0].in_one_line().isprintable()


def test_a_log_that_is_right_has_no_problem() -> None:
    assert problems_of(json.dumps(OPENING) + "\n\n") == []


def test_every_problem_of_a_log_is_said_at_once() -> None:
    text = "\n".join([json.dumps(OPENING), "{", json.dumps({**OPENING, "id": "b", "event": "nothing"}), "[]"])
    assert [(problem.code, problem.line) for problem in problems_of(text)] == [
        ("not_json", 2), ("unknown_event", 3), ("not_an_event", 4),
    ]  # fmt: skip


def test_a_log_of_mappings_is_held_to_the_same() -> None:
    naive = {**OPENING, "occurred_at": datetime(2026, 3, 2, 16)}  # noqa: DTZ001 - it has to be refused
    with pytest.raises(engine.BadLog) as refused:
        engine.Log.of([naive, {**OPENING, "by_role": {}}, json.dumps(OPENING)])  # type: ignore[list-item]  # words are no mapping
    assert [(problem.code, problem.line) for problem in refused.value.problems] == [
        ("bad_instant", 1), ("unknown_role", 2), ("not_an_event", 3),
    ]  # fmt: skip


def test_every_code_of_a_log_has_a_broken_log() -> None:
    shown = {bad.code for bad in BAD_LOGS}
    story_only_at_evaluation = {"not_authorised", "not_recorded", "cannot_tell_authority", "category_conflict"}
    assert (codes_in("log") | codes_in("story")) - shown - story_only_at_evaluation == set()
    assert shown - codes_in("log") - codes_in("story") == set()
    assert shown == set(MEANS)


@pytest.mark.parametrize("junk", ["x", "{}", "[]", '{"event": "report_received"}', "\x00"])
def test_a_hundred_thousand_lines_of_junk_are_all_said(junk: str) -> None:
    started = time.process_time()
    found = problems_of("\n".join([junk] * LINES))
    assert {problem.line for problem in found} == set(range(1, LINES + 1))
    assert time.process_time() - started < 20


def _line(number: int, **more: Any) -> dict[str, Any]:
    at = START + timedelta(minutes=number)
    return {**OPENING, "id": f"e{number}", "occurred_at": at, "recorded_at": at, **more}


def test_a_hundred_thousand_lines_are_answered() -> None:
    pack = pack_of(duty(due={"within": "2 hours"}, met_by=["risk_graded"]))
    events = ["report_received", "risk_graded", "child_located", "child_returned", "episode_closed"]
    lines = [
        _line(number, event=events[number % 5], level="high", child=f"C{number // 10}", episode=f"E{number // 5}")
        for number in range(LINES)
    ]
    started = time.process_time()
    evaluation = engine.evaluate([pack], engine.Log.of(lines), START + timedelta(days=100))
    assert time.process_time() - started < 60
    assert {(duty_.state, duty_.met_at - duty_.arose_at) for duty_ in evaluation.duties if duty_.met_at} == {
        ("met", timedelta(minutes=1))
    }
    assert len(evaluation.duties) == LINES // 5


def test_ten_thousand_events_of_one_episode_are_answered() -> None:
    pack = pack_of(
        duty("risk_review", arises={"at": "information_received", "each": True}, due={"within": "2 hours"},
             met_by=["risk_reviewed"], lapses={"on": "found"}),
        duty("absence_review", repeats={"every": "1 hour", "from": "met", "until": "found"}, due={"within": "1 hour"},
             met_by=["risk_reviewed"]),
    )  # fmt: skip
    lines = [_line(0)]
    lines += [
        _line(number, event="information_received" if number % 2 else "risk_reviewed") for number in range(1, 10_000)
    ]
    started = time.process_time()
    evaluation = engine.evaluate([pack], engine.Log.of(lines), START + timedelta(days=100))
    assert time.process_time() - started < 60
    assert sum(duty_.duty == "risk_review" for duty_ in evaluation.duties) == 5000
