"""The declarative engine against the same twelve rules by hand: answers compared first, then speed."""

import statistics
import zlib
from pathlib import Path

from bench import plain
from bench.timing import Measure, Samples
from bench.workload import NOW, log_lines
from lantern import engine

PACK = Path(__file__).parent / "packs" / "bench-12" / "2026-01"
ROUNDS = 5
RULES = {
    "category_decision": "r01",
    "initial_risk_grading": "r02",
    "supervisor_review": "r03",
    "risk_review": "r04",
    "safe_and_well_check": "r05",
    "return_interview": "r06",
    "return_interview.sign_off": "r07",
    "repeat_discussion": "r08",
    "strategy_meeting": "r09",
    "notify.responsible_authority": "r10",
    "senior_notice": "r11",
    "referral.exploitation_screen": "r12",
}
OPEN = {"upcoming": "open"}


class AnswersDiffer(Exception):
    """The two evaluators do not agree, so their speed means nothing."""


def measure(episodes: int) -> list[Measure]:
    """Episodes per second of both, in interleaved rounds. Raises AnswersDiffer."""
    children = log_lines(episodes)
    pack = engine.load_folder(PACK)
    logs = [engine.Log.of(lines) for lines in children.values()]
    by_hand = [plain.read(lines) for lines in children.values()]
    compare(pack, logs, by_hand)
    ours, theirs = Samples(), Samples()
    for _ in range(ROUNDS):
        ours.run(lambda: [len(engine.evaluate([pack], log, NOW).duties) for log in logs])
        theirs.run(lambda: [len(plain.evaluate(events, NOW)) for events in by_hand])
    ratio = statistics.median(t / o for o, t in zip(ours.seconds, theirs.seconds, strict=True))
    one = Samples()
    for log in logs[:500]:
        one.run(lambda log=log: engine.evaluate([pack], log, NOW))
    against = "twelve rules by hand"
    return [
        Measure(f"{against}, {episodes} episodes", "episodes/s", episodes / theirs.median, runs=ROUNDS),
        Measure(f"engine, {episodes} episodes", "episodes/s", episodes / ours.median, None, ROUNDS, ratio, against),
        one.measure("engine, one child's whole log"),
    ]


def compare(pack: engine.Pack, logs: list[engine.Log], by_hand: list[list[plain.Event]]) -> None:
    """Both must give the same duties: rule, how it stands, and when it is due. Raises AnswersDiffer."""
    for log, events in zip(logs, by_hand, strict=True):
        ours = [
            f"{RULES[one.duty]} {OPEN.get(one.state, one.state)} {one.due_at:%Y-%m-%dT%H:%M:%S}"
            for one in engine.evaluate([pack], log, NOW).duties
            if one.due_at is not None
        ]
        theirs = [
            f"{d.rule} {d.status} {d.due.astimezone(NOW.tzinfo):%Y-%m-%dT%H:%M:%S}" for d in plain.evaluate(events, NOW)
        ]
        if checksum(ours) != checksum(theirs):
            only = sorted(set(ours) ^ set(theirs))[:3]
            raise AnswersDiffer(f"child {events[0].line['child']}: {only}")


def checksum(duties: list[str]) -> int:
    """Of the duties in any order."""
    return zlib.crc32("\n".join(sorted(duties)).encode())
