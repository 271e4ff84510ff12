"""Times things, and holds what was measured."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Measure:
    """One figure. `ratio` compares it, in the same run, with the yardstick named in `against`; `answers` numbers the
    target (see `targets`) that it is read against.
    """

    name: str
    unit: str
    median: float
    p95: float | None = None
    runs: int = 1
    ratio: float | None = None
    against: str = ""
    answers: str = ""


@contextmanager
def no_collector() -> Iterator[None]:
    """Without the search for cycles, as `timeit` and the processes of `lantern simulate` do."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass
class Samples:
    """Seconds of many runs of one thing."""

    seconds: list[float] = field(default_factory=list)

    def run(self, work: Callable[[], T]) -> T:
        """Do `work` once, keep how long it took, and give its result."""
        began = time.perf_counter()
        done = work()
        self.seconds.append(time.perf_counter() - began)
        return done

    @property
    def median(self) -> float:
        """Seconds; the middle run."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """Seconds; one run in twenty takes longer."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]

    def over(self, other: "Samples") -> float:
        """How many times as long as the other's run of the same round; the middle of the rounds."""
        return statistics.median(mine / theirs for mine, theirs in zip(self.seconds, other.seconds, strict=True))

    def measure(self, name: str, *, ratio: float | None = None, against: str = "", answers: str = "") -> Measure:
        """Median and 95th percentile in milliseconds."""
        return Measure(name, "ms", self.median * 1000, self.p95 * 1000, len(self.seconds), ratio, against, answers)
