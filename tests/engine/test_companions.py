"""`lantern packs`, `check` and `explain`: the companions of assess."""

import json
from pathlib import Path

from lantern import engine
from tests.engine.small_packs import duty, write
from tests.engine.test_assess import BASE, LOCAL, lantern


def test_packs_lists_every_edition_and_whether_it_is_agreed(tmp_path: Path) -> None:
    listed = json.loads(lantern("packs", "--json", cwd=tmp_path).stdout)["packs"]
    assert {(pack["name"], pack["edition"]) for pack in listed} >= {(BASE, "2014-01"), (LOCAL, "2023-12")}
    assert {pack["status"] for pack in listed} <= {"agreed", "assumed"}
    shown = lantern("packs", cwd=tmp_path).stdout.splitlines()
    assert len(shown) == len(listed)
    assert any(line.startswith(f"{BASE}@2014-01  assumed") for line in shown)


def test_check_tells_a_pack_that_reads_from_one_that_does_not(tmp_path: Path) -> None:
    good = lantern("check", str(write(tmp_path / "good", [duty()])), "--json", cwd=tmp_path)
    assert (good.returncode, json.loads(good.stdout)["duties"], json.loads(good.stdout)["problems"]) == (0, 1, [])
    bad = lantern("check", str(write(tmp_path / "bad", [duty(strength="shall")])), "--json", cwd=tmp_path)
    assert bad.returncode == 2
    (problem,) = json.loads(bad.stdout)["problems"]
    assert (problem["code"], problem["line"]) == ("unknown_value", 1)
    assert bad.stderr.count("\n") == 1
    assert lantern("check", str(tmp_path / "nowhere"), cwd=tmp_path).returncode == 2


def test_check_runs_the_scenarios_and_says_which_fail(tmp_path: Path) -> None:
    folder = write(tmp_path / "pack", [duty(due={"within": "2 hours"})])
    (folder / "scenarios").mkdir()
    scenario = (
        "scenarios:\n"
        "  - name: Graded within {hours} hours\n"
        "    story: ['2026-03-02 16:00 report_received by=foster_carer']\n"
        "    expect:\n"
        "      - at: 2026-03-02 17:00\n"
        "        duties: {{initial_risk_grading: {{state: upcoming, due: 2026-03-02 {due}}}}}\n"
    )
    (folder / "scenarios" / "one.yaml").write_text(scenario.format(hours="two", due="18:00"))
    assert lantern("check", str(folder), cwd=tmp_path).returncode == 0
    (folder / "scenarios" / "two.yaml").write_text(scenario.format(hours="three", due="19:00"))
    failed = lantern("check", str(folder), "--json", cwd=tmp_path)
    assert failed.returncode == 1
    (problem,) = json.loads(failed.stdout)["problems"]
    assert (problem["line"], problem["expected"]) == (6, "2026-03-02 19:00")


def test_explain_says_what_a_duty_is_in_every_pack_that_has_it(tmp_path: Path) -> None:
    answer = json.loads(lantern("explain", "return_interview", "--json", cwd=tmp_path).stdout)
    assert {rule["pack"].partition("@")[0] for rule in answer["rules"]} >= {BASE, LOCAL}
    assert all(rule["arises"] and rule["cites"] for rule in answer["rules"])
    one = lantern("explain", "return_interview", "--pack", BASE, cwd=tmp_path).stdout
    assert "within 72 hours" in one
    assert LOCAL not in one


def test_explain_of_what_is_not_there_names_what_is_near(tmp_path: Path) -> None:
    done = lantern("explain", "return_intervew", "--pack", BASE, "--json", cwd=tmp_path)
    assert done.returncode == 2
    assert json.loads(done.stdout)["problems"][0]["hint"] == "Did you mean return_interview?"


def test_the_library_offers_what_the_command_does() -> None:
    assert {header.name for header in engine.list_packs()} >= {BASE, LOCAL}
    assert engine.load_pack(BASE).key == f"{BASE}@2014-01"
