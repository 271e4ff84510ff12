"""That the worker is alive, and how late it was: for `lantern health` and whoever watches from outside."""

from datetime import datetime, timedelta
from typing import Protocol

from lantern.alerts.models import Heartbeat

FORGOTTEN_AFTER = timedelta(days=1)  # heartbeats of workers that are gone are kept this long


class Round(Protocol):
    """What a round did."""

    healed: int
    looked: int
    failed: int
    late_seconds: float


def beat(worker: str, done: Round, sent: int, at: datetime) -> None:
    """Write this worker's heartbeat, and forget workers that are long gone."""
    Heartbeat.objects.update_or_create(
        worker=worker,
        defaults={
            "beat_at": at,
            "healed": done.healed,
            "looked": done.looked,
            "sent": sent,
            "failed": done.failed,
            "late_seconds": done.late_seconds,
        },
    )
    Heartbeat.objects.filter(beat_at__lt=at - FORGOTTEN_AFTER).delete()


def last_beat() -> Heartbeat | None:
    """The latest heartbeat of any worker."""
    return Heartbeat.objects.order_by("-beat_at").first()
