"""Whether the second factor was given in this session."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from lantern.access.models import Person

SECOND = "mfa"


def signed_in(request: HttpRequest) -> Person | None:
    """Who has signed in wholly: an open account, and a second factor given in this session."""
    person = request.user
    if not isinstance(person, Person) or not person.is_active:
        return None
    records = get_authentication_records(request, person)
    return person if any(record.get("method") == SECOND for record in records) else None


def has_second_factor(request: HttpRequest) -> bool:
    """Whether somebody has signed in wholly."""
    return signed_in(request) is not None
