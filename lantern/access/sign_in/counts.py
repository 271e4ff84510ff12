"""Where tries to sign in are counted and used codes are kept: one table, seen by every process."""

from typing import Any

from allauth.mfa import app_settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache

_USED_CODE = "allauth.mfa.totp.used"


class Counts(DatabaseCache):
    """Django's cache in the database, which forgets a used code no sooner than the code stops being valid."""

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep `value` if there is none under `key`; whether it was kept."""
        if str(key).startswith(_USED_CODE):
            # the library keeps it for one period, but with a tolerance a code is valid through several
            timeout = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        return super().add(key, value, timeout, version)
