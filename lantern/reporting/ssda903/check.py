"""Our own checks of the rows before release: fast, on every save, and one that the sector's checks cannot
make.

Codes that are numbers are the collection's own rule numbers for the table taken alone; the others are ours.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lantern.reporting.csv_safe import safe_cell
from lantern.reporting.ssda903.model import Row
from lantern.reporting.ssda903.year import CollectionYear


@dataclass(frozen=True)
class Finding:
    """One thing wrong with one row. `row` counts from 0 in the order given; None: a row is absent."""

    code: str
    message: str
    row: int | None
    child_key: str
    episode: str


def check(rows: Sequence[Row], year: CollectionYear, last_year: Sequence[Row] = ()) -> list[Finding]:
    """Everything wrong with the rows of a collection year, by row.

    `last_year`: the rows reported for the year before, to find an episode left open there that has no row
    here.
    """
    findings = [finding for index, row in enumerate(rows) for finding in _alone(index, row, year)]
    findings += _overlaps(rows)
    findings += _not_carried_over(rows, last_year)
    return sorted(findings, key=lambda one: (one.row is None, one.row or 0, one.code))


def _alone(index: int, row: Row, year: CollectionYear) -> Iterable[Finding]:
    ended = row.ended
    wrong = [
        (ended is not None and row.started > ended, "567", "The start is later than the end."),
        (row.started > year.last_day, "570", "The start is after the end of the collection year."),
        (
            ended is not None and not year.first_day <= ended <= year.last_day,
            "571",
            "The end is outside the collection year.",
        ),
        (row.started <= row.date_of_birth, "586", "The start is on or before the date of birth."),
        (
            safe_cell(row.child) != row.child,
            "unsafe_id",
            "The id starts like a formula; the file marks it as text.",
        ),
        (not row.child.strip(), "no_id", "There is no id for the child."),
    ]
    return [Finding(code, message, index, row.child_key, row.episode) for holds, code, message in wrong if holds]


def _overlaps(rows: Sequence[Row]) -> Iterable[Finding]:
    """Rule 574: by end (an open row by its start), then start; touching on the same day is allowed."""
    by_child: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        by_child[row.child].append(index)
    for indexes in by_child.values():
        indexes.sort(key=lambda index: (rows[index].ended or rows[index].started, rows[index].started))
        for before, index in pairwise(indexes):
            earlier, row = rows[before].ended, rows[index]
            if earlier is None or row.started < earlier:
                message = "The episode overlaps the child's episode before it, or that one is still open."
                yield Finding("574", message, index, row.child_key, row.episode)


def _not_carried_over(rows: Sequence[Row], last_year: Sequence[Row]) -> Iterable[Finding]:
    """An episode open at the end of last year must be here with the same start, however it went on."""
    here: set[tuple[str, date]] = {(row.child, row.started) for row in rows}
    for row in last_year:
        if row.ended is None and (row.child, row.started) not in here:
            message = "The episode was open at the end of last year and has no row this year."
            yield Finding("not_carried_over", message, None, row.child_key, row.episode)
