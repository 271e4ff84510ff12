"""Checking that the log is what was written: every event, every chain, every signed checkpoint."""

import base64
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.db import transaction

from lantern.plumbing import encryption
from lantern.plumbing.errors import Misconfigured
from lantern.record import personal, seal, wire
from lantern.record.canonical import canonical, hash_of, mac_of, personal_digest
from lantern.record.models import Checkpoint

ROWS_AT_ONCE = 2000

ALL = wire.EVENTS + " ORDER BY e.child_id, e.seq"
KEYS = """
SELECT c.id, k.wrapped_key, k.child_id IS NOT NULL, e.child_id IS NOT NULL FROM record_child c
  LEFT JOIN record_childkey k ON k.child_id = c.id LEFT JOIN record_erasure e ON e.child_id = c.id"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sign of tampering or loss.

    kind: edited, gap, broken_chain, forged, personal_changed, cut_tail,
    not_as_sealed, key_lost, checkpoint_broken, checkpoints_cut. child: an id. seq: 0 where no event is meant.
    """

    kind: str
    says: str
    child: str = ""
    seq: int = 0


@dataclass
class Report:
    """What a check looked at, and everything it found."""

    events: int = 0
    children: int = 0
    checkpoints: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


Sealed = dict[str, dict[int, str]]


def verify() -> Report:
    """Check the whole record. Needs a context that sees every child."""
    report = Report()
    with transaction.atomic():
        sealed = _check_checkpoints(report)
        _check_events(report, sealed)
        _check_keys(report)
    return report


def _check_checkpoints(report: Report) -> Sealed:
    """Check the file of checkpoints; the heads that it vouches for, by child and seq."""
    sealed: Sealed = defaultdict(dict)
    hashes: dict[int, str] = {}
    state = seal.Sealed()
    for line in _whole_lines(seal.file()):
        problem = _problem_of(line, state)
        if problem:
            report.findings.append(Finding("checkpoint_broken", f"checkpoint {state.number + 1}: {problem}"))
            break
        state.take(line)
        hashes[state.number] = state.hash
        report.checkpoints += 1
        for child, (seq, hash_) in json.loads(line)["heads"].items():
            sealed[child][seq] = hash_
    for copy in Checkpoint.objects.order_by("number"):
        if hashes.get(copy.number) != copy.hash:
            says = f"checkpoint {copy.number} of the database is not in the file"
            report.findings.append(Finding("checkpoints_cut", says))
    return sealed


def _whole_lines(path: Path) -> Iterator[bytes]:
    if path.exists():
        yield from (line[:-1] for line in path.read_bytes().splitlines(keepends=True) if line.endswith(b"\n"))


def _problem_of(line: bytes, before: seal.Sealed) -> str:
    try:
        said: dict[str, Any] = json.loads(line)
        signature = base64.b64decode(said.pop("signature"), validate=True)
        seal.signing_key().public_key().verify(signature, canonical(said))
        heads = before.heads | {child: (seq, hash_) for child, (seq, hash_) in said["heads"].items()}
        if said["previous"] != before.hash or said["number"] <= before.number:
            return "it does not follow the one before"
        return "" if said["root"] == seal.root_of(heads) else "its root is not that of its heads"
    except InvalidSignature:
        return "its signature is wrong"
    except (ValueError, KeyError, TypeError, AttributeError):
        return "it cannot be read"


def _check_events(report: Report, sealed: Sealed) -> None:
    mac_key = encryption.derive("event")
    child, last_seq, last_hash = "", 0, ""
    unseen = dict(sealed)
    for row in _events():
        report.events += 1
        if str(row["child"]) != child:
            _check_tail(report, child, last_seq, sealed)
            child, last_seq, last_hash = str(row["child"]), 0, ""
            unseen.pop(child, None)
            report.children += 1
        problem = _problem_in(row, last_seq, last_hash, mac_key, sealed.get(child, {}))
        if problem:
            report.findings.append(Finding(*problem, child, row["seq"]))
        last_seq, last_hash = row["seq"], row["hash"]
    _check_tail(report, child, last_seq, sealed)
    for lost in unseen:
        report.findings.append(Finding("cut_tail", "every event of this child is gone", lost))


def _problem_in(
    row: dict[str, Any], last_seq: int, last_hash: str, mac_key: bytes, sealed: dict[int, str]
) -> tuple[str, str] | None:
    seq, hash_ = row["seq"], row["hash"]
    if hash_of(row) != hash_:
        return "edited", "the event is not what its hash was made of"
    if seq != last_seq + 1:
        return "gap", f"events {last_seq + 1} to {seq - 1} are missing"
    if row["prev_hash"] != last_hash:
        return "broken_chain", "the event does not follow the one before it"
    if mac_of(mac_key, hash_) != row["mac"]:
        return "forged", "the event was not written by the application"
    if sealed.get(seq, hash_) != hash_:
        return "not_as_sealed", "a signed checkpoint saw another event here"
    found = personal_digest(bytes(row["nonce"]), bytes(row["ciphertext"])) if row["nonce"] is not None else ""
    return (
        None if found == row["personal_digest"] else ("personal_changed", "its personal fields were changed or removed")
    )


def _check_tail(report: Report, child: str, last_seq: int, sealed: Sealed) -> None:
    sealed_seq = max(sealed.get(child, {0: ""}))
    if child and last_seq < sealed_seq:
        says = f"a signed checkpoint saw {sealed_seq} events, and {last_seq} are there"
        report.findings.append(Finding("cut_tail", says, child, last_seq))


def _events() -> Iterator[dict[str, Any]]:
    with wire.reading_in_batches("verify", ROWS_AT_ONCE) as cursor:
        for values in cursor.execute(ALL):
            row = dict(zip(wire.EVENT_COLUMNS, values, strict=True))
            row["payload"] = json.loads(row["payload"])
            yield row


def _check_keys(report: Report) -> None:
    cursor = wire.cursor()
    for child, wrapped, there, erased in cursor.execute(KEYS).fetchall():
        if wrapped is None:
            if not erased or not there:
                report.findings.append(Finding("key_lost", "the key is gone without an erasure", str(child)))
            continue
        try:
            personal.key_of(child, bytes(wrapped))
        except Misconfigured:
            report.findings.append(Finding("key_lost", "the key does not open", str(child)))
