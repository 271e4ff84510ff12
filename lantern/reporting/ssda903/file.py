"""The CSV of the `Missing` table: five columns, dates as dd/mm/yyyy, UTF-8, and nothing a spreadsheet would
run.
"""

from collections.abc import Sequence
from datetime import date

from lantern.reporting.csv_safe import csv_text
from lantern.reporting.ssda903.model import Row

HEADER = ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")


def file_text(rows: Sequence[Row]) -> str:
    """The whole file; only the header where there is no row."""
    return csv_text(HEADER, (cells(row) for row in rows))


def file_name(label: str) -> str:
    """The usual name of the file of a collection year."""
    return f"ssda903-missing-{label}.csv"


def cells(row: Row) -> tuple[str, ...]:
    """One line of the file, before it is made safe."""
    return (row.child, british(row.date_of_birth), row.missing, british(row.started), british(row.ended))


def british(day: date | None) -> str:
    """dd/mm/yyyy; empty for None."""
    return "" if day is None else f"{day:%d/%m/%Y}"
