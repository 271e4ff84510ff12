"""Sessions in the database that nobody can use who only reads or writes the database.

The table holds a hash of each session's number, which itself is in the browser alone, and the data are signed together
with it: a number that was read opens nothing, and data that were copied under another number are refused.
"""

import hashlib
from typing import Any

from django.contrib.sessions.backends import db

from lantern.plumbing import clock, sql

_DATA = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
_LENGTH = 40  # characters of the table's column; 160 bits


class SessionStore(db.SessionStore):
    """Django's sessions in the database, by the hash of their number."""

    @property
    def key_salt(self) -> str:
        """What the data are signed with besides the secret key: this session's number."""
        return f"lantern.sessions.{_hashed(self.session_key)}"

    def exists(self, session_key: str) -> bool:
        """Whether there is a session with this number."""
        return bool(self.model.objects.filter(session_key=_hashed(session_key)).exists())

    def delete(self, session_key: str | None = None) -> None:
        """End the session with this number, or this one."""
        self.model.objects.filter(session_key=_hashed(session_key or self.session_key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of this session."""
        row = super().create_model_instance(data)
        row.session_key = _hashed(self.session_key)
        return row

    def load(self) -> dict[str, Any]:
        """What the session with this number holds; nothing where there is none any more."""
        (found,) = sql.together((_DATA, [_hashed(self.session_key), clock.now()]))
        if not found:
            self._session_key = None
            return {}
        ((data,),) = found
        return dict(self.decode(data))


def _hashed(number: str | None) -> str:
    return hashlib.sha256((number or "").encode()).hexdigest()[:_LENGTH]
