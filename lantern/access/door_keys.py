"""What the database must hold of ours before it can open a context: the keys of proofs, and which role allows what.

`install` runs in the migration that makes the functions and after every `lantern migrate`, so a changed key or a
changed role takes effect there, and an older one stops working.
"""

import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from lantern.access.permissions import Permission
from lantern.access.roles import roles_that_allow
from lantern.plumbing.keys import kept_key

SYSTEM, PERSON, SIGN_IN = "system", "person", "sign_in"
KEY_OF_KIND = {SYSTEM: "context-system", PERSON: "context-person", SIGN_IN: "context-person"}
# permissions that row-level security itself asks about
ASKED_BELOW = (Permission.SEE_CHILD, Permission.HANDLE_INTAKE, Permission.AUDIT_READS)

_BLOCK_BYTES = 64  # block of SHA-256, which the two pads of HMAC fill (RFC 2104)
_INNER, _OUTER = 0x36, 0x5C


def proof(kind: str, person: UUID | None, reason: str, session: int, number: str) -> bytes:
    """The proof that this server opens a context of `kind`, in this database session and transaction only."""
    return hmac.digest(_key(kind), message(kind, person, reason, session, number), hashlib.sha256)


def message(kind: str, person: UUID | None, reason: str, session: int, number: str) -> bytes:
    """What the proof is made over; the database puts the same lines together. The reason comes last, alone free."""
    return "\n".join([kind, str(person or ""), str(session), number, reason]).encode()


def install(connection: BaseDatabaseWrapper) -> None:
    """Write the keys and the roles through `connection`, which must be the owner's."""
    # in one step, so that no context fails meanwhile
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("DELETE FROM lantern_door.key")
        for kind in KEY_OF_KIND:
            inner, outer = _pads(_key(kind))
            cursor.execute("INSERT INTO lantern_door.key VALUES (%s, %s, %s)", [kind, inner, outer])
        cursor.execute("DELETE FROM lantern_door.role_allows")
        for permission in ASKED_BELOW:
            for role in roles_that_allow(permission):
                cursor.execute("INSERT INTO lantern_door.role_allows VALUES (%s, %s)", [role, permission.name])


def install_as_owner() -> None:
    """`install`, through the connection of the role that owns the tables; what `lantern migrate` does last."""
    install(connections["owner"])
    connections["owner"].close()


def _key(kind: str) -> bytes:
    path = f"{settings.KEYS}/{KEY_OF_KIND[kind]}"
    try:
        written = os.stat(path).st_mtime_ns
    except FileNotFoundError:
        written = 0
    return _kept(settings.KEYS, KEY_OF_KIND[kind], written)


@lru_cache(maxsize=16)
def _kept(folder: Path, name: str, written: int) -> bytes:
    """The key as it was written last; another one counts from its first use."""
    del written
    return kept_key(folder, name)


def _pads(key: bytes) -> tuple[bytes, bytes]:
    block = key.ljust(_BLOCK_BYTES, b"\0")
    return bytes(byte ^ _INNER for byte in block), bytes(byte ^ _OUTER for byte in block)
