"""Somebody looks for a child outside their scope: told is which agency to contact, and nothing of the child."""

from dataclasses import dataclass
from datetime import date, datetime

from lantern.access import context, elsewhere, gate
from lantern.access.models import Agency, Person
from lantern.actions import case_parts
from lantern.record import match


@dataclass(frozen=True, slots=True)
class Knows:
    """An agency that answers for the child, and how to reach its front door; empty where it has not said."""

    agency: str
    contact: str


@dataclass(frozen=True, slots=True)
class WhoKnows:
    """The answer. too_often: the person has asked too much lately, and nothing was looked up."""

    agencies: tuple[Knows, ...] = ()
    too_often: bool = False


def ask_who_knows(*, words: str, date_of_birth: date | None, person: Person, at: datetime) -> WhoKnows:
    """The authorities that answer for a child with exactly this name and date of birth whom `person` may not see.

    A part of a name, no date of birth, a restricted record and a child whom nobody knows give the same: nobody.
    """
    if date_of_birth is None or not match.is_whole_name(words):
        return WhoKnows()
    with context.system("who knows a child"):
        if elsewhere.asked_too_often(person, at):
            return WhoKnows(too_often=True)
        found = elsewhere.not_restricted(match.with_whole_name(words, date_of_birth))
        found -= set(gate.children_visible_to(person).filter(id__in=found).values_list("id", flat=True))
        codes = {child_id: case_parts.contact_in(child_id, at) for child_id in found}
        # which force or which home knows a child would tell something of the child
        agencies = Agency.objects.filter(code__in=codes.values(), kind=Agency.Kind.AUTHORITY).order_by("name")
        told = {agency.code: Knows(agency.name, agency.contact) for agency in agencies}
        elsewhere.note_answer(person, [child_id for child_id, code in sorted(codes.items()) if code in told], at)
    return WhoKnows(tuple(told.values()))
