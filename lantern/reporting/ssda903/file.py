"""The CSV of the `Missing` table: five columns, dates as dd/mm/yyyy, UTF-8, and nothing a spreadsheet would
run.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

from lantern.plumbing.errors import Malformed
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


def read_rows(text: str) -> list[Row]:
    """The rows of a file as it was sent, to check the next year's against. Raises Malformed with the line."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if sorted(reader.fieldnames or ()) != sorted(HEADER):
        raise Malformed(f"The file must have exactly the columns {', '.join(HEADER)}.")
    return [_row(number, line) for number, line in enumerate(reader, start=2)]


def _row(number: int, line: dict[str, str]) -> Row:
    letter = line["MISSING"].strip().upper()
    try:
        born, started = _day(line["DOB"]), _day(line["MIS_START"])
        ended = _day(line["MIS_END"]) if line["MIS_END"].strip() else None
    except ValueError as wrong:
        raise Malformed(f"Line {number}: write dates as dd/mm/yyyy.", line=number) from wrong
    if letter not in ("M", "A"):
        raise Malformed(f"Line {number}: MISSING must be M or A.", line=number)
    return Row(line["CHILD"].strip(), born, "M" if letter == "M" else "A", started, ended, "", "", {})


def _day(text: str) -> date:
    return datetime.strptime(text.strip(), "%d/%m/%Y").date()  # noqa: DTZ007  a date, no instant
