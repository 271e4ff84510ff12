"""Agencies, people and their roles, as an operator sets them up. Nothing here reads a child's record."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug

from lantern.access import context, grants, people
from lantern.access.models import Agency, Membership, Person
from lantern.access.roles import DESCRIBED
from lantern.plumbing import logs
from lantern.plumbing.errors import Refused
from lantern.record.actor import Actor

log = logs.get("actions")


def add_agency(
    *, code: str, name: str, kind: str, authority: str = "", contact: str = "", by: Actor, at: datetime
) -> Agency:
    """A new agency. Raises Refused for a code or authority that is taken, and for a kind without what it needs."""
    with context.system("add agency"):
        _check_agency(code, kind, authority)
        agency = grants.add_agency(code, name, kind, authority=authority, contact=contact)
    log.info("agency.added", agency=code, person=by.person_id)
    return agency


def add_person(*, email: str, name: str, agency: str, role: str, password: str, by: Actor, at: datetime) -> Person:
    """Somebody new with one role; they add their second factor when they first sign in.

    Raises Refused for an address that is taken or none, an unknown agency, and a role that does not belong there.
    """
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Refused(f"{email} is not an e-mail address.") from wrong
    with context.system("add person"):
        if Person.objects.filter(email__iexact=email.strip()).exists():
            raise Refused(f"There is somebody with the e-mail address {email} already: give them a role instead.")
        person = people.add_person(email, name, password)
        _give(person, agency, role, at)
    log.info("person.added", agency=agency, person=person.id)
    return person


def give_role(*, email: str, agency: str, role: str, by: Actor, at: datetime) -> Membership:
    """One more role for somebody; harmless when they have it. Raises Refused, also for a closed account."""
    with context.system("give role"):
        person = _person(email)
        if not person.is_active:
            raise Refused(f"The account of {email} is closed: open it first.")
        held = _give(person, agency, role, at)
    log.info("role.given", agency=agency, person=person.id)
    return held


def end_role(*, email: str, agency: str, role: str, by: Actor, at: datetime) -> None:
    """End a role; what they saw through it alone is shut at once. Raises Refused when they do not have it."""
    with context.system("end role"):
        held = Membership.objects.filter(person=_person(email), agency=_agency(agency), role=role, until=None).first()
        if held is None:
            raise Refused(f"{email} has no role {role} at {agency}.")
        grants.end_role(held, at)
    log.info("role.ended", agency=agency, person=held.person_id)


def close_account(*, email: str, by: Actor, at: datetime) -> int:
    """Close the account and end every role of it; how many ended. Sessions that are open see nothing from then on."""
    with context.system("close account"):
        person = _person(email)
        people.set_open(person, is_open=False)
        held = list(Membership.objects.filter(person=person, until=None))
        for membership in held:
            grants.end_role(membership, at)
    log.info("account.closed", person=person.id, count=len(held))
    return len(held)


def open_account(*, email: str, by: Actor, at: datetime) -> None:
    """Open a closed account again, without any role; password and second factor are those of before."""
    with context.system("open account"):
        person = _person(email)
        people.set_open(person, is_open=True)
    log.info("account.opened", person=person.id)


def _check_agency(code: str, kind: str, authority: str) -> None:
    try:
        validate_slug(code)
    except ValidationError as wrong:
        raise Refused(f"{code} is no code: letters, digits and hyphens, such as kingston.") from wrong
    if kind not in Agency.Kind.values:
        raise Refused(f"An agency is one of {', '.join(Agency.Kind.values)}.")
    if Agency.objects.filter(code__iexact=code).exists():
        raise Refused(f"There is an agency {code} already.")
    if (kind == Agency.Kind.AUTHORITY) != bool(authority):
        raise Refused("A local authority needs its short name, such as Kingston, and no other agency has one.")
    if authority and Agency.objects.filter(authority__iexact=authority).exists():
        raise Refused(f"Another agency is the local authority {authority} already.")


def _give(person: Person, agency: str, role: str, at: datetime) -> Membership:
    found = _agency(agency)
    described = DESCRIBED.get(role)
    if described is None or found.kind not in described.kinds:
        fitting = sorted(name for name, each in DESCRIBED.items() if found.kind in each.kinds)
        raise Refused(f"There is no role {role} at {agency}; its roles are {', '.join(fitting)}.")
    return grants.give_role(person, found, role, at)


def _agency(code: str) -> Agency:
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise Refused(f"There is no agency {code}; lantern agencies list shows those there are.")
    return found


def _person(email: str) -> Person:
    found = Person.objects.filter(email__iexact=email.strip()).first()
    if found is None:
        raise Refused(f"There is nobody with the e-mail address {email}.")
    return found
