"""The collection year, the CSV and our own checks of it."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lantern.plumbing.errors import Malformed
from lantern.reporting.csv_safe import safe_cell
from lantern.reporting.ssda903 import HEADER, CollectionYear, Row, check, file_text, read_rows, year_of

YEAR = CollectionYear(2025)
ROW = Row("L1", date(2010, 5, 4), "M", date(2025, 6, 1), date(2025, 6, 3), "C1", "E1", {})


def codes(*rows: Row, last_year: tuple[Row, ...] = ()) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.row) for finding in check(rows, YEAR, last_year)]


def test_a_year_is_read_from_its_label_and_refused_otherwise():
    year = CollectionYear.parse("2025-26")
    assert (year.first_day, year.last_day, str(year)) == (date(2025, 4, 1), date(2026, 3, 31), "2025-26")
    assert str(CollectionYear(2099)) == "2099-00"
    for wrong in ("2025", "2025-27", "25-26", "", "2025-2026"):
        with pytest.raises(Malformed, match="2025-26"):
            CollectionYear.parse(wrong)


def test_the_year_of_an_instant_goes_by_its_london_date():
    assert year_of(datetime(2026, 3, 31, 22, 59, tzinfo=UTC)) == CollectionYear(2025)
    assert year_of(datetime(2026, 3, 31, 23, 0, tzinfo=UTC)) == CollectionYear(2026)


def test_the_file_has_exactly_the_five_columns_and_british_dates():
    text = file_text([ROW, replace(ROW, ended=None, missing="A")])
    assert text == (
        "CHILD,DOB,MISSING,MIS_START,MIS_END\r\n"
        "L1,04/05/2010,M,01/06/2025,03/06/2025\r\n"
        "L1,04/05/2010,A,01/06/2025,\r\n"
    )
    assert file_text([]) == ",".join(HEADER) + "\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_can_be_run_as_a_formula(start):
    text = file_text([replace(ROW, child=f'{start}cmd,"x"')])
    cell = next(iter(csv.DictReader(io.StringIO(text, newline=""))))["CHILD"]
    assert cell == f'\'{start}cmd,"x"'
    assert safe_cell("L1") == "L1"


def test_a_file_is_read_back_and_a_bad_one_is_refused_with_its_line():
    sent = [replace(ROW, child_key="", episode=""), replace(ROW, ended=None, child_key="", episode="")]
    assert read_rows(file_text(sent)) == sent
    with pytest.raises(Malformed, match="exactly the columns"):
        read_rows("CHILD,DOB\r\n")
    for wrong in ("L1,2010-05-04,M,01/06/2025,", "L1,04/05/2010,X,01/06/2025,"):
        with pytest.raises(Malformed, match="Line 2"):
            read_rows(f"{','.join(HEADER)}\r\n{wrong}\r\n")


def test_good_rows_have_no_findings():
    assert codes(ROW, replace(ROW, started=ROW.ended, ended=None)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"started": date(2025, 6, 4)}, "567"),
        ({"started": date(2026, 4, 1), "ended": None}, "570"),
        ({"started": date(2025, 3, 1), "ended": date(2025, 3, 31)}, "571"),
        ({"ended": date(2026, 4, 1)}, "571"),
        ({"date_of_birth": date(2025, 6, 1)}, "586"),
        ({"child": "=1+1"}, "unsafe_id"),
        ({"child": " "}, "no_id"),
    ],
)
def test_each_check_finds_its_fault(changes, code):
    assert (code, 0) in codes(replace(ROW, **changes))
    assert codes(ROW) == []


def test_overlapping_episodes_of_one_child_are_found_and_touching_ones_are_not():
    later = replace(ROW, started=date(2025, 6, 3), ended=date(2025, 6, 5), episode="E2")
    assert codes(ROW, later) == []
    assert codes(ROW, replace(later, started=date(2025, 6, 2))) == [("574", 1)]
    assert codes(replace(ROW, ended=None), later) == [("574", 1)]
    assert codes(ROW, replace(later, started=date(2025, 6, 2), child="L2")) == []


def test_an_episode_open_last_year_must_be_carried_over_with_its_start():
    opened = replace(ROW, started=date(2025, 3, 20), ended=None)
    assert codes(ROW, last_year=(opened,)) == [("not_carried_over", None)]
    assert codes(replace(opened, ended=date(2025, 4, 2)), last_year=(opened,)) == []
    assert codes(ROW, last_year=(replace(opened, ended=date(2025, 3, 21)),)) == []
