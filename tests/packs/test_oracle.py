"""Evaluator and oracle agree on the stories beside the packs. LANTERN_EXAMPLES asks for every one of them."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from lantern import engine
from lantern.engine.oracle import owed
from lantern.engine.packs.nodes import Problems, read_file
from lantern.engine.scenarios import _london, _Runner
from tests.engine.generative.compare import EXAMPLES, rows
from tests.packs.test_packs import FOLDERS, _key

EVERY = 1 if EXAMPLES else 6


def _moments(pack: engine.Pack, folder: Path) -> Iterator[tuple[str, engine.Log, datetime]]:
    """Name, log and moment of every expectation."""
    for path in sorted((folder / "scenarios").glob("*.yaml")):
        node = read_file(path, path.name, Problems())
        for scenario in node.value["scenarios"] if node is not None else ():
            runner = _Runner(pack, scenario)
            log = engine.Log.of(list(runner._lines()))
            for expected in scenario.value["expect"]:
                yield str(scenario.value["name"].value), log, _london(str(expected.value["at"].value))


@pytest.mark.parametrize("folder", FOLDERS, ids=_key)
def test_the_two_agree(folder: Path) -> None:
    pack = engine.load_folder(folder)
    compared = 0
    for name, log, at in list(_moments(pack, folder))[::EVERY]:
        slow = sorted(owed(pack, log, at), key=repr)
        assert slow == rows(engine.evaluate([pack], log, at)), (name, at)
        compared += 1
    assert compared
