"""Keys kept in files: made once, mode 0600, never in the database and never in the repository."""

import os
import secrets
from pathlib import Path

from lantern.plumbing.errors import Misconfigured

KEY_BYTES = 32
OTHERS_MAY = 0o077  # permission bits that must be off on a key file


def kept_key(folder: Path, name: str) -> bytes:
    """The 32 bytes in `folder/name`; made at first use, and of two starters at once both get the same."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        _make(path)
    if path.stat().st_mode & OTHERS_MAY:
        raise Misconfigured(f"{path} can be read by others: chmod 600 {path}")
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise Misconfigured(f"{path} does not hold {KEY_BYTES} bytes: put the key back from its backup.")
    return key


def _make(path: Path) -> None:
    # written whole beside its place and linked into it, so that nobody ever reads half a key
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink()
