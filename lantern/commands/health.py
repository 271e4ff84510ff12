"""`lantern health`: for whoever watches from outside. One line for each thing, exit status 1 when one is not well."""

import shutil
import sys
from collections.abc import Callable

import click

from lantern.commands.cli import django_setup
from lantern.plumbing import clock
from lantern.plumbing.errors import LanternError

# the worker beats at least every half minute; two missed beats and a long round
SILENT_AFTER_SECONDS = 180
LITTLE_ROOM_BYTES = 1024**3


class NotWell(Exception):
    """What is not well, and the runbook that says what to do."""


@click.command()
def command() -> None:
    """Say whether database, tables, worker and disk are well."""
    django_setup("health")
    well = [_look(name, look) for name, look in CHECKS.items()]
    sys.exit(0 if all(well) else 1)


def _look(name: str, look: Callable[[], str]) -> bool:
    from django.db import DatabaseError

    try:
        click.echo(f"well      {name:<9} {look()}")
    except (NotWell, LanternError) as problem:
        click.echo(f"NOT WELL  {name:<9} {problem}")
    except DatabaseError:
        click.echo(f"NOT WELL  {name:<9} the database does not answer: docs/runbooks/database-away.md")
    else:
        return True
    return False


def _database() -> str:
    from lantern.plumbing.postgres import prepare

    prepare.check()
    return "answers, and keeps what it acknowledges"


def _tables() -> str:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise NotWell(f"{len(waiting)} migrations are waiting: lantern migrate")
    return "up to date"


def _worker() -> str:
    from lantern.access import context
    from lantern.alerts.heartbeat import last_beat

    with context.system("health"):
        beat = last_beat()
    if beat is None:
        raise NotWell("no worker has run yet: docs/runbooks/worker-silent.md")
    silent = (clock.now() - beat.beat_at).total_seconds()
    if silent > SILENT_AFTER_SECONDS:
        raise NotWell(f"silent for {silent:.0f} seconds: docs/runbooks/worker-silent.md")
    return f"last seen {silent:.0f} seconds ago, {beat.late_seconds:.0f} seconds late"


def _disk() -> str:
    from django.conf import settings

    free = shutil.disk_usage(settings.VAR).free
    if free < LITTLE_ROOM_BYTES:
        raise NotWell(f"{free // 2**20} MB free: docs/runbooks/disk-full.md")
    return f"{free // 2**30} GB free"


CHECKS = {"database": _database, "tables": _tables, "worker": _worker, "disk": _disk}
