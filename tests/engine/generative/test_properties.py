"""What must hold of every evaluation, whatever the log and whatever the pack."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lantern import engine
from lantern.engine.oracle import Owed, owed
from tests.engine.generative import made_logs, made_packs
from tests.engine.generative.compare import examples, read, rows

TICK = timedelta(microseconds=1)


def _evaluate(
    pack: engine.Pack, lines: list[dict[str, Any]], as_of: datetime, known_at: datetime | None = None
) -> engine.Evaluation:
    return engine.evaluate([pack], engine.Log.of(lines), as_of, known_at)


def _said(evaluation: engine.Evaluation) -> tuple[Any, ...]:
    """Everything that was said, in an order that does not hang on the order of the log's lines."""
    answer = evaluation.to_json()
    return tuple(
        sorted(json.dumps(item, sort_keys=True) for item in answer[part]) for part in ("episodes", "duties", "problems")
    )


@examples(40)
@given(st.data(), made_packs.packs(), made_logs.lines())
def test_what_was_recorded_after_known_at_changes_nothing(
    data: Any, content: dict[str, Any], lines: list[dict[str, Any]]
) -> None:
    as_of, known_at = data.draw(made_logs.moments(lines)), data.draw(made_logs.moments(lines))
    pack, known = read(content), [line for line in lines if line["recorded_at"] <= known_at]
    assert _said(_evaluate(pack, lines, as_of, known_at)) == _said(_evaluate(pack, known, as_of, known_at))


@examples(40)
@given(st.data(), made_packs.packs(), made_logs.lines())
def test_what_happens_after_as_of_changes_nothing(
    data: Any, content: dict[str, Any], lines: list[dict[str, Any]]
) -> None:
    as_of, pack = data.draw(made_logs.moments(lines)), read(content)
    by_then = [
        line
        for line in lines
        if (line["occurred_at"] <= as_of and line["recorded_at"] <= as_of) or line["event"] == "corrected"
    ]
    corrected = {line["corrects"] for line in lines if line["event"] == "corrected"}
    by_then = [line for line in lines if line in by_then or line["id"] in corrected]
    assert _said(_evaluate(pack, lines, as_of)) == _said(_evaluate(pack, by_then, as_of))


@examples(40)
@given(st.data(), made_packs.packs(), made_logs.lines())
def test_the_order_of_arrival_does_not_matter(data: Any, content: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    """Lines with the very same two times keep their order: nothing else says which came first."""
    as_of, pack = data.draw(made_logs.moments(lines)), read(content)
    in_order = sorted(lines, key=lambda line: (line["recorded_at"], line["occurred_at"]))
    backwards = sorted(lines, key=lambda line: (line["occurred_at"], line["recorded_at"]))
    assert _said(_evaluate(pack, in_order, as_of)) == _said(_evaluate(pack, backwards, as_of))


@examples(60)
@given(st.data(), made_packs.packs(), made_logs.lines(plain=True))
def test_what_was_met_stays_met(data: Any, content: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    one, two = sorted([data.draw(made_logs.moments(lines)), data.draw(made_logs.moments(lines))])
    pack = read(content)
    before, after = (_met(_evaluate(pack, lines, at)) for at in (one, two))
    assert {key: after.get(key) for key in before} == before


def _met(evaluation: engine.Evaluation) -> dict[tuple[str, str], tuple[datetime, str]]:
    return {(duty.child, duty.key): (duty.met_at, duty.state) for duty in evaluation.duties if duty.met_at}


@examples(40)
@given(st.data(), made_packs.packs(), made_logs.lines())
def test_nothing_changes_before_the_next_change(
    data: Any, content: dict[str, Any], lines: list[dict[str, Any]]
) -> None:
    as_of, pack = data.draw(made_logs.moments(lines)), read(content)
    lines = [line for line in lines if line["occurred_at"] <= as_of]
    now = _evaluate(pack, lines, as_of, as_of)
    last = now.next_change_at - TICK if now.next_change_at else as_of + timedelta(days=400)
    middle = as_of + (last - as_of) / 2
    for later in (middle, last):
        assert rows(_evaluate(pack, lines, later, as_of)) == rows(now)


@examples(30)
@given(st.data(), made_packs.packs(), made_logs.lines())
def test_the_same_question_has_the_same_answer(data: Any, content: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    as_of = data.draw(made_logs.moments(lines))
    one, two = _evaluate(read(content), lines, as_of).to_json(), _evaluate(read(content), lines, as_of).to_json()
    assert one == two
    assert json.loads(json.dumps(one)) == one


@examples(30)
@given(st.data(), made_packs.packs(), made_packs.packs(), made_logs.lines())
def test_two_packs_give_the_union_with_the_earlier_due_time(
    data: Any, first: dict[str, Any], second: dict[str, Any], lines: list[dict[str, Any]]
) -> None:
    as_of, log = data.draw(made_logs.moments(lines)), engine.Log.of(lines)
    packs = [read(first), read(second)]
    both = engine.evaluate(packs, log, as_of)
    keys = [(duty.child, duty.key) for duty in both.duties]
    assert len(keys) == len(set(keys)), "a key is unique within a child"
    assert sorted(map(_alike, rows(both))) == sorted(_union([owed(pack, log, as_of) for pack in packs]))


def _alike(row: Owed) -> tuple[Any, ...]:
    """What two packs must share for a duty to be the same one, and when it is due."""
    due = row.due or datetime.max.replace(tzinfo=UTC)
    return row.duty, row.owner, row.child, row.episode or "", row.instance, due


def _stands_before(row: Owed) -> tuple[int, datetime]:
    """An open duty before one that cannot be told, then what was to be done, then what fell away; then the earlier."""
    order = [
        {"upcoming", "due_now", "overdue"},
        {"cannot_tell"},
        {"met", "met_late", "missed"},
        {"set_aside", "lapsed"},
    ]
    return next(place for place, states in enumerate(order) if row.state in states), _alike(row)[5]


def _union(by_pack: list[list[Owed]]) -> list[tuple[Any, ...]]:
    """Duties of the first pack, each joined with at most one like it of the second: of one variant before others."""
    standing = list(by_pack[0])
    free, left = list(standing), []
    for exact in (True, False):
        for row in list(by_pack[1]) if exact else left[:]:
            like = [
                other
                for other in free
                if _alike(other)[:5] == _alike(row)[:5] and (not exact or other.variant == row.variant)
            ]
            if like:
                free.remove(like[0])
                standing[standing.index(like[0])] = min(like[0], row, key=_stands_before)
            elif exact:
                left.append(row)
            if like and not exact:
                left.remove(row)
    return [_alike(row) for row in standing + left]
