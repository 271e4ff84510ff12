"""A copy of the log that anybody can check without Lantern (scripts/verify_export.py).

The folder holds `events.jsonl` (each line: what the hash covers, the hash, the encrypted personal payload),
`checkpoints.jsonl` and `public-key`. Without the children's keys nobody can read the personal payload in it.
"""

import base64
import json
import shutil
from pathlib import Path

from django.db import transaction

from lantern.record import seal, wire
from lantern.record.canonical import body, canonical
from lantern.record.verify import ALL, ROWS_AT_ONCE


def export_to(folder: Path) -> int:
    """Write the folder, over what is there; how many events. Needs a context that sees every child."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    count = 0
    file = folder / "events.jsonl"
    with transaction.atomic(), file.open("wb") as events, wire.reading_in_batches("export", ROWS_AT_ONCE) as cursor:
        for values in cursor.execute(ALL):
            row = dict(zip(wire.EVENT_COLUMNS, values, strict=True))
            row["payload"] = json.loads(row["payload"])
            line = {"event": body(row), "hash": row["hash"], "nonce": "", "ciphertext": ""}
            if row["nonce"] is not None:
                line |= {name: base64.b64encode(bytes(row[name])).decode() for name in ("nonce", "ciphertext")}
            events.write(canonical(line) + b"\n")
            count += 1
    if seal.file().exists():
        shutil.copyfile(seal.file(), folder / seal.FILE)
    (folder / seal.PUBLIC_KEY).write_text(seal.public_key() + "\n")
    return count
