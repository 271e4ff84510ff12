"""Whatever stands in a log or a pack, reading it ends in an answer or in listed problems, never in anything else."""

import copy
import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lantern import engine
from lantern.engine.checks import story_problems
from lantern.engine.packs.nodes import Problems, read_file
from tests.engine.generative.compare import examples

GOOD = Path(__file__).parents[1] / "good_pack"
AS_OF = datetime(2026, 4, 1, 12, tzinfo=UTC)
AT = "2026-03-0{}T1{}:00:00+00:00"
STORY: list[dict[str, Any]] = [
    {"event": "profile_recorded", "date_of_birth": "2010-05-01", "placement": {"kind": "foster"},
     "looked_after": {"legal_basis": "s20", "since": "2026-01-02"}, "host_authority": "Richmond",
     "responsible_authority": "Kingston"},
    {"event": "report_received", "received_by": "police", "last_seen_at": AT.format(1, 0)},
    {"event": "category_set", "agency": "police", "category": ["absent"], "decided_by_role": "police_officer"},
    {"event": "risk_graded", "level": "high", "decided_by_role": "police_sergeant"},
    {"event": "absence_reviewed", "next_review_at": AT.format(9, 0)},
    {"event": "meeting_held", "kind": "strategy", "next_meeting_at": AT.format(8, 0)},
    {"event": "return_interview_held", "episodes": ["E1"], "harm": True},
    {"event": "duty_set_aside", "duty": "strategy_meeting", "reason": "none", "authorised_by_role": "team_manager"},
    {"event": "corrected", "corrects": "e3", "corrected_event": {"event": "risk_graded", "level": "low"}},
    {"event": "child_returned", "to": "home"},
]  # fmt: skip
ODD = st.one_of(
    st.sampled_from([
        None, True, 0, -1, 5, 10**30, 1.5, "", " ", "x", "nobody", "always", "report_received", "2 hours", "0 hours",
        "99999 years", "23:00", "24:00", "2026-01-01", "0001-01-01", "9999-12-31T23:59:59+00:00", "\ud800", "a\nb",
        [], {}, [None], [[]], {"": ""}, {"x": 1}, ["a", "a"], {"event": "report_received"}, {"all": []}, {"not": {}},
    ]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    ),
)  # fmt: skip


@cache
def good_pack() -> engine.Pack:
    return engine.load_folder(GOOD)


@cache
def files() -> dict[str, Any]:
    """The good pack as plain data, by the names of its files."""
    read = {path.relative_to(GOOD).as_posix(): read_file(path, "", Problems()) for path in GOOD.rglob("*.yaml")}
    return {name: root.plain() for name, root in read.items() if root is not None}


def lines() -> list[dict[str, Any]]:
    header = {"child": "C1", "episode": "E1", "by_role": "carer"}
    return [
        {**header, "id": f"e{number}", "occurred_at": AT.format(2, number), **copy.deepcopy(line)}
        for number, line in enumerate(STORY)
    ]


def paths(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where there is anything at all in nested data."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return ([above] if above else []) + [path for key in keys for path in paths(value[key], (*above, key))]


def put(root: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        root = root[key]
    root[path[-1]] = copy.deepcopy(value)


def answer(pack: engine.Pack, text: str) -> None:
    """Read, evaluate and print, as `assess` does."""
    log = engine.read_jsonl(text, "log")
    story_problems(log)
    evaluation = engine.evaluate([pack], log, AS_OF)
    assert json.loads(json.dumps(evaluation.to_json()))["as_of"] == AS_OF.isoformat()


def problems_of(attempt: Callable[[], object]) -> list[engine.Problem] | None:
    """What was refused; None when nothing was."""
    try:
        attempt()
    except engine.EngineError as error:
        return error.problems
    return None


@examples(300)
@given(st.data())
def test_a_log_with_anything_in_it(data: Any) -> None:
    story = lines()
    for _ in range(data.draw(st.integers(1, 3))):
        put(story, data.draw(st.sampled_from(paths(story))), data.draw(ODD))
    refused = problems_of(lambda: answer(good_pack(), "\n".join(map(json.dumps, story))))
    assert refused is None or (refused and all(problem.in_one_line().isprintable() for problem in refused))


def laid_out(folder: Path, changed: dict[str, Any]) -> Path:
    """The good pack with some of its files changed."""
    for path, plain in (files() | changed).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(json.dumps(plain))
    return folder


@examples(60)
@given(st.data())
def test_a_pack_with_anything_in_it(data: Any) -> None:
    name = data.draw(st.sampled_from(sorted(files())))
    content = copy.deepcopy(files()[name])
    put(content, data.draw(st.sampled_from(paths(content))), data.draw(ODD))
    text = "\n".join(map(json.dumps, lines()))
    with tempfile.TemporaryDirectory() as folder:
        laid_out(Path(folder), {name: content})
        refused = problems_of(lambda: answer(engine.load_folder(Path(folder)), text))
    assert refused is None or (refused and all(problem.code and problem.message for problem in refused))


@examples(60)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_a_file_with_anything_in_it(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (laid_out(Path(folder), {}) / "terms.yaml").write_bytes(raw)
        refused = problems_of(lambda: engine.load_folder(Path(folder)))
    assert refused is None or refused
