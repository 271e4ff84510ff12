"""The only reader of the clock.

Doors (pages, commands) ask once and pass the instant down as `at`; nothing below them asks again.
"""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds on a clock that never goes back; for measuring how long something took."""
    return time.monotonic()


def sleep(seconds: float) -> None:
    """Wait `seconds`; here so that no other module needs `time`."""
    time.sleep(seconds)
