"""Messages that lie in a folder: `*.eml`. One that is kept moves to `done/`, and not before."""

import os
from collections.abc import Callable
from pathlib import Path

from lantern.plumbing import logs
from lantern.plumbing.errors import Misconfigured

log = logs.get("intake")
Handle = Callable[[bytes], None]


def take(folder: Path, handle: Handle) -> int:
    """Hand on every message of `folder`, oldest name first; how many were kept.

    handle: keeps the raw bytes and returns after the commit. Where it raises, the file stays for the next time.
    """
    if not folder.is_dir():
        raise Misconfigured(f"There is no folder {folder} to take messages from.")
    done = folder / "done"
    done.mkdir(exist_ok=True)
    kept = 0
    for path in sorted(folder.glob("*.eml")):
        try:
            handle(path.read_bytes())
        # one message that cannot be taken in must not hold up the next; it stays where it is and is tried again
        except Exception as problem:  # noqa: BLE001  see above
            log.error("intake.left_in_folder", problem=problem)
            continue
        os.replace(path, _free_name(done, path))
        kept += 1
    return kept


def _free_name(done: Path, path: Path) -> Path:
    place, number = done / path.name, 1
    while place.exists():
        number += 1
        place = done / f"{path.stem}.{number}{path.suffix}"
    return place
