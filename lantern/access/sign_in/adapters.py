"""What the sign-in library asks us."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from lantern.plumbing import encryption

_PURPOSE = "second factor"
_BOUND_TO = b"totp"


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """People are added by their agency, never by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
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
