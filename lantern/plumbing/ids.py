"""Identifiers that sort by the moment they were made (UUID version 7, RFC 9562)."""

import secrets
import threading
from uuid import UUID

from lantern.plumbing import clock

_VERSION = 0x7
_VARIANT = 0b10
_COUNTER_BITS = 12
_RANDOM_BITS = 62

_lock = threading.Lock()
_last = (0, 0)


def new_id() -> UUID:
    """A UUID v7: milliseconds since 1970, a counter within the millisecond, 62 random bits.

    Ids made by one process always ascend, even when the machine's clock steps back.
    """
    global _last  # noqa: PLW0603  the last stamp is what makes ids ascend
    with _lock:
        millis, counter = int(clock.now().timestamp() * 1000), 0
        if millis <= _last[0]:
            millis, counter = _last[0], _last[1] + 1
            if counter >> _COUNTER_BITS:
                millis, counter = millis + 1, 0
        _last = (millis, counter)
    value = millis << 80 | _VERSION << 76 | counter << 64 | _VARIANT << 62 | secrets.randbits(_RANDOM_BITS)
    return UUID(int=value)
