"""The one way to write an event as bytes, and the hash chain over it.

Canonical form: JSON in UTF-8 with sorted keys and no blanks; instants in UTC with microseconds. For the values that
the record admits (text, whole numbers, short decimals, booleans, null, lists, maps) this is RFC 8785, except that
keys are sorted by code point. Hash of an event: SHA-256 over its canonical form, which holds the hash before it.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

# everything that the hash covers, in the order in which the record reads it
COVERED = (
    "id", "child", "episode", "seq", "type", "version", "occurred_at", "recorded_at", "by_person", "by_role", "agency",
    "on_behalf_of", "source_kind", "source_ref", "payload", "personal_digest", "prev_hash",
)  # fmt: skip

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Any) -> bytes:
    """`value` as the only bytes that mean it."""
    return _encode(value).encode()


def instant(moment: datetime) -> str:
    """An aware instant in UTC, always with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def plain(value: Any) -> Any:
    """`value` as JSON has it: instants, dates and ids as text, tuples and sets as lists."""
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(inner) for inner in value)
    return value


def body(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the hash covers, of a row whose ids are UUIDs and whose instants are datetimes."""
    return {
        "id": str(row["id"]),
        "child": str(row["child"]),
        "episode": str(row["episode"]) if row["episode"] else None,
        "seq": row["seq"],
        "type": row["type"],
        "version": row["version"],
        "occurred_at": instant(row["occurred_at"]),
        "recorded_at": instant(row["recorded_at"]),
        "by_person": str(row["by_person"]) if row["by_person"] else None,
        "by_role": row["by_role"],
        "agency": row["agency"],
        "on_behalf_of": row["on_behalf_of"],
        "source_kind": row["source_kind"],
        "source_ref": row["source_ref"],
        "payload": row["payload"],
        "personal_digest": row["personal_digest"],
        "prev_hash": row["prev_hash"],
    }


def hash_of(row: Mapping[str, Any]) -> str:
    """The hash of an event, in hex."""
    return hashlib.sha256(canonical(body(row))).hexdigest()


def mac_of(key: bytes, event_hash: str) -> str:
    """Proof, in hex, that a holder of the application's key wrote the event with this hash."""
    return hmac.new(key, event_hash.encode(), hashlib.sha256).hexdigest()


def personal_digest(nonce: bytes, ciphertext: bytes) -> str:
    """The digest of an encrypted personal payload; it says nothing of what is inside."""
    return hashlib.sha256(nonce + ciphertext).hexdigest()
