"""The report for a person, over the children of an authority they may report for; and for an operator, over all.

A report rests on every child for whom the authority was ever answerable, also those it no longer works with: an
episode is reported by whoever was responsible on the day it started. What was read is written to the read audit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from lantern.access import context
from lantern.access.may import memberships_that_allow
from lantern.access.models import CaseRole, Membership, NamedReader, Person, ReadAudit, RestrictedRecord
from lantern.access.permissions import Permission
from lantern.access.request import current
from lantern.plumbing.errors import Refused
from lantern.record import load
from lantern.record.models import Child
from lantern.reporting.ssda903.check import Finding, check
from lantern.reporting.ssda903.model import LeftOut, Problem, Row, Rows
from lantern.reporting.ssda903.problems import PROBLEMS
from lantern.reporting.ssda903.rows import rows
from lantern.reporting.ssda903.year import CollectionYear

PURPOSE = "ssda903 report"


class MayNotReport(Refused):
    """The person makes no statutory reports for that authority."""

    code = "may_not_report"


@dataclass(frozen=True)
class Report:
    """A made report: the rows with what stands in the way of others, and what our checks find in them."""

    rows: Rows
    findings: list[Finding]
    authority: str | None


def authorities_of(person: Person) -> list[str]:
    """Short names of the authorities that `person` may report for, in alphabetical order. Needs a context."""
    return sorted({held.agency.authority for held in _memberships(person)})


def for_person(
    person: Person,
    year: CollectionYear,
    authority: str,
    *,
    at: datetime,
    known_at: datetime | None = None,
    last_year: Sequence[Row] = (),
) -> Report:
    """The report of `authority` as known at `known_at` (None: `at`). Raises MayNotReport.

    Opens a system context of its own to read the log, because an analyst may report on children whose record they may
    not open; their names are never read. Episodes of a record restricted to others become problems.
    """
    membership = next((held for held in _memberships(person) if held.agency.authority == authority), None)
    if membership is None:
        raise MayNotReport("You make no statutory reports for that authority.", authority=authority)
    with context.system("ssda903 report"):
        children = _answerable(membership)
        closed = _closed_to(person)
        found = _withheld(_rows(children, year, known_at or at, authority), closed)
        _note_read(membership, _shown(found) - closed, at)
    return Report(found, check(found.rows, year, last_year), authority)


def for_operator(
    year: CollectionYear,
    *,
    at: datetime,
    known_at: datetime | None = None,
    authority: str | None = None,
    last_year: Sequence[Row] = (),
) -> Report:
    """The report over every child, or those of one authority; for the command line. Needs a system context."""
    found = _rows(Child.objects.all(), year, known_at or at, authority)
    return Report(found, check(found.rows, year, last_year), authority)


def _memberships(person: Person) -> list[Membership]:
    if not person.is_active:
        return []
    return [held for held in memberships_that_allow(person, Permission.SEE_FIGURES) if held.agency.authority]


def _answerable(membership: Membership) -> list[Child]:
    """Children for whom the membership's authority is or was the responsible one."""
    part = CaseRole.Part.RESPONSIBLE_AUTHORITY
    parts = CaseRole.objects.filter(agency_id=membership.agency_id, part=part)
    return list(Child.objects.filter(id__in=parts.values("child_id")))


def _closed_to(person: Person) -> set[UUID]:
    """Children whose record is restricted to named people without `person`."""
    named = NamedReader.objects.filter(person=person, until=None)
    restricted = RestrictedRecord.objects.filter(until=None).exclude(child_id__in=named.values("child_id"))
    return set(restricted.values_list("child_id", flat=True))


def _rows(children: Iterable[Child], year: CollectionYear, known_at: datetime, authority: str | None) -> Rows:
    refs = {str(child.id): child.ref for child in children}
    lines = load.log_of([UUID(child) for child in refs], known_at=known_at)
    return rows(lines, year, known_at=known_at, authority=authority, refs=refs)


def _withheld(found: Rows, closed: set[UUID]) -> Rows:
    """The report with the rows and problems of closed records turned into problems that say no more than that."""
    message, needs = PROBLEMS["restricted"]
    open_ = [one for one in found.problems if UUID(one.child_key) not in closed]
    reported: tuple[Row | Problem, ...] = (*found.rows, *found.problems)
    held = [one for one in reported if UUID(one.child_key) in closed]
    return replace(
        found,
        rows=tuple(row for row in found.rows if UUID(row.child_key) not in closed),
        problems=(*open_, *(Problem("restricted", one.child_key, one.episode, message, needs) for one in held)),
        left_out=tuple(one for one in found.left_out if UUID(one.child_key) not in closed),
    )


def _shown(found: Rows) -> set[UUID]:
    listed: tuple[Row | Problem | LeftOut, ...] = (*found.rows, *found.problems, *found.left_out)
    return {UUID(one.child_key) for one in listed}


def _note_read(membership: Membership, children: set[UUID], at: datetime) -> None:
    """Write that the report showed these children; in the transaction that reads them."""
    request = current.get()
    ReadAudit.objects.bulk_create(
        ReadAudit(
            person_id=membership.person_id,
            membership_id=membership.id,
            agency_code=membership.agency.code,
            role=membership.role,
            child_id=child,
            page=request.page or PURPOSE,
            purpose=PURPOSE,
            because=CaseRole.Part.RESPONSIBLE_AUTHORITY,
            outcome=ReadAudit.Outcome.SHOWN,
            at=at,
            request_id=request.id,
        )
        for child in sorted(children)
    )
