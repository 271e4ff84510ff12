"""Keeps parts of pages that were made once and will be asked for again, within the process and for a while only."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Part = TypeVar("Part")


class Kept(Generic[Key, Part]):
    """At most `most` parts, each while it is asked for at least every `idle`; by a key that says all it was made of."""

    def __init__(self, most: int, idle: timedelta) -> None:
        self._most, self._idle = most, idle
        self._parts: OrderedDict[Key, tuple[datetime, Part]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._parts)

    def get(self, key: Key, at: datetime) -> Part | None:
        """The part with this key, if it is kept."""
        with self._lock:
            _, part = self._parts.pop(key, (at, None))
            if part is not None:
                self._parts[key] = (at, part)
            return part

    def keep(self, key: Key, part: Part, at: datetime) -> None:
        """Keep `part`, and let go of what nobody asked for lately."""
        with self._lock:
            self._parts[key] = (at, part)
            while len(self._parts) > self._most or self._oldest() < at - self._idle:
                self._parts.popitem(last=False)

    def _oldest(self) -> datetime:
        return next(iter(self._parts.values()))[0]
