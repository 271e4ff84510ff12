"""Bulk replay of a large workload: the twelve rules by the engine, over columns (`vectorised`) and by hand, in turn.

Each contender has processes of its own, reads the workload in its own form, and gives every answer before anything is
timed. The size is always the same: columns gain with every row, and a small log would flatter the engine.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from importlib.util import find_spec
from itertools import islice
from multiprocessing.connection import Connection

from bench import plain
from bench.engine_bulk import BY_HAND, PACK, AnswersDiffer, as_text, checksum, plain_text, with_reasons
from bench.timing import Measure, Samples
from bench.workload import NOW, each_child
from lantern import engine

EPISODES = 30_000
ROUNDS = 5
COLUMNS = YARDSTICK, ONE_THREAD = "polars, 2 threads", "polars, 1 thread"
SHORT = 10  # a replay over columns is over so soon that a turn is so many: a short turn gets more of a shared core
TARGETS = {"engine, 1 process": "2", "engine, 2 processes": "2 two"}

Ready = tuple[Callable[[], list[str]], Callable[[], object]]
"""What gives every answer as text, and what is timed."""


def by_hand(episodes: int) -> Ready:
    """The rules in plain Python."""
    children = [plain.read(lines) for _, lines in each_child(episodes)]

    def answers() -> list[str]:
        apart = (one for events in children for one in plain.by_episode(events, NOW))
        return [f"{episode} {plain_text(duty)}" for episode, duties in apart for duty in duties]

    return answers, lambda: [len(plain.evaluate(events, NOW)) for events in children]


def by_engine(episodes: int, part: int, parts: int) -> Ready:
    """The rules as a pack, owner and reason of each duty made; every `parts`th child from `part` on."""
    pack = engine.load_folder(PACK)
    logs = [engine.Log.of(lines) for _, lines in islice(each_child(episodes), part, None, parts)]

    def answers() -> list[str]:
        duties = (duty for log in logs for duty in engine.evaluate([pack], log, NOW).duties)
        return [f"{duty.episode} {as_text(duty)}" for duty in duties if duty.due_at is not None]

    return answers, lambda: [with_reasons(pack, log) for log in logs]


def by_columns(episodes: int, threads: int) -> Ready:
    """The rules over columns."""
    os.environ["POLARS_MAX_THREADS"] = str(threads)  # polars reads it once, when it is imported
    from bench import vectorised

    columns = vectorised.read(lines for _, lines in each_child(episodes))
    return (
        lambda: vectorised.texts(columns, vectorised.evaluate(columns, NOW)),
        lambda: vectorised.evaluate(columns, NOW),
    )


class Contender:
    """One or more processes that wait for their turn. They start anew, so that none holds another's memory."""

    def __init__(self, *entries: Callable[[], Ready]) -> None:
        fresh = multiprocessing.get_context("spawn")
        ends = [fresh.Pipe() for _ in entries]
        self.pipes = [here for here, _ in ends]
        self.processes = [
            fresh.Process(target=_serve, args=(entry, there), daemon=True)
            for entry, (_, there) in zip(entries, ends, strict=True)
        ]
        for process, (_, there) in zip(self.processes, ends, strict=True):
            process.start()
            there.close()

    def answers(self) -> list[str]:
        """Every duty as text; waits until all its processes are ready."""
        return [text for pipe in self.pipes for text in pipe.recv()]

    def turn(self, times: int) -> None:
        """Replay everything so many times, all its processes at the same time."""
        for pipe in self.pipes:
            pipe.send(times)
        for pipe in self.pipes:
            pipe.recv()

    def stop(self) -> None:
        """Let its processes end."""
        for pipe in self.pipes:
            pipe.close()
        for process in self.processes:
            process.join()


def _serve(entry: Callable[[], Ready], pipe: Connection) -> None:
    """Give the answers, then replay as often as asked, until the other end is closed."""
    answers, work = entry()
    with suppress(EOFError, BrokenPipeError):
        pipe.send(answers())
        while times := pipe.recv():
            for _ in range(times):
                work()
            pipe.send("done")


def measure(episodes: int) -> list[Measure]:
    """Episodes per second, in interleaved rounds; nothing without polars. Raises AnswersDiffer."""
    del episodes
    if find_spec("polars") is None:
        print("Replay over columns is not measured: scripts/polars installs what it needs.", file=sys.stderr)
        return []
    return run(EPISODES, ROUNDS)


def run(episodes: int, rounds: int) -> list[Measure]:
    """The same of any size. Raises AnswersDiffer."""
    with ExitStack() as ending:
        contenders = {}
        for name, entries in _entries(episodes).items():
            contenders[name] = Contender(*entries)
            ending.callback(contenders[name].stop)
        compare({name: contender.answers() for name, contender in contenders.items()})
        taken = {name: Samples() for name in contenders}
        for _ in range(rounds):
            for name, contender in contenders.items():
                times = SHORT if name in COLUMNS else 1
                taken[name].run(partial(contender.turn, times))
                taken[name].seconds[-1] /= times
    return [_figure(name, samples, taken[YARDSTICK], episodes) for name, samples in taken.items()]


def _entries(episodes: int) -> dict[str, list[Callable[[], Ready]]]:
    """Of each contender what its processes begin with."""
    return {
        YARDSTICK: [partial(by_columns, episodes, 2)],
        ONE_THREAD: [partial(by_columns, episodes, 1)],
        BY_HAND: [partial(by_hand, episodes)],
        "engine, 1 process": [partial(by_engine, episodes, 0, 1)],
        "engine, 2 processes": [partial(by_engine, episodes, part, 2) for part in range(2)],
    }


def compare(answers: dict[str, list[str]]) -> None:
    """All must give the same duties of the same episodes. Raises AnswersDiffer, naming the contender."""
    expected = answers[BY_HAND]
    for name, given in answers.items():
        if checksum(given) != checksum(expected):
            raise AnswersDiffer(f"{name}: {sorted(set(given) ^ set(expected))[:3]}")


def _figure(name: str, samples: Samples, yardstick: Samples, episodes: int) -> Measure:
    runs, speed = len(samples.seconds), episodes / samples.median
    label, target = f"{name}, {episodes:,} episodes", TARGETS.get(name, "")
    if samples is yardstick:
        return Measure(label, "episodes/s", speed, None, runs)
    return Measure(label, "episodes/s", speed, None, runs, samples.over(yardstick), f"the time of {YARDSTICK}", target)
