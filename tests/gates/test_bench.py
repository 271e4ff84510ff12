"""The benchmarks measure what they say: the same workload for ever, and two evaluators that agree. Nothing is timed."""

import json
import zlib

import pytest

from bench import engine_bulk, plain, table
from bench.targets import answers
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


def test_they_agree_when_the_last_reviews_fall_on_the_second_of_the_return():
    children = log_lines(240)
    for lines in children.values():
        found = {line["episode"]: line["occurred_at"] for line in lines if line["event"] == "child_located"}
        for line in lines:
            if line["event"] == "risk_reviewed" and line["id"][-1] in "02468" and line["episode"] in found:
                line["occurred_at"] = line["recorded_at"] = found[line["episode"]]
        lines.sort(key=lambda line: line["occurred_at"])
    engine_bulk.compare(engine.load_folder(engine_bulk.PACK), *read(children))


def test_five_variants_of_a_rule_give_five_times_what_the_rule_gives():
    twelve, sixty = engine.load_folder(engine_bulk.PACK), engine_bulk.five_times()
    logs, _ = read(log_lines(60))
    engine_bulk.compare_variants(twelve, sixty, logs)
    with pytest.raises(engine_bulk.AnswersDiffer):
        engine_bulk.compare_variants(twelve, twelve, logs)


def test_the_table_names_every_figure_with_its_yardstick():
    shown = table.text({"cores": "2"}, [Measure("engine", "episodes/s", 5000, 7.5, 5, 0.5, "by hand")])
    lines = [line.split() for line in shown.splitlines()]
    assert lines[0] == ["cores", "2"]
    assert ["engine", "5,000", "7.50", "episodes/s", "5", "0.50", "x", "by", "hand"] in lines


@pytest.mark.parametrize(("ratio", "verdict"), [(0.9, "**not met**"), (1.0, "met"), (2.2, "aim reached")])
def test_a_target_is_met_from_its_limit_on(ratio, verdict):
    measured = Measure("engine", "episodes/s", 5000, None, 7, ratio, "by hand", answers="1")
    assert [(one.target.number, one.verdict) for one in answers([measured])] == [("1", verdict)]
