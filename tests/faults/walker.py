"""A process that walks children through their absences and says what was acknowledged; tests kill it and the database.

    python -m tests.faults.walker FIRST_STEP

Each line of its output is `ack STEP`, written after the record said yes. Every step carries an idempotency key made of
its number, so a step whose answer was lost is simply said again, by this process or by the next.
"""

import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from lantern.commands.cli import django_setup
from lantern.plumbing import clock

START = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
STEPS: list[tuple[str, dict[str, Any]]] = [
    ("report", {}),
    ("category_set", {"category": "missing", "decided_by_role": "duty_inspector"}),
    ("risk_graded", {"level": "high", "decided_by_role": "duty_inspector"}),
    ("child_located", {"place": "a friend's home"}),
    ("child_returned", {"to": "placement"}),
    ("safe_and_well_done", {"method": "in_person"}),
    ("return_interview_held", {"independent": True}),
    ("episode_closed", {"reason": "returned"}),
]
PAUSE_SECONDS = 0.05


def key(step: int) -> str:
    """The idempotency key of a step; the same in every process."""
    return f"walk-{step}"


def walk(first: int) -> None:
    """Do step after step from `first` on, for ever; a database that is away is waited for."""
    from django.db import InterfaceError, OperationalError, connection

    step = first
    while True:
        try:
            _do(step)
        except (OperationalError, InterfaceError):
            connection.close()
            clock.sleep(PAUSE_SECONDS)
            continue
        sys.stdout.write(f"ack {step}\n")
        sys.stdout.flush()
        step += 1


def _do(step: int) -> None:
    from lantern.access import context
    from lantern.actions.record_event import record_event
    from lantern.actions.report_missing import report_missing
    from lantern.record.actor import Actor
    from lantern.record.models import Episode, Idempotency

    number, name, fields = step // len(STEPS), *STEPS[step % len(STEPS)]
    at = START + timedelta(minutes=step)
    by = Actor(None, "duty_inspector", "met", source_kind="page", source_ref="walk")
    if name == "report":
        facts = {"given_name": f"Child{number}", "family_name": "Walker", "date_of_birth": "2012-01-01"}
        facts |= {"responsible_authority": "Kingston", "host_authority": "Kingston"}
        told = {"received_by": "police", "reported_by_role": "carer"}
        report_missing(
            child=None, facts=facts, occurred_at=at, absence=None, report=told, by=by, at=at, idempotency_key=key(step)
        )
        return
    with context.system("walk"):
        child = Idempotency.objects.get(key=key(number * len(STEPS))).child
        episode = Episode.objects.get(child=child)
    record_event(child, episode, name, at, fields, by=by, at=at, idempotency_key=key(step))


if __name__ == "__main__":
    django_setup("walker")
    walk(int(sys.argv[1]))
