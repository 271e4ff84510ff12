"""`lantern assess` as the contract has it, called the way anybody calls it: another process, another folder."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

LANTERN = Path(sys.executable).parent / "lantern"
BASE = "dfe-2014"
LOCAL = "kingston-richmond-2023"
EVENING = "2026-03-02T20:00:00+00:00"
STORY: list[dict[str, Any]] = [
    {"event": "profile_recorded", "id": "p", "child": "C1", "occurred_at": "2026-02-01T10:00:00+00:00",
     "looked_after": {"legal_basis": "s20"}, "date_of_birth": "2010-05-01", "responsible_authority": "Kingston",
     "host_authority": "Kingston"},
    {"event": "report_received", "id": "r", "child": "C1", "episode": "E1", "received_by": "police",
     "occurred_at": "2026-03-02T16:00:00+00:00", "by_role": "foster_carer"},
    {"event": "category_set", "id": "c", "child": "C1", "episode": "E1", "agency": "police", "category": "missing",
     "occurred_at": "2026-03-02T16:30:00+00:00", "by_role": "duty_inspector"},
    {"event": "risk_graded", "id": "g", "child": "C1", "episode": "E1", "level": "high",
     "occurred_at": "2026-03-02T17:00:00+00:00", "by_role": "duty_inspector", "rationale": "young"},
    {"event": "risk_graded", "id": "s", "child": "C1", "episode": "E1", "level": "low",
     "occurred_at": "2026-03-02T18:00:00+00:00", "by_role": "police_sergeant"},
    {"event": "report_received", "id": "t", "child": "C2", "episode": "E1", "received_by": "police",
     "occurred_at": "2026-03-02T16:00:00+00:00", "by_role": "foster_carer"},
]  # fmt: skip
DUTY_KEYS = {
    "duty", "instance", "child", "episode", "owed_by", "strength", "state", "arose_at", "due_at", "met_at", "cites",
    "because", "in_words",
}  # fmt: skip
STATES = {
    "not_due", "upcoming", "due_now", "overdue", "met", "met_late", "set_aside", "lapsed", "missed", "cannot_tell",
}  # fmt: skip


def lantern(*words: str, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LANTERN, *words], cwd=cwd, input=stdin, capture_output=True, text=True, check=False)


def assess(
    cwd: Path, lines: list[Any], *words: str, packs: tuple[str, ...] = (BASE,)
) -> subprocess.CompletedProcess[str]:
    (cwd / "log.jsonl").write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    chosen = [word for name in packs for word in ("--pack", name)]
    as_of = () if "--as-of" in words else ("--as-of", EVENING)
    return lantern("assess", *chosen, "--log", "log.jsonl", *as_of, *words, cwd=cwd)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """The story by the local pack, and its answer."""
    done = assess(tmp_path_factory.mktemp("assess"), STORY, "--json", packs=(LOCAL,))
    return done, json.loads(done.stdout)


def test_one_object_with_the_keys_of_the_contract(answered: Any) -> None:
    done, answer = answered
    assert done.returncode == 0
    assert set(answer) == {"pack", "as_of", "known_at", "episodes", "duties", "problems"}
    assert (answer["as_of"], answer["known_at"]) == (EVENING, EVENING)
    assert [set(pack) for pack in answer["pack"]] == [{"name", "edition", "hash"}]
    assert [(pack["name"], pack["edition"]) for pack in answer["pack"]] == [(LOCAL, "2023-12")]


def test_how_each_episode_stands(answered: Any) -> None:
    first, second = answered[1]["episodes"]
    assert first == {
        "child": "C1", "episode": "E1", "category": {"police": ["missing"], "authority": []}, "state": "missing",
        "risk": {"level": "high", "decided_by_role": "duty_inspector", "at": "2026-03-02T17:00:00+00:00"},
    }  # fmt: skip
    assert (second["child"], second["risk"], second["state"]) == ("C2", None, "missing")


def test_every_duty_with_its_reason_and_its_places(answered: Any) -> None:
    duties = answered[1]["duties"]
    assert all(set(duty) >= DUTY_KEYS for duty in duties)
    assert {duty["state"] for duty in duties} <= STATES
    arisen = [duty for duty in duties if duty["state"] != "not_due"]
    assert all(duty["cites"] and {"source", "at"} <= set(cite) for duty in arisen for cite in duty["cites"])
    assert all(duty["because"]["verdict"] in ("yes", "no", "cannot tell") for duty in duties)
    assert all(duty["in_words"].endswith(".") for duty in duties)
    assert all(duty["instance"] >= 1 and duty["strength"] in ("must", "should", "may") for duty in duties)
    grading = next(duty for duty in duties if (duty["duty"], duty["child"]) == ("initial_risk_grading", "C1"))
    assert (grading["state"], grading["due_at"], grading["met_at"]) == (
        "met", "2026-03-02T18:00:00+00:00", "2026-03-02T17:00:00+00:00",
    )  # fmt: skip


def test_moments_are_in_utc_with_an_offset_and_only_where_they_are_known(answered: Any) -> None:
    for duty in answered[1]["duties"]:
        for key in ("arose_at", "due_at", "met_at"):
            if duty[key] is not None:
                assert datetime.fromisoformat(duty[key]).utcoffset() == timedelta(0)
        assert (duty["met_at"] is not None) == (duty["state"] in ("met", "met_late"))
        assert (duty["arose_at"] is None) == (duty["state"] in ("not_due", "cannot_tell"))
        assert duty["due_at"] is not None or duty["state"] not in ("upcoming", "overdue", "met_late", "missed")


def test_duties_come_by_due_time_and_then_by_name(answered: Any) -> None:
    end = datetime.max.replace(tzinfo=UTC)
    keys = [
        (datetime.fromisoformat(duty["due_at"]) if duty["due_at"] else end, duty["duty"])
        for duty in answered[1]["duties"]
    ]
    assert keys == sorted(keys)


def test_in_words_they_come_in_the_same_order(tmp_path: Path) -> None:
    said = assess(tmp_path, STORY, packs=(LOCAL,)).stdout.splitlines()
    given = [line.split()[1] for line in said if line.startswith("  ") and "no time stated" not in line]
    assert len(set(given)) > 1
    assert given == sorted(given)


def test_a_decision_without_authority_is_listed_and_the_exit_status_stays_nought(answered: Any) -> None:
    done, answer = answered
    (problem,) = [problem for problem in answer["problems"] if problem["code"] == "not_authorised"]
    assert (problem["event"], problem["said"]) == ("s", "police_sergeant")
    assert problem["cite"]
    assert [line for line in done.stderr.splitlines() if "not_authorised" in line]


def test_what_was_known_then(tmp_path: Path) -> None:
    late = [line | {"recorded_at": "2026-03-02T21:00:00+00:00"} if line["id"] == "g" else line for line in STORY[:4]]
    then = json.loads(assess(tmp_path, late, "--json", packs=(LOCAL,)).stdout)
    known = "2026-03-02T22:00:00+01:00"
    hindsight = json.loads(assess(tmp_path, late, "--json", "--known-at", known, packs=(LOCAL,)).stdout)
    assert hindsight["known_at"] == "2026-03-02T21:00:00+00:00"
    assert [episode["risk"] is None for answer in (then, hindsight) for episode in answer["episodes"]] == [True, False]


def test_two_packs_list_a_shared_duty_once_with_both_citations(tmp_path: Path) -> None:
    done = assess(tmp_path, STORY, "--json", packs=(LOCAL, BASE))
    answer = json.loads(done.stdout)
    assert [pack["name"] for pack in answer["pack"]] == [LOCAL, BASE]
    offers = [duty for duty in answer["duties"] if duty["duty"] == "return_interview" and duty["child"] == "C1"]
    assert len({duty["owed_by"] for duty in offers}) == len(offers)
    arisen = [duty for duty in answer["duties"] if duty["state"] != "not_due"]
    assert any(len({(cite["source"], cite["at"]) for cite in duty["cites"]}) > 1 for duty in arisen)
    assert len(answer["episodes"]) == 2, "an episode stands once, by the first pack"


@pytest.mark.parametrize(
    ("words", "lines", "codes"),
    [
        ((), ["{", {**STORY[1], "event": "nothing"}], ["not_json", "unknown_event"]),
        ((), [{**STORY[3], "episode": "E9"}], ["episode_not_opened"]),
        (("--as-of", "yesterday"), STORY, ["bad_instant"]),
        (("--as-of", "2026-03-02T20:00"), STORY, ["bad_instant"]),
        (("--pack", "nothing-2020"), ["{"], ["unknown_pack", "not_json"]),
        (("--pack", f"{BASE}@1999-01"), STORY, ["unknown_edition"]),
        (("--log", "nowhere.jsonl"), STORY, ["unreadable_file"]),
        (("--perhaps",), STORY, ["usage"]),
    ],
)
def test_a_problem_ends_with_status_two_and_no_partial_answer(
    tmp_path: Path, words: tuple[str, ...], lines: list[Any], codes: list[str]
) -> None:
    done = assess(tmp_path, lines, *words, "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, set(answer)) == (2, {"problems"})
    assert [problem["code"] for problem in answer["problems"]] == codes
    assert all(problem["message"] for problem in answer["problems"])
    said = done.stderr.splitlines()
    assert all(f"{code}: " in line for code, line in zip(codes, said, strict=True)), said


def test_without_json_nothing_goes_to_standard_output(tmp_path: Path) -> None:
    done = assess(tmp_path, ["{"])
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_bad_line_is_named_by_file_and_line_with_what_was_expected(tmp_path: Path) -> None:
    done = assess(tmp_path, [*STORY, {**STORY[1], "id": "x", "by_role": "foster_carrer"}], "--json")
    (problem,) = json.loads(done.stdout)["problems"]
    assert (problem["file"], problem["line"], problem["said"]) == ("log.jsonl", 7, "foster_carrer")
    assert problem["hint"] == "Did you mean foster_carer?"
    assert done.stderr.startswith("log.jsonl:7: unknown_role: ")


def test_a_log_may_come_from_standard_input_and_be_empty(tmp_path: Path) -> None:
    words = ("assess", "--pack", BASE, "--log", "-", "--as-of", EVENING)
    done = lantern(*words, "--json", cwd=tmp_path, stdin="\n".join(map(json.dumps, STORY)))
    assert [episode["child"] for episode in json.loads(done.stdout)["episodes"]] == ["C1", "C2"]
    nothing = json.loads(lantern(*words, "--json", cwd=tmp_path, stdin="").stdout)
    assert (nothing["episodes"], nothing["duties"], nothing["problems"]) == ([], [], [])
    assert "C1 E1: missing" in lantern(*words, cwd=tmp_path, stdin="\n".join(map(json.dumps, STORY))).stdout


def test_it_needs_neither_django_nor_a_database_driver(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text("\n".join(map(json.dumps, STORY)))
    blocked = (
        "import sys\n"
        "class Block:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('django', 'psycopg', 'cryptography', 'allauth'):\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Block())\n"
        "from lantern.__main__ import main\n"
        f"words = 'assess --pack {BASE} --log log.jsonl --as-of {EVENING} --json'\n"
        "sys.argv = ['lantern', *words.split()]\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", blocked], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["as_of"]) == (0, EVENING), done.stderr
