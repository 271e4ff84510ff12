"""The people who hold a role in an agency now and can be written to."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from lantern.alerts.ladders import above
from lantern.engine.roles import acting_as
from lantern.plumbing import sql

_HOLD = (
    "SELECT agency.code, agency.kind, held.role, person.id FROM access_agency agency"
    " LEFT JOIN access_membership held ON held.agency_id = agency.id"
    "  AND held.since <= %s AND (held.until IS NULL OR held.until > %s)"
    " LEFT JOIN access_person person ON person.id = held.person_id AND person.is_active"
    " WHERE agency.code = ANY(%s) ORDER BY held.since, person.id"
)


class Roster:
    """Who holds which role in which agency at an instant; asked once for all agencies of a plan."""

    def __init__(self, agencies: Iterable[str], at: datetime) -> None:
        self._kinds: dict[str, str] = {}
        self._people: dict[tuple[str, str], list[UUID]] = {}
        (rows,) = sql.together((_HOLD, [at, at, sorted(set(agencies))]))
        for code, kind, role, person in rows:
            self._kinds[code] = kind
            if person:
                self._people.setdefault((code, role), []).append(person)

    def holders(self, agency: str, role: str) -> list[UUID]:
        """The people of a role; where nobody holds it, those who act for it, then the nearest role above."""
        for each in (role, *acting_as(role), *self._above(agency, role)):
            if found := self._people.get((agency, each)):
                return found
        return []

    def climbed(self, agency: str, role: str, step: int) -> list[UUID] | None:
        """The people `step` rungs above `role`; none past the top. Rungs that nobody holds are skipped."""
        rungs = [each for each in self._above(agency, role) if (agency, each) in self._people]
        rung = next(islice(rungs, step - 1, None), None)
        return self._people[agency, rung] if rung else None

    def _above(self, agency: str, role: str) -> list[str]:
        return list(above(self._kinds.get(agency, ""), role))


def everybody_with(roles: Sequence[str], at: datetime) -> list[UUID]:
    """The people who hold one of these roles in any agency."""
    with sql.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT person.id FROM access_membership held"
            " JOIN access_person person ON person.id = held.person_id"
            " WHERE held.role = ANY(%s) AND held.since <= %s AND (held.until IS NULL OR held.until > %s)"
            " AND person.is_active ORDER BY person.id",
            [list(roles), at, at],
        )
        return [person for (person,) in cursor.fetchall()]
