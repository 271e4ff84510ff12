"""The `Missing` table of the children looked after collection (SSDA903): see README.md."""

from lantern.reporting.ssda903.check import Finding, check
from lantern.reporting.ssda903.file import HEADER, file_name, file_text, read_rows
from lantern.reporting.ssda903.model import LeftOut, Problem, Row, Rows
from lantern.reporting.ssda903.rows import rows
from lantern.reporting.ssda903.year import CollectionYear, year_of

__all__ = [
    "HEADER",
    "CollectionYear",
    "Finding",
    "LeftOut",
    "Problem",
    "Row",
    "Rows",
    "check",
    "file_name",
    "file_text",
    "read_rows",
    "rows",
    "year_of",
]
