"""The sector's own rules (PyPI csc-validator-be-903) find nothing in the file we write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lantern.reporting.ssda903 import CollectionYear, Rows, check, file_text, rows
from tests.stages.sector_rules import environment
from tests.stages.ssda903_story import Story

YEAR = CollectionYear(2025)
ALONE = {"564", "565", "566", "567", "570", "571", "574", "586", "1004", "1005", "1006"}
WITH_EPISODES = {"575", "577", "578", "580", "581", "1012", "INT04", "INT13"}
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n{child},1,04/05/2010,WBRI,A123456789123,,\n"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "{child},01/09/2024,S,C2,N1,U1,PR1,,,,KT1 1EU,KT2 5AA,SC000001\n"
)

Judge = Callable[[str], dict[str, Any]]


@pytest.fixture
def judged(tmp_path: Path) -> Judge:
    """Gives what the rules say of a Missing file, beside the tables of child LC1, in care since September
    2024.
    """
    try:
        environment.ready()
    except environment.NotInstalledError as why:
        pytest.skip(f"not run: {why}")

    def ask(missing: str, last_year: str | None = None) -> dict[str, Any]:
        for name, text in (("missing", missing), ("header", HEADER), ("episodes", EPISODES)):
            (tmp_path / f"{name}.csv").write_bytes(text.replace("{child}", "LC1").encode())
        (tmp_path / "last_year").mkdir(exist_ok=True)
        if last_year is not None:
            (tmp_path / "last_year" / "missing.csv").write_bytes(last_year.encode())
        return environment.judge(tmp_path)

    return ask


def year_of_a_child() -> tuple[Rows, Rows]:
    """This year's and last year's report of one child with every kind of episode that makes a row."""
    story = Story()
    story.looked_after("2024-09-01", since="2024-09-01")
    story.away("carried-over", "2025-03-30 20:00", "2025-04-01 09:00")
    story.away("a-day", "2025-06-01 08:00", "2025-06-01 11:00")
    story.away("same-day-again", "2025-06-01 19:00", "2025-06-03 02:00")
    story.away("away", "2025-08-01", "2025-08-04", category="unauthorised_absence")
    story.away("still-missing", "2026-03-31 22:00", "2026-04-01 02:00")
    return rows(story.lines, YEAR), rows(story.lines, YEAR.before)


def test_the_rules_run_and_find_nothing_in_our_rows(judged: Judge):
    this_year, last_year = year_of_a_child()
    assert [row.missing for row in this_year.rows] == ["M", "M", "M", "A", "M"]
    assert check(this_year.rows, YEAR, last_year.rows) == []
    said = judged(file_text(this_year.rows), file_text(last_year.rows))
    assert said["flags"] == {}
    assert set(said["rules_run"]) == ALONE | WITH_EPISODES | {"576"}


def test_where_the_rules_object_our_own_checks_object_too(judged: Judge):
    story = Story()
    story.looked_after("2024-09-01", since="2024-09-01")
    story.away("first", "2025-06-01", "2025-06-05")
    story.away("overlapping", "2025-06-03", "2025-06-07")
    found = rows(story.lines, YEAR)
    said = judged(file_text(found.rows))
    assert said["flags"] == {"574": [1]}
    assert [(finding.code, finding.row) for finding in check(found.rows, YEAR)] == [("574", 1)]
