"""Check an exported log without Lantern: `python verify_export.py FOLDER [PUBLIC-KEY]`.

Needs Python 3.11 and the package `cryptography` alone. FOLDER holds events.jsonl, checkpoints.jsonl and public-key;
give PUBLIC-KEY (64 hex digits, from whoever runs the server) rather than trust the one in the folder.
Says every problem on a line of its own; exit status 0 when there is none, 1 when there is one, 2 when it cannot check.

What is checked: each event's SHA-256 over its canonical JSON (sorted keys, no blanks, UTF-8) and the hash before it;
that each child's events are numbered 1, 2, 3 …; that each encrypted payload has the digest that the event names;
that each checkpoint is signed (Ed25519), follows the one before it and names the root of all heads; and that every
head that a checkpoint ever saw is still there.
"""

import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Heads = dict[str, list[Any]]


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def check_checkpoints(path: Path, key: Ed25519PublicKey, seen: dict[str, dict[int, str]]) -> Iterator[str]:
    """Problems of the checkpoints; `seen` is filled with every head that they vouch for."""
    before, number, heads = "", 0, Heads()
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    for line in lines:
        if not line.endswith(b"\n"):
            continue
        try:
            said = json.loads(line)
            key.verify(base64.b64decode(said.pop("signature"), validate=True), canonical(said))
            heads |= said["heads"]
            follows = said["previous"] == before and said["number"] > number
            rooted = said["root"] == digest(canonical(heads))
        except InvalidSignature:
            yield f"checkpoint after {number}: wrong signature"
            return
        except (ValueError, KeyError, TypeError, AttributeError):
            yield f"checkpoint after {number}: cannot be read"
            return
        if not (follows and rooted):
            yield f"checkpoint {said['number']}: does not follow the one before it"
            return
        before, number = digest(line[:-1]), said["number"]
        for child, (seq, head) in said["heads"].items():
            seen.setdefault(child, {})[seq] = head


def check_events(path: Path, seen: dict[str, dict[int, str]]) -> Iterator[str]:
    """Problems of the events, against themselves and against the heads that checkpoints saw."""
    last: dict[str, tuple[int, str]] = {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                said = json.loads(line)
                event, claimed = said["event"], said["hash"]
                child, seq = event["child"], event["seq"]
                payload = base64.b64decode(said["nonce"], validate=True) + base64.b64decode(
                    said["ciphertext"], validate=True
                )
            except (ValueError, KeyError, TypeError):
                yield f"line {number}: cannot be read"
                continue
            before_seq, before_hash = last.get(child, (0, ""))
            if digest(canonical(event)) != claimed:
                yield f"line {number}: the event is not what its hash was made of"
            if seq != before_seq + 1 or event["prev_hash"] != before_hash:
                yield f"line {number}: event {seq} of its child does not follow event {before_seq}"
            if event["personal_digest"] != (digest(payload) if payload else ""):
                yield f"line {number}: its encrypted payload was changed or removed"
            if seen.get(child, {}).pop(seq, claimed) != claimed:
                yield f"line {number}: a checkpoint saw another event here"
            last[child] = (seq, claimed)
    for child, left in seen.items():
        for seq in left:
            yield f"child {child}: a checkpoint saw event {seq}, which is not there"


def main(arguments: list[str]) -> int:
    """Check a folder and say what was found."""
    if len(arguments) not in (1, 2):
        print("usage: verify_export.py FOLDER [PUBLIC-KEY]", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    try:
        text = arguments[1] if len(arguments) == 2 else (folder / "public-key").read_text()
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(text.strip()))
        seen: dict[str, dict[int, str]] = {}
        problems = [*check_checkpoints(folder / "checkpoints.jsonl", key, seen)]
        problems += check_events(folder / "events.jsonl", seen)
    except (OSError, ValueError) as problem:
        print(f"cannot check: {problem}", file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "nothing was changed, removed, added or moved")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
