"""Signed checkpoints over the heads of all chains, kept in a file outside the database.

One line of JSON for each checkpoint: the heads that moved since the one before, a root over all heads, the hash of the
line before, and an Ed25519 signature. Whoever can rewrite the database cannot make it agree with these lines again.
What was appended since the last checkpoint rests on database rights and on the events' own proofs alone.
"""

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from lantern.plumbing.keys import kept_key
from lantern.record import wire
from lantern.record.canonical import canonical, instant
from lantern.record.models import Checkpoint

FILE = "checkpoints.jsonl"
PUBLIC_KEY = "public-key"
ONE_SEALER = 7_021_984_153  # number of the advisory lock that lets one sealer work at a time

HEADS = """
SELECT c.id, h.seq, h.hash FROM record_child c
  CROSS JOIN LATERAL (SELECT e.seq, e.hash FROM record_loggedevent e WHERE e.child_id = c.id
                       ORDER BY e.seq DESC LIMIT 1) h"""

Heads = dict[str, tuple[int, str]]


@dataclass
class Sealed:
    """What the file says so far: number and hash of its last line, and all heads as of then."""

    number: int = 0
    hash: str = ""
    heads: Heads = field(default_factory=dict)
    read: int = 0

    def take(self, line: bytes) -> None:
        """Take in one whole line."""
        said = json.loads(line)
        self.number, self.hash = said["number"], hashlib.sha256(line).hexdigest()
        self.heads |= {child: (seq, hash_) for child, (seq, hash_) in said["heads"].items()}
        self.read += len(line) + 1


_known: dict[Path, Sealed] = {}


def seal(at: datetime) -> int | None:
    """Sign a checkpoint if any chain moved since the last. Its number, or None when there was nothing to sign.

    Needs a context that sees every child. Of several sealers at once one works, and the others do nothing.
    """
    with transaction.atomic():
        cursor = wire.cursor()
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_SEALER])
        if cursor.fetchone() != (True,):
            return None
        cursor.execute(HEADS)
        heads: Heads = {str(child): (seq, hash_) for child, seq, hash_ in cursor.fetchall()}
        path = file()
        before = _read(path)
        if heads == before.heads:
            return None
        line = _line(before, heads, at)
        _append(path, line, before.read)
        before.take(line)
        Checkpoint(number=before.number, sealed_at=at, hash=before.hash).save(force_insert=True)
        return before.number


def folder() -> Path:
    """The folder of the checkpoints; the public key that checks them lies beside them."""
    place: Path = settings.CHECKPOINTS
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def file() -> Path:
    """The file of the checkpoints."""
    return folder() / FILE


def signing_key() -> Ed25519PrivateKey:
    """The sealer's key, from the folder of keys."""
    return Ed25519PrivateKey.from_private_bytes(kept_key(settings.KEYS, "seal"))


def public_key() -> str:
    """What checks the signatures: 32 bytes in hex."""
    return signing_key().public_key().public_bytes_raw().hex()


def root_of(heads: Heads) -> str:
    """One hash over all heads."""
    return hashlib.sha256(canonical(heads)).hexdigest()


def _read(path: Path) -> Sealed:
    known = _known.get(path)
    if known is None or not path.exists() or path.stat().st_size < known.read:
        known = _known[path] = Sealed()
    if path.exists():
        with path.open("rb") as lines:
            lines.seek(known.read)
            for line in lines:
                if line.endswith(b"\n"):
                    known.take(line[:-1])
    return known


def _line(before: Sealed, heads: Heads, at: datetime) -> bytes:
    moved = {child: head for child, head in heads.items() if before.heads.get(child) != head}
    said: dict[str, Any] = {
        "number": max(before.number, _last_in_database()) + 1,
        "at": instant(at),
        "previous": before.hash,
        "heads": moved,
        "events": sum(seq for seq, _ in heads.values()),
        "root": root_of(before.heads | heads),
    }
    signature = signing_key().sign(canonical(said))
    return canonical(said | {"signature": base64.b64encode(signature).decode()})


def _last_in_database() -> int:
    last = Checkpoint.objects.order_by("-number").first()
    return last.number if last else 0


def _append(path: Path, line: bytes, end: int) -> None:
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as checkpoints:
        # a line cut off by a crash was never answered for: this one takes its place
        checkpoints.truncate(end)
        checkpoints.seek(end)
        checkpoints.write(line + b"\n")
        checkpoints.flush()
        os.fsync(checkpoints.fileno())
    (path.parent / PUBLIC_KEY).write_text(public_key() + "\n")
