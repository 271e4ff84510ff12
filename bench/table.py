"""Prints what was measured and keeps it."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bench.timing import Measure

HISTORY = Path(__file__).parent / "history"


def text(facts: dict[str, str], measures: Sequence[Measure]) -> str:
    """Facts of the machine, then a line for each figure."""
    lines = [f"{name:>10}  {value}" for name, value in facts.items()]
    lines += ["", f"{'what':<46} {'median':>12} {'p95':>10}  {'unit':<11} {'runs':>5}  ratio"]
    lines += [_line(one) for one in measures]
    return "\n".join(lines)


def _line(one: Measure) -> str:
    p95 = "" if one.p95 is None else _short(one.p95)
    ratio = "" if one.ratio is None else f"{one.ratio:.2f} x {one.against}"
    return f"{one.name:<46} {_short(one.median):>12} {p95:>10}  {one.unit:<11} {one.runs:>5}  {ratio}".rstrip()


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def keep(at: datetime, facts: dict[str, str], measures: Sequence[Measure]) -> Path:
    """Add one line of JSON to the history of the month."""
    HISTORY.mkdir(exist_ok=True)
    path = HISTORY / f"{at:%Y-%m}.jsonl"
    line = {"at": at.isoformat(timespec="seconds"), "machine": facts, "measures": [asdict(one) for one in measures]}
    with path.open("a") as file:
        file.write(json.dumps(line) + "\n")
    return path
