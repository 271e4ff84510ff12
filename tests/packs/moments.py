"""The scenarios beside a pack as logs and moments, for tests that look at more than what each of them asserts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lantern import engine
from lantern.engine.packs.nodes import Node, Problems, read_file
from lantern.engine.scenarios import _london, _Runner

ROOT = Path(__file__).parents[2] / "packs"
FOLDERS = sorted(path.parent for path in ROOT.glob("*/*/pack.yaml"))


def key(folder: Path) -> str:
    return f"{folder.parent.name}@{folder.name}"


@dataclass(frozen=True, slots=True)
class Moment:
    """One expectation: the scenario's name, its log, when, and what is asked for."""

    name: str
    log: engine.Log
    at: datetime
    expected: Node


def moments(pack: engine.Pack, folder: Path) -> Iterator[Moment]:
    """Every expectation of every scenario beside the pack."""
    for path in sorted((folder / "scenarios").glob("*.yaml")):
        node = read_file(path, path.name, Problems())
        for scenario in node.value["scenarios"] if node is not None else ():
            log = engine.Log.of(list(_Runner(pack, scenario)._lines()))
            for expected in scenario.value["expect"]:
                at = _london(str(expected.value["at"].value))
                yield Moment(str(scenario.value["name"].value), log, at, expected)
