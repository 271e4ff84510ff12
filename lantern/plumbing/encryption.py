"""The master key, what is derived from it, and authenticated encryption (AES-256-GCM).

The master key is 32 bytes, from the environment variable LANTERN_MASTER_KEY (base64) or from the file `master` in the
folder of keys (mode 0600, made on first use). It is never in the database: whoever has only a copy of the
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
from lantern.plumbing.keys import KEY_BYTES, kept_key

Cipher = AESGCM
NONCE_BYTES = 12  # what GCM is defined for


def master() -> bytes:
    """The master key: 32 bytes."""
    given = os.environ.get("LANTERN_MASTER_KEY", "")
    return _decoded(given) if given else _kept(settings.KEYS)


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


def cipher(key: bytes) -> Cipher:
    """A key made ready, for whoever opens much with it."""
    return AESGCM(key)


def decrypt(key: bytes, nonce: bytes, ciphertext: bytes, bound_to: bytes) -> bytes:
    """The plain bytes. Raises Misconfigured when key, place or bytes are not those it was written with."""
    return open_with(cipher(key), nonce, ciphertext, bound_to)


def open_with(key: Cipher, nonce: bytes, ciphertext: bytes, bound_to: bytes) -> bytes:
    """The same with a key made ready."""
    try:
        return key.decrypt(nonce, ciphertext, bound_to)
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
    return decrypt(derive("wrap"), *apart(wrapped), owner)


def apart(sealed: bytes) -> tuple[bytes, bytes]:
    """(nonce, ciphertext) of the two in one piece."""
    return sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]


@cache
def _kept(folder: Path) -> bytes:
    return kept_key(folder, "master")


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
