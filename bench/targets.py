"""What is fast enough: for each figure the least we must reach and what we aim at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.timing import Measure


@dataclass(frozen=True)
class Target:
    """One target. `read` names the figure of the measure: ratio, median or p95; `at_least` says which way is better.

    Limits without a number are None: then there is nothing that must be, or nothing further to aim at.
    """

    number: str
    says: str
    read: str
    unit: str
    must: float | None
    aim: float | None
    at_least: bool = False

    def holds(self, value: float, limit: float | None) -> bool:
        """Whether a value is on the right side of a limit."""
        return limit is None or (value >= limit if self.at_least else value <= limit)


TARGETS = (
    Target("1", "bulk replay, 12 rules, owner and reason made", "ratio", "x by hand", 1, 2.2, at_least=True),
    Target("2", "the same, 30,000 episodes, one process", "ratio", "x the vectorised time", 12, 5),
    Target("2 two", "the same, two processes", "ratio", "x the vectorised time", None, 3),
    Target("3", "60 rules against 12", "ratio", "x the time of 12", 5, 3.5),
    Target("4", "one child, 60 rules, p95", "p95", "ms", 5, 2.3),
    Target("5 p50", "one event appended, all duties judged and stored", "ratio", "x the Django way", 1, 0.5),
    Target("5 p95", "the same, the slowest twentieth", "ratio", "x the Django way", 1, 0.63),
    Target("5 w", "the same, four writers", "median", "events/s", None, 500, at_least=True),
    Target("6 find", "children with due duties, 5,000 due among 100,000 open", "ratio", "x the ids by index", 5, 2.3),
    Target("6 mark", "rows written so that 5,000 are overdue", "median", "rows", 0, 0),
    Target("7", "all duties rebuilt from the log", "ratio", "x the Django way", 0.5, 0.25),
    Target("7 same", "rows written by a rebuild that changes nothing", "median", "rows", 0, 0),
    Target("8", "peak memory, 30,000 episodes replayed child after child", "median", "MiB", 330, 150),
    Target("8 file", "peak memory of `lantern simulate` on the same as a file", "median", "MiB", 330, 150),
    Target("9", "list of 100 duties over HTTP, a second", "ratio", "x a lean Django page", 0.6, 0.77, at_least=True),
    Target("9 p95", "the same, the slowest twentieth", "ratio", "x a lean Django page", 2.3, 1.3),
    Target("10", "one event posted to the form, judged and stored", "median", "events/s", 80, 160, at_least=True),
    Target("10 p95", "the same, the slowest twentieth", "p95", "ms", None, 30),
)


@dataclass(frozen=True)
class Answer:
    """A target and what was measured."""

    target: Target
    value: float

    @property
    def verdict(self) -> str:
        """aim reached, met, not met; where nothing must be, only whether the aim was reached."""
        if not self.target.holds(self.value, self.target.must):
            return "**not met**"
        if self.target.holds(self.value, self.target.aim):
            return "aim reached"
        return "aim not reached" if self.target.must is None else "met"


def answers(measures: Sequence[Measure]) -> Iterator[Answer]:
    """An answer for each target of which something was measured."""
    found = {one.answers: one for one in measures if one.answers}
    for target in TARGETS:
        measure = found.get(target.number)
        value = getattr(measure, target.read) if measure else None
        if value is not None:
            yield Answer(target, value)
