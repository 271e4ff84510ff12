"""Which agencies get a part in a child's case, by what was said of the child and by who said it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from lantern.access import elsewhere, grants
from lantern.access.models import Agency, CaseRole, Person
from lantern.alerts import plan
from lantern.duties.owners import case_of
from lantern.plumbing import doorbell, sql
from lantern.record import load
from lantern.record.actor import Actor
from lantern.record.append import NewEvent
from lantern.record.settle import settled

Part = CaseRole.Part
# what an agency is to a child, when all that is known is that it recorded something about them
_PART_OF_KIND = {
    Agency.Kind.AUTHORITY: Part.HOST_AUTHORITY,
    Agency.Kind.POLICE: Part.POLICE,
    Agency.Kind.PROVIDER: Part.PROVIDER,
    Agency.Kind.SCHOOL: Part.SCHOOL,
    Agency.Kind.CHARITY: Part.RETURN_SERVICE,
}
SHAPES_THE_CASE = frozenset({"profile_recorded", "report_received"})
_HELD = """
SELECT EXISTS (SELECT 1 FROM access_agency WHERE code = %(code)s),
       EXISTS (SELECT 1 FROM access_caserole held JOIN access_agency agency ON agency.id = held.agency_id
                WHERE held.child_id = %(child)s AND agency.code = %(code)s AND held.until IS NULL),
       (SELECT count(*) FROM access_agency WHERE kind = 'police'),
       EXISTS (SELECT 1 FROM access_caserole WHERE child_id = %(child)s AND part = 'police' AND until IS NULL)
"""
_ONE_HOLDER = (Part.RESPONSIBLE_AUTHORITY, Part.HOST_AUTHORITY)


def keep_in_step(child_id: UUID, events: Iterable[NewEvent], *, by: Actor, at: datetime) -> None:
    """Give the parts that follow from new events and from who acts. Needs a system context.

    What a person says of the authority takes the place of what was held; what a machine says only adds, so that no
    report that arrives by itself can shut an authority out of a case.
    """
    said: dict[str, Any] = {}
    told_police = False
    for event in events:
        if event.type == "profile_recorded":
            said |= event.fields
        told_police |= event.type == "report_received" and event.fields.get("received_by") == "police"
    wanted = _named_in(said)
    if not wanted and _is_in_step(child_id, by.agency, told_police=told_police):
        return  # nearly always: whoever records something has done so before
    agencies = list(Agency.objects.filter(_any_of(wanted, by.agency)))
    for part, agency in _given(wanted, agencies):
        grants.give_case_role(child_id, agency, part, at)
        if by.person_id and part in _ONE_HOLDER:
            _end_others(child_id, agency, part, at)
    for agency in agencies:
        if agency.code == by.agency:
            give_usual_part(child_id, agency, at)
    if told_police:
        _part_of_the_only_force(child_id, at)


def _is_in_step(child_id: UUID, code: str, *, told_police: bool) -> bool:
    """Whether who records has a part already, and the police where the report came to them."""
    (((known, has_part_, forces, police),),) = sql.together((_HELD, {"child": child_id, "code": code}))
    return (has_part_ or not known) and (police or forces != 1 or not told_police)


def is_new(child_id: UUID) -> bool:
    """Whether no agency has, or ever had, a part in the case. Needs a system context."""
    return not CaseRole.objects.filter(child_id=child_id).exists()


def has_part(child_id: UUID, code: str) -> bool:
    """Whether the agency has a part in the case. Needs a system context."""
    return CaseRole.objects.filter(child_id=child_id, agency__code=code, until=None).exists()


def come_with_report(child_id: UUID, report: Mapping[str, Any] | None, *, by: Actor, at: datetime) -> bool:
    """Whether an agency without a part comes into the case by reporting the child; if not, it asks for a part.

    The police force that took the report does, and the provider with whom the child is placed. Nobody else: a name and
    a date of birth that somebody knows must not open a record. Needs a system context.
    """
    agency = Agency.objects.get(code=by.agency)
    took = agency.kind == Agency.Kind.POLICE and (report or {}).get("received_by") == "police"
    if took or (agency.kind == Agency.Kind.PROVIDER and _placed_with(child_id) == agency.name.lower()):
        give_usual_part(child_id, agency, at)
        return True
    if by.person_id:
        asked = grants.ask_for_part(child_id, agency, by.person_id, at)
        plan.plan_request(asked.id, child_id, contact_in(child_id, at), at)
        doorbell.ring()
    return False


def contact_in(child_id: UUID, at: datetime) -> str:
    """Code of the authority to ask about the case; empty where none has a part."""
    return case_of(child_id, [], at).agency_for("front_door", "")


def tell_contact(child_id: UUID, person_id: UUID | None, at: datetime) -> str:
    """The same, for somebody who does not see the record; written down. A restricted record stays silent: empty."""
    person = Person.objects.filter(pk=person_id).first() if person_id else None
    if person is None or not elsewhere.not_restricted([child_id]):
        return ""
    elsewhere.note_answer(person, [child_id], at)
    return contact_in(child_id, at)


def _placed_with(child_id: UUID) -> str:
    """The provider of the placement, as it was said last, in lower case."""
    lines = settled(load.log_of([child_id]))
    said = [line["placement"] for line in lines if isinstance(line.get("placement"), Mapping)]
    return str(said[-1].get("provider") or "").lower() if said else ""


def _named_in(said: Mapping[str, Any]) -> dict[str, str]:
    """Part: the name by which the facts call the agency."""
    placement = said.get("placement") or {}
    names = {
        Part.RESPONSIBLE_AUTHORITY: said.get("responsible_authority"),
        Part.HOST_AUTHORITY: said.get("host_authority"),
        Part.PROVIDER: placement.get("provider") if isinstance(placement, Mapping) else None,
        Part.SCHOOL: said.get("school"),
    }
    return {part: str(name) for part, name in names.items() if name}


def _any_of(wanted: Mapping[str, str], code: str) -> Q:
    found = Q(code=code)
    for name in wanted.values():
        found |= Q(authority=name) | Q(name__iexact=name)
    return found


def _given(wanted: Mapping[str, str], agencies: Iterable[Agency]) -> Iterable[tuple[str, Agency]]:
    kinds = {Part.PROVIDER: Agency.Kind.PROVIDER, Part.SCHOOL: Agency.Kind.SCHOOL}
    for agency in agencies:
        for part, name in wanted.items():
            same = name in (agency.authority, agency.name) or name.lower() == agency.name.lower()
            if same and agency.kind == kinds.get(Part(part), Agency.Kind.AUTHORITY):
                yield part, agency


def _end_others(child_id: UUID, agency: Agency, part: str, at: datetime) -> None:
    others = CaseRole.objects.filter(child_id=child_id, part=part, until=None).exclude(agency=agency)
    for held in others.select_related("agency"):
        grants.end_case_role(child_id, held.agency, part, at)


def give_usual_part(child_id: UUID, agency: Agency, at: datetime) -> None:
    """Whoever records something of a child has a part in the case; an agency that has one gets no second."""
    part = _PART_OF_KIND.get(Agency.Kind(agency.kind))
    if part and not CaseRole.objects.filter(child_id=child_id, agency=agency, until=None).exists():
        grants.give_case_role(child_id, agency, part, at)


def _part_of_the_only_force(child_id: UUID, at: datetime) -> None:
    """A report to the police brings the force in, where there is one only; among several, the one that records it."""
    forces = list(Agency.objects.filter(kind=Agency.Kind.POLICE)[:2])
    if len(forces) == 1 and not CaseRole.objects.filter(child_id=child_id, part=Part.POLICE, until=None).exists():
        grants.give_case_role(child_id, forces[0], Part.POLICE, at)
