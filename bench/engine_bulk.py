"""The declarative engine against the same twelve rules by hand, and with five times the rules: answers compared
first, then speed.
"""

import re
import shutil
import tempfile
import zlib
from collections import Counter
from pathlib import Path

from bench import plain
from bench.timing import Measure, Samples, no_collector
from bench.workload import NOW, log_lines
from lantern import engine

PACK = Path(__file__).parent / "packs" / "bench-12" / "2026-01"
ROUNDS = 7
COPIES = 5
ONE_BY_ONE = 500  # children evaluated one at a time
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
BY_HAND = "twelve rules by hand"


class AnswersDiffer(Exception):
    """Two evaluators do not agree, so their speed means nothing."""


def measure(episodes: int) -> list[Measure]:
    """Episodes per second, in interleaved rounds. Raises AnswersDiffer."""
    children = log_lines(episodes)
    twelve, sixty = engine.load_folder(PACK), five_times()
    logs = [engine.Log.of(lines) for lines in children.values()]
    by_hand = [plain.read(lines) for lines in children.values()]
    compare(twelve, logs, by_hand)
    compare_variants(twelve, sixty, logs)
    theirs, bare, reasoned, many = Samples(), Samples(), Samples(), Samples()
    with no_collector():
        for _ in range(ROUNDS):
            theirs.run(lambda: [len(plain.evaluate(events, NOW)) for events in by_hand])
            bare.run(lambda: [len(engine.evaluate([twelve], log, NOW).duties) for log in logs])
            reasoned.run(lambda: [with_reasons(twelve, log) for log in logs])
            many.run(lambda: [len(engine.evaluate([sixty], log, NOW).duties) for log in logs])
    one_12, one_60 = Samples(), Samples()
    for log in logs[:ONE_BY_ONE]:
        one_12.run(lambda log=log: engine.evaluate([twelve], log, NOW))
        one_60.run(lambda log=log: engine.evaluate([sixty], log, NOW))

    def speed(name: str, taken: Samples, ratio: float | None = None, against: str = "", answers: str = "") -> Measure:
        return Measure(name, "episodes/s", episodes / taken.median, None, ROUNDS, ratio, against, answers)

    return [
        speed(f"{BY_HAND}, {episodes} episodes", theirs),
        speed("engine, 12 rules", bare, theirs.over(bare), BY_HAND),
        speed("engine, 12 rules, each owner and reason made", reasoned, theirs.over(reasoned), BY_HAND, "1"),
        speed("engine, 60 rules", many, many.over(bare), "12 rules in time", "3"),
        one_12.measure("engine, one child's whole log, 12 rules"),
        one_60.measure("engine, one child's whole log, 60 rules", answers="4"),
    ]


def with_reasons(pack: engine.Pack, log: engine.Log) -> int:
    return len([(duty.owed_by, duty.reason) for duty in engine.evaluate([pack], log, NOW).duties])


def five_times() -> engine.Pack:
    """The twelve rules as a pack of sixty: five variants of each, read from files as any pack is."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "bench-60" / PACK.name
        shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns("duties"))
        (folder / "pack.yaml").write_text((PACK / "pack.yaml").read_text().replace("bench-12", "bench-60"))
        (folder / "duties").mkdir()
        for file in (PACK / "duties").glob("*.yaml"):
            head, body = file.read_text().split("\n", 1)
            copies = [re.sub(r"(?m)^(  - duty:.*)$", rf"\1\n    variant: copy_{copy}", body) for copy in range(COPIES)]
            (folder / "duties" / file.name).write_text("\n".join([head, *copies]))
        return engine.load_folder(folder)


def compare(pack: engine.Pack, logs: list[engine.Log], by_hand: list[list[plain.Event]]) -> None:
    """Both must give the same duties: rule, how it stands, and when it is due. Raises AnswersDiffer."""
    for log, events in zip(logs, by_hand, strict=True):
        ours = [as_text(one) for one in engine.evaluate([pack], log, NOW).duties if one.due_at is not None]
        theirs = [plain_text(duty) for duty in plain.evaluate(events, NOW)]
        check_same(ours, theirs, str(events[0].line["child"]))


def compare_variants(twelve: engine.Pack, sixty: engine.Pack, logs: list[engine.Log]) -> None:
    """Each variant must give what the rule alone gives. Raises AnswersDiffer."""
    for log in logs:
        alone = [as_text(one) for one in engine.evaluate([twelve], log, NOW).duties]
        varied = engine.evaluate([sixty], log, NOW).duties
        check_same(alone * COPIES, [as_text(one) for one in varied], str(next(iter(log.children))))
        if set(Counter(one.variant for one in varied).values()) - {len(alone)}:
            raise AnswersDiffer("the variants of a rule do not give equally many duties")


def as_text(duty: engine.DutyResult) -> str:
    """Rule, how it stands and when it is due, of the engine's."""
    due = f"{duty.due_at:%Y-%m-%dT%H:%M:%S}" if duty.due_at else "-"
    return f"{RULES[duty.duty]} {OPEN.get(duty.state, duty.state)} {due}"


def plain_text(duty: plain.Duty) -> str:
    """The same of a duty by hand."""
    return f"{duty.rule} {duty.status} {duty.due.astimezone(NOW.tzinfo):%Y-%m-%dT%H:%M:%S}"


def check_same(ours: list[str], theirs: list[str], child: str) -> None:
    """Raises AnswersDiffer, naming a few that only one of them gives."""
    if checksum(ours) != checksum(theirs):
        raise AnswersDiffer(f"child {child}: {sorted(set(ours) ^ set(theirs))[:3]}")


def checksum(duties: list[str]) -> int:
    """Of the duties in any order."""
    return zlib.crc32("\n".join(sorted(duties)).encode())
