"""Who has seen this record, and why could they; for a page to show and an auditor to ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lantern.access.models import Agency, CaseRole, Person, ReadAudit
from lantern.access.roles import DESCRIBED

NEWEST = 500  # rows that one page shows
SHOWN, TOLD = ReadAudit.Outcome.SHOWN, ReadAudit.Outcome.TOLD
LOOKS = (SHOWN, TOLD)
WHY_TOLD = "They gave the whole name and the date of birth, and were told which agency to contact and nothing else."


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a record. why: one sentence, from what was true when they looked."""

    at: datetime
    person: str
    role: str
    agency: str
    purpose: str
    why: str


@dataclass(frozen=True, slots=True)
class Reader:
    """An agency that may open the record now, and through which part in the case."""

    agency: str
    part: str
    since: datetime


def looks_at(child_id: UUID) -> list[Look]:
    """The latest looks at this child's record, newest first. The caller came by the gate."""
    rows = list(ReadAudit.objects.filter(child_id=child_id, outcome__in=LOOKS).order_by("-at", "-id")[:NEWEST])
    return _worded(rows)


def looks_by_agency(agency_code: str) -> list[Look]:
    """The latest looks by people of this agency, newest first; for its auditor. No child is named."""
    rows = list(ReadAudit.objects.filter(agency_code=agency_code, outcome__in=LOOKS).order_by("-at", "-id")[:NEWEST])
    return _worded(rows)


def who_can_see(child_id: UUID) -> list[Reader]:
    """The agencies with a part in the child's case now, in the order in which they came."""
    parts = CaseRole.objects.raw(
        "SELECT * FROM lantern_parts_in_case(%s) WHERE until IS NULL ORDER BY since, id", [child_id]
    )
    names = {agency.id: agency.name for agency in Agency.objects.all()}
    return [Reader(names[part.agency_id], CaseRole.Part(part.part).label, part.since) for part in parts]


def _worded(rows: list[ReadAudit]) -> list[Look]:
    people = dict(Person.objects.filter(id__in={row.person_id for row in rows}).values_list("id", "name"))
    agencies = dict(Agency.objects.values_list("code", "name"))
    return [_look(row, people, agencies) for row in rows]


def _look(row: ReadAudit, people: dict[UUID, str], agencies: dict[str, str]) -> Look:
    role = DESCRIBED[row.role].says if row.role in DESCRIBED else row.role
    agency = agencies.get(row.agency_code, row.agency_code)
    return Look(
        at=row.at,
        person=people.get(row.person_id, "a person who is no longer here"),
        role=role,
        agency=agency,
        purpose=row.purpose,
        why=_why(row, agency, role),
    )


def _why(row: ReadAudit, agency: str, role: str) -> str:
    if row.outcome == TOLD:
        return WHY_TOLD
    if row.message_id:
        return f"{agency} takes in reports, this one could not be read, and they were its {role}."
    part = CaseRole.Part(row.because).label if row.because else "agency with a part in the case"
    return f"{agency} was the child's {part}, and they were its {role}."
