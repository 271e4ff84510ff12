"""The benchmarks measure what they say: the same workload for ever, and two evaluators that agree. Nothing is timed."""

import json
import zlib

import pytest

from bench import engine_bulk, plain, table
from bench.timing import Measure
from bench.workload import log_lines
from lantern import engine

WORKLOAD = 435234671
"""Checksum of ninety episodes; it changes only with the workload, and then old figures say nothing any more."""


def read(children: dict) -> tuple[list[engine.Log], list[list[plain.Event]]]:
    return [engine.Log.of(lines) for lines in children.values()], [plain.read(lines) for lines in children.values()]


def test_the_workload_is_the_same_for_ever():
    text = json.dumps(log_lines(90), sort_keys=True)
    assert zlib.crc32(text.encode()) == WORKLOAD


def test_the_engine_gives_the_same_duties_as_the_rules_by_hand():
    pack = engine.load_folder(engine_bulk.PACK)
    logs, by_hand = read(log_lines(240))
    engine_bulk.compare(pack, logs, by_hand)
    with pytest.raises(engine_bulk.AnswersDiffer):
        engine_bulk.compare(pack, logs, by_hand[1:] + by_hand[:1])


def test_the_table_names_every_figure_with_its_yardstick():
    shown = table.text({"cores": "2"}, [Measure("engine", "episodes/s", 5000, 7.5, 5, 0.5, "by hand")])
    assert shown.splitlines()[0].split() == ["cores", "2"]
    assert shown.splitlines()[-1].split() == ["engine", "5,000", "7.50", "episodes/s", "5", "0.50", "x", "by", "hand"]
