"""The manual is whole: whatever the reader of packs understands is shown by an example."""

import re
from pathlib import Path

import tests.spec
from lantern.engine.packs import read_conditions, read_duties
from lantern.engine.packs.read_conditions import MOMENTS, STATES, ConditionReader

MANUAL = Path(__file__).parents[2] / "docs" / "generated" / "rule-language.md"
NO_RULE = {"note", "conflicts", "covers", "departs_from", "contains", "serious", "acknowledge", "consider", "with"}


def shown() -> str:
    return MANUAL.read_text()


def test_every_condition_has_an_example() -> None:
    assert {
        name for name in ConditionReader._READERS if f"{{{name}:" not in shown() and f" {name}:" not in shown()
    } == set()


def test_every_key_of_a_duty_and_of_a_due_time_has_an_example() -> None:
    keys = {*read_duties._OPTIONAL, *read_duties._CASE_KEYS} - NO_RULE
    assert {key for key in keys if not re.search(rf"\b{key}:", shown())} == set()


def test_every_moment_state_and_ending_is_named() -> None:
    words = {*MOMENTS, *STATES, *read_duties._ENDINGS, *read_conditions._LASTED_OF}
    assert {word for word in words if not re.search(rf"\b{word}\b", shown())} == set()


def test_every_state_of_a_duty_is_shown() -> None:
    states = [
        "not_due",
        "upcoming",
        "due_now",
        "overdue",
        "met",
        "met_late",
        "set_aside",
        "lapsed",
        "missed",
        "cannot_tell",
    ]
    source = (Path(tests.spec.__file__).parent / "duties" / "test_states.py").read_text()
    assert [state for state in states if state not in source] == []


def test_every_file_of_a_chapter_is_printed() -> None:
    folder = Path(tests.spec.__file__).parent
    source = "\n".join(path.read_text() for path in folder.glob("*/test_*.py"))
    tests_written = set(re.findall(r"^def test_(\w+)", source, re.MULTILINE))
    captions = {caption.lower() for caption in re.findall(r"^\*\*(.+)\*\*$", shown(), re.MULTILINE)}
    assert {name for name in tests_written if name.replace("_", " ").lower() not in captions} == set()


def test_every_folder_is_a_chapter_in_the_contents() -> None:
    folders = {path.parent.name for path in Path(tests.spec.__file__).parent.glob("*/__init__.py")}
    assert folders == set(tests.spec.ORDER)
