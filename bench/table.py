"""Prints what was measured and keeps it: a line of history, and the table of targets in the README."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bench.targets import Answer, answers
from bench.timing import Measure

HISTORY = Path(__file__).parent / "history"
README = Path(__file__).parent / "README.md"
FROM, TO = "<!-- measured: from -->\n", "<!-- measured: to -->"


def text(facts: dict[str, str], measures: Sequence[Measure]) -> str:
    """Facts of the machine, a line for each figure, and one for each target."""
    lines = [f"{name:>10}  {value}" for name, value in facts.items()]
    lines += ["", f"{'what':<58} {'median':>12} {'p95':>10}  {'unit':<11} {'runs':>5}  ratio"]
    lines += [_line(one) for one in measures]
    lines += ["", f"{'target':<68} {'must':>8} {'aim':>8} {'measured':>10}  unit"]
    lines += [_target(one) for one in answers(measures)]
    return "\n".join(lines)


def _line(one: Measure) -> str:
    p95 = "" if one.p95 is None else _short(one.p95)
    ratio = "" if one.ratio is None else f"{one.ratio:.2f} x {one.against}"
    return f"{one.name:<58} {_short(one.median):>12} {p95:>10}  {one.unit:<11} {one.runs:>5}  {ratio}".rstrip()


def _target(one: Answer) -> str:
    target, says = one.target, f"{one.target.number:<7} {one.target.says}"
    return (
        f"{says:<68} {_limit(one, target.must):>8} {_limit(one, target.aim):>8} {_short(one.value):>10}"
        f"  {target.unit}: {one.verdict.replace('*', '')}"
    )


def _limit(one: Answer, limit: float | None) -> str:
    return "" if limit is None else f"{'≥' if one.target.at_least else '≤'} {limit:g}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def keep(at: datetime, facts: dict[str, str], measures: Sequence[Measure]) -> Path:
    """Add one line of JSON to the history of the month."""
    HISTORY.mkdir(exist_ok=True)
    path = HISTORY / f"{at:%Y-%m}.jsonl"
    line = {"at": at.isoformat(timespec="seconds"), "machine": facts, "measures": [asdict(one) for one in measures]}
    with path.open("a") as file:
        file.write(json.dumps(line) + "\n")
    return path


def show(at: datetime, facts: dict[str, str], measures: Sequence[Measure]) -> None:
    """Put the targets with what was measured into the README, in the place of those of the last time."""
    rows = [
        f"| {one.target.number} | {one.target.says} | {_limit(one, one.target.must)} | {_limit(one, one.target.aim)}"
        f" | {_short(one.value)} | {one.target.unit} | {one.verdict} |"
        for one in answers(measures)
    ]
    machine = f"{facts['processor']}, {facts['cores']} cores, Python {facts['python']}, load before {facts['load']}"
    table = [
        f"Measured {at:%d %B %Y at %H:%M} UTC at {facts['commit']}: {machine}.",
        "",
        "| # | target | must | aim | measured | unit | |",
        "|---|---|---|---|---|---|---|",
        *rows,
        "",
    ]
    before, _, rest = README.read_text().partition(FROM)
    _, _, after = rest.partition(TO)
    README.write_text(f"{before}{FROM}" + "\n".join(table) + f"{TO}{after}")
