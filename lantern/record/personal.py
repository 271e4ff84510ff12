"""Personal fields: told apart from the rest by the vocabulary, and encrypted under the child's key."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from lantern.engine import vocabulary  # noqa: F401  importing it fills the registry
from lantern.engine.events import LINE_KEYS, REGISTRY
from lantern.plumbing.encryption import Cipher, encrypt, open_with, unwrap
from lantern.record.canonical import canonical

NESTED = "corrected_event"  # the one field that holds an event with fields of its own

Fields = dict[str, Any]


def split(event: str, fields: Mapping[str, Any]) -> tuple[Fields, Fields]:
    """(open fields, personal fields) of an event of type `event`."""
    declared = REGISTRY[event].fields
    open_: Fields = {}
    personal: Fields = {}
    for name, value in fields.items():
        if name == NESTED and isinstance(value, Mapping) and value.get("event") in REGISTRY:
            inside_open, inside_personal = _split_nested(value)
            open_[name] = inside_open
            if inside_personal:
                personal[name] = inside_personal
        elif declared[name].personal:
            personal[name] = value
        else:
            open_[name] = value
    return open_, personal


def _split_nested(event: Mapping[str, Any]) -> tuple[Fields, Fields]:
    # a correction stays countable after erasure, as the event that it corrects does
    declared = REGISTRY[event["event"]].fields
    open_ = {name: value for name, value in event.items() if name in LINE_KEYS}
    personal: Fields = {}
    for name, value in event.items():
        if name not in open_:
            field = declared.get(name)
            (open_ if field and not field.personal else personal)[name] = value
    return open_, personal


def join(open_: Fields, personal: Fields) -> Fields:
    """The fields again as they were given."""
    both = open_ | personal
    if NESTED in open_ and NESTED in personal:
        both[NESTED] = open_[NESTED] | personal[NESTED]
    return both


def close(key: bytes, event: UUID, personal: Fields) -> tuple[bytes, bytes]:
    """(nonce, ciphertext) of the personal fields of `event`."""
    return encrypt(key, canonical(personal), event.bytes)


def open_(key: Cipher, event: UUID, nonce: bytes, ciphertext: bytes) -> Fields:
    """The personal fields that `close` was given; `key` is the child's, made ready once for all of them."""
    fields: Fields = json.loads(open_with(key, nonce, ciphertext, event.bytes))
    return fields


def key_of(child: UUID, wrapped: bytes) -> bytes:
    """The child's own key."""
    return unwrap(wrapped, child.bytes)
