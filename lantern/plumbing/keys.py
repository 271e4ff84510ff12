"""The master key, what is derived from it, and authenticated encryption (AES-256-GCM).

The master key is 32 bytes, from the environment variable LANTERN_MASTER_KEY (base64) or from the file
`var/keys/master.key` (mode 0600, made on first use). It is never in the database: whoever has only a copy of the
database can read no personal payload and forge no event.
"""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from lantern.plumbing.errors import Misconfigured

KEY_BYTES = 32
NONCE_BYTES = 12  # what GCM is defined for
OTHERS_MAY = 0o077  # permission bits that must be off on a key file


def folder() -> Path:
    """Where keys are kept: `var/keys`, mode 0700."""
    place = Path(settings.VAR) / "keys"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def secret_file(path: Path, make: bytes) -> bytes:
    """The bytes of a key file; written with `make` if it is not there, so that only one of two starters wins."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if path.stat().st_mode & OTHERS_MAY:
            raise Misconfigured(f"{path} can be read by others: chmod 600 {path}") from None
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(make)
        file.flush()
        os.fsync(file.fileno())
    return make


def master() -> bytes:
    """The master key: 32 bytes."""
    given = os.environ.get("LANTERN_MASTER_KEY", "")
    return _decoded(given) if given else _from_file(folder() / "master.key")


def derive(purpose: str) -> bytes:
    """A 32-byte key for one purpose; knowing it tells nothing of the others."""
    return _derived(master(), purpose)


def keyed_hash(purpose: str, *parts: str) -> str:
    """Hex HMAC-SHA-256 of `parts`; without the master key nobody can test a guess against it."""
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hmac.new(derive(purpose), text, hashlib.sha256).hexdigest()


def encrypt(key: bytes, plain: bytes, bound_to: bytes) -> tuple[bytes, bytes]:
    """(nonce, ciphertext); it can be opened only together with the same `bound_to`."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce, AESGCM(key).encrypt(nonce, plain, bound_to)


def decrypt(key: bytes, nonce: bytes, ciphertext: bytes, bound_to: bytes) -> bytes:
    """The plain bytes. Raises Misconfigured when key, place or bytes are not those it was written with."""
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, bound_to)
    except InvalidTag as problem:
        raise Misconfigured(
            "An encrypted value does not open: either the master key is not the one this database was written with, "
            "or the value was changed in the database (run: lantern verify)."
        ) from problem


def wrap(key: bytes, owner: bytes) -> bytes:
    """`key` encrypted under the master key for `owner` (an id)."""
    nonce, sealed = encrypt(derive("wrap"), key, owner)
    return nonce + sealed


def unwrap(wrapped: bytes, owner: bytes) -> bytes:
    """The key that `wrap` was given."""
    return decrypt(derive("wrap"), wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], owner)


@cache
def _from_file(path: Path) -> bytes:
    return _decoded(secret_file(path, base64.b64encode(secrets.token_bytes(KEY_BYTES))).decode("ascii", "replace"))


@cache
def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise Misconfigured(f"The master key must be {KEY_BYTES} bytes in base64 (openssl rand -base64 {KEY_BYTES}).")
    return key


@cache
def _derived(root: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"lantern " + purpose.encode()).derive(root)
