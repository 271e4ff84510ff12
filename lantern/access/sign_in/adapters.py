"""What the sign-in library asks us."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from lantern.access.models import Person
from lantern.plumbing import clock, encryption

_PURPOSE = "second factor"
_BOUND_TO = b"totp"


class Accounts(DefaultAccountAdapter):
    """People are added by their agency, never by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """The person; a closed account is answered like a wrong password."""
        person: Person | None = super().authenticate(request, **credentials)
        return person if person and person.is_active else None

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """The password again before a factor changes, but not right after it was given and before there is any."""
        if app == "allauth.mfa" and not Authenticator.objects.filter(user_id=self.request.user.pk).exists():
            records = get_authentication_records(self.request, self.request.user)
            given = records[-1].get("at", 0) if records else 0
            return bool(clock.now().timestamp() - given > REAUTHENTICATION_TIMEOUT)
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class SecondFactors(DefaultMFAAdapter):
    """Keeps secrets of second factors encrypted, and never lets the last factor go."""

    def encrypt(self, text: str) -> str:
        """`text` under a key that is not in the database, as base64."""
        nonce, sealed = encryption.encrypt(encryption.derive(_PURPOSE), text.encode(), _BOUND_TO)
        return base64.b64encode(nonce + sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` was given."""
        kept = base64.b64decode(encrypted_text)
        nonce, sealed = kept[: encryption.NONCE_BYTES], kept[encryption.NONCE_BYTES :]
        return encryption.decrypt(encryption.derive(_PURPOSE), nonce, sealed, _BOUND_TO).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only while another factor stays, and a list of recovery codes alone is none."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(id=authenticator.id)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
