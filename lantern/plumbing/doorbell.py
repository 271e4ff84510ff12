"""Wakes the worker before its next round. A lost ring loses nothing: what is due is found in the tables."""

from django.db import connection

from lantern.plumbing import sql

BELL = "lantern_doorbell"
RING = (f"NOTIFY {BELL}", ())  # for who sends it with other statements


def ring() -> None:
    """Wake the worker once the transaction has been committed."""
    sql.together(RING)


def listen(seconds: float) -> bool:
    """Wait for a ring, at most `seconds`; whether there was one. What rang since the last call is heard at once."""
    with sql.cursor() as cursor:
        cursor.execute(f"LISTEN {BELL}")
    raw = connection.connection
    return any(True for _ in raw.notifies(timeout=seconds, stop_after=1))
