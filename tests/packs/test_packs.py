"""Every pack can be read, every scenario beside it passes, and every duty is shown arising by one of them."""

import re
from functools import cache
from pathlib import Path

import pytest

from lantern import engine
from lantern.engine.scenarios import Outcome, run_scenarios

ROOT = Path(__file__).parents[2] / "packs"
FOLDERS = sorted(path.parent for path in ROOT.glob("*/*/pack.yaml"))
NAME = re.compile(r"^ +- +name: *[\"']?(.+?)[\"']? *$", re.MULTILINE)


def _key(folder: Path) -> str:
    return f"{folder.parent.name}@{folder.name}"


def _scenarios() -> list[tuple[Path, str]]:
    """Folder and name of every scenario, found without reading the packs."""
    files = [(folder, path) for folder in FOLDERS for path in sorted((folder / "scenarios").glob("*.yaml"))]
    return [(folder, name) for folder, path in files for name in NAME.findall(path.read_text())]


@cache
def outcomes(folder: Path) -> dict[str, Outcome]:
    """What each scenario of the pack gave, by its name."""
    pack = engine.load_folder(folder)
    return {outcome.name: outcome for outcome in run_scenarios(pack, folder, _key(folder))}


@pytest.mark.parametrize("folder", FOLDERS, ids=_key)
def test_the_pack_can_be_read_and_is_what_its_folder_says(folder: Path) -> None:
    pack = engine.load_folder(folder)
    assert pack.key == _key(folder)
    assert pack.duties


@pytest.mark.parametrize(
    ("folder", "name"), _scenarios(), ids=lambda value: _key(value) if isinstance(value, Path) else value
)
def test_the_scenario_passes(folder: Path, name: str) -> None:
    outcome = outcomes(folder)[name]
    assert [problem.in_one_line() for problem in outcome.failures] == []
    assert outcome.agreed_by


@pytest.mark.parametrize("folder", FOLDERS, ids=_key)
def test_every_scenario_is_named_once_and_run(folder: Path) -> None:
    written = [name for where, name in _scenarios() if where == folder]
    assert sorted(written) == sorted(outcomes(folder))


@pytest.mark.parametrize("folder", FOLDERS, ids=_key)
def test_every_duty_is_shown_by_a_scenario(folder: Path) -> None:
    told = {name for outcome in outcomes(folder).values() for name in outcome.duties}
    plain = {re.split("[@/:]", name)[0] for name in told}
    own = [duty for duty in engine.load_folder(folder).duties if duty.origin == _key(folder)]
    untold = [duty.name for duty in own if duty.scope in ("episode", "child") and not {duty.name, duty.duty} & plain]
    assert untold == []
