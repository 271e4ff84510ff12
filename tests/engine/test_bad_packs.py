"""Whatever is wrong with a pack is said with its code, its file and its line; nothing else happens, and it is quick."""

import time
from pathlib import Path
from typing import Any

import pytest

from lantern import engine
from tests.engine.bad_pack_folders import BadPack, bad_packs
from tests.engine.problem_codes import codes_in
from tests.engine.small_packs import duty, write

HOSTILE = {"file_too_big", "too_deep", "unreadable_file", "base_cycle", "unknown_pack", "unknown_edition"}


def problems_of(folder: Path, root: Path | None = None) -> list[engine.Problem]:
    """What reading the folder says, in under a second."""
    started = time.process_time()
    with pytest.raises(engine.BadPack) as refused:
        engine.load_folder(folder, root) if root else engine.load_folder(folder)
    assert time.process_time() - started < 1
    return refused.value.problems


@pytest.mark.parametrize("bad", bad_packs(), ids=lambda bad: bad.name)
def test_a_broken_pack_gives_exactly_its_code_at_its_place(bad: BadPack, tmp_path: Path) -> None:
    found = problems_of(bad.lay(tmp_path))
    assert {problem.code for problem in found} == {bad.code}
    assert {(problem.file.removeprefix(f"{tmp_path}/"), problem.line) for problem in found} == bad.places()
    assert all(problem.message and "\n" not in problem.in_one_line() for problem in found)


def test_the_pack_under_the_broken_ones_can_be_read(tmp_path: Path) -> None:
    assert [rule.duty for rule in engine.load_folder(write(tmp_path, [duty()])).duties] == ["initial_risk_grading"]


def test_every_problem_of_a_pack_is_said_at_once(tmp_path: Path) -> None:
    write(tmp_path, [duty(strength="shall"), duty("senior_review", owed_by="nobody", due={"within": "soon"})])
    assert sorted(problem.code for problem in problems_of(tmp_path)) == ["bad_span", "unknown_role", "unknown_value"]


def test_a_file_of_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    write(tmp_path, [duty()])
    (tmp_path / "terms.yaml").write_text("terms: {}\n" + "# nothing\n" * 1_000_000)
    assert [(problem.code, problem.file) for problem in problems_of(tmp_path)] == [
        ("file_too_big", f"{tmp_path}/terms.yaml")
    ]


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_values_nested_too_deeply_are_refused(opening: str, tmp_path: Path) -> None:
    write(tmp_path, [duty()])
    closing = "]" if opening == "[" else "}"
    (tmp_path / "terms.yaml").write_text("terms:\n  " + opening * 3000 + closing * 3000)
    assert {problem.code for problem in problems_of(tmp_path)} == {"too_deep"}


def test_an_alias_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    write(tmp_path, [duty()])
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    bomb += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    (tmp_path / "terms.yaml").write_text("\n".join(bomb))
    assert {problem.code for problem in problems_of(tmp_path)} == {"anchor"}


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!include", "!!set"])
def test_a_tag_makes_nothing(tag: str, tmp_path: Path) -> None:
    write(tmp_path, [duty()])
    (tmp_path / "terms.yaml").write_text(f"terms: {tag} ['touch {tmp_path}/made']")
    assert {problem.code for problem in problems_of(tmp_path)} <= {"tag", "not_a_mapping"}
    assert not (tmp_path / "made").exists()


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path, [duty()])
    (tmp_path / "terms.yaml").write_bytes(b"terms: \xff\xfe")
    assert [problem.code for problem in problems_of(tmp_path)] == ["not_text"]


@pytest.mark.parametrize("text", ["\x00", "a: b: c", "\t- x", "%YAML 9.9\n---\na: 1", "'", "a: |2\n x"])
def test_text_that_is_no_yaml_is_refused(text: str, tmp_path: Path) -> None:
    write(tmp_path, [duty()])
    (tmp_path / "terms.yaml").write_text(text)
    assert {problem.code for problem in problems_of(tmp_path)} <= {
        "not_yaml",
        "not_a_mapping",
        "unknown_key",
        "missing_key",
    }


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    assert [(problem.code, problem.file) for problem in problems_of(tmp_path)] == [
        ("unreadable_file", f"{tmp_path}/pack.yaml")
    ]


def test_packs_that_stand_on_each_other_are_refused(tmp_path: Path) -> None:
    for name, base in (("one", "two"), ("two", "one@2026-01")):
        write(tmp_path / name / "2026-01", [duty()], {"pack": name, "base": base})
    found = problems_of(tmp_path / "one" / "2026-01", tmp_path)
    assert [(problem.code, problem.line) for problem in found] == [("base_cycle", 1)]


@pytest.mark.parametrize(("name", "code"), [("nothing", "unknown_pack"), ("dfe-2014@1999-01", "unknown_edition"),
                                           ("../packs/dfe-2014", "unknown_pack"), ("", "unknown_pack")])  # fmt: skip
def test_a_pack_that_is_not_there_is_a_problem(name: str, code: str) -> None:
    with pytest.raises(engine.UnknownName) as refused:
        engine.load_pack(name)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_every_code_that_the_reader_can_say_has_a_broken_pack() -> None:
    shown = {bad.code for bad in bad_packs()} | HOSTILE
    assert codes_in("packs") - shown == set()
    assert shown - codes_in("packs") == set(), "no longer said by the reader"


def test_the_manual_explains_every_code() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "generated" / "problems.md").read_text()
    said: set[Any] = codes_in("packs") | codes_in("log") | codes_in("story")
    assert {code for code in said if f"## `{code}`" not in manual} == set()
