"""Adds people, with what they sign in by, and closes their accounts."""

import secrets

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp

from lantern.access.models import Person


def add_person(email: str, name: str, password: str, *, totp_secret: str | None = None) -> Person:
    """A person who can sign in; the one with that address, if there is one. Needs a system context.

    Without `totp_secret` (base32) they add an authenticator app when they first sign in.
    """
    known = Person.objects.filter(email__iexact=email.strip()).first()
    if known:
        return known
    person = Person.objects.create_person(email, name, password)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if totp_secret:
        totp.TOTP.activate(person, totp_secret)
    return person


def set_open(person: Person, *, is_open: bool) -> None:
    """Open or close the account; a closed one is answered like a wrong password. Needs a system context."""
    person.is_active = is_open
    person.save(update_fields=["is_active"])


def new_totp_secret() -> str:
    """A random secret for `add_person`, base32."""
    return str(totp.generate_totp_secret())


def random_password() -> str:
    """A password that nobody guesses, for a demonstration or a first sign-in."""
    return secrets.token_urlsafe(12)
