"""Every pack can be read, and every scenario beside it passes."""

import re
from functools import cache
from pathlib import Path

import pytest

from lantern import engine
from lantern.engine.scenarios import Outcome, run_scenarios
from tests.packs.moments import FOLDERS, key

NAME = re.compile(r"^ +- +name: *[\"']?(.+?)[\"']? *$", re.MULTILINE)


def _scenarios() -> list[tuple[Path, str]]:
    """Folder and name of every scenario, found without reading the packs."""
    files = [(folder, path) for folder in FOLDERS for path in sorted((folder / "scenarios").glob("*.yaml"))]
    return [(folder, name) for folder, path in files for name in NAME.findall(path.read_text())]


@cache
def outcomes(folder: Path) -> dict[str, Outcome]:
    """What each scenario of the pack gave, by its name."""
    pack = engine.load_folder(folder)
    return {outcome.name: outcome for outcome in run_scenarios(pack, folder, key(folder))}


@pytest.mark.parametrize("folder", FOLDERS, ids=key)
def test_the_pack_can_be_read_and_is_what_its_folder_says(folder: Path) -> None:
    pack = engine.load_folder(folder)
    assert pack.key == key(folder)
    assert pack.duties


@pytest.mark.parametrize(
    ("folder", "name"), _scenarios(), ids=lambda value: key(value) if isinstance(value, Path) else value
)
def test_the_scenario_passes(folder: Path, name: str) -> None:
    outcome = outcomes(folder)[name]
    assert [problem.in_one_line() for problem in outcome.failures] == []
    assert outcome.agreed_by


@pytest.mark.parametrize("folder", FOLDERS, ids=key)
def test_every_scenario_is_named_once_and_run(folder: Path) -> None:
    written = [name for where, name in _scenarios() if where == folder]
    assert sorted(written) == sorted(outcomes(folder))
