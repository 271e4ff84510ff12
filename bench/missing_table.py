"""The SSDA903 Missing table: rows from logs, our checks of them, and the file."""

import random
from datetime import date, timedelta

from bench.timing import Measure, Samples
from bench.workload import SEED, log_lines
from lantern.reporting.ssda903 import CollectionYear, Row, check, file_text, rows

ROWS = 10_000
RUNS = 5


def measure(episodes: int) -> list[Measure]:
    """Making the report of a year, and checking and writing a large table."""
    lines = [line for child in log_lines(episodes).values() for line in child]
    table, year = _table(), CollectionYear(2025)
    made, checked, written = Samples(), Samples(), Samples()
    for _ in range(RUNS):
        made.run(lambda: rows(lines, year))
        checked.run(lambda: check(table, year))
        written.run(lambda: file_text(table))
    return [
        made.measure(f"SSDA903 rows from {episodes} episodes"),
        checked.measure(f"SSDA903 checks of {ROWS:,} rows"),
        written.measure(f"SSDA903 file of {ROWS:,} rows"),
    ]


def _table() -> list[Row]:
    dice = random.Random(SEED)  # noqa: S311  a repeatable workload, not a secret
    found = []
    for number in range(ROWS):
        start = date(2025, 4, 1) + timedelta(days=dice.randrange(365))
        end = min(start + timedelta(days=dice.choice([0, 1, 1, 2, 9])), date(2026, 3, 31))
        found.append(Row(f"L{number % 3000}", date(2011, 5, 4), "M", start, end, f"C{number}", f"E{number}", {}))
    return found
