"""`lantern worker`: the loop that finds what is due, delivers messages, seals the record and takes in what arrived."""

import os
import signal
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

import click

from lantern.commands.cli import django_setup
from lantern.plumbing import clock, logs
from lantern.plumbing.errors import Misconfigured, Unavailable

EVERY_SECONDS = 30.0  # the longest that anything due waits, when nobody rings
AFTER_AN_ERROR_SECONDS = 5.0  # a database that is starting again needs a moment
PASSES = 50  # passes of one round while there is more to do; then the record is sealed and the mail looked at again
log = logs.get("worker")


class _Stop:
    """Ends the loop at the next quiet moment: a round that has begun is finished."""

    def __init__(self) -> None:
        self.asked = False
        self.waiting = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        if self.waiting:
            raise SystemExit(0)


@click.command()
@click.option("--watch", type=click.Path(path_type=Path), help="Folder of reports; default: intake in the var folder.")
@click.option("--once", is_flag=True, help="One round, then stop.")
def command(watch: Path | None, once: bool) -> None:
    """Run the loop that finds due duties, delivers messages, seals the record and takes in dropped reports.

    Refuses to start on an unsafe database.
    """
    django_setup("worker")
    from django.conf import settings

    from lantern.plumbing.postgres import prepare

    folder = watch or settings.VAR / "intake"
    folder.mkdir(parents=True, exist_ok=True)
    stop = _Stop()
    log.info("worker.started", pid=os.getpid())
    while not _done_or_wait(prepare.check):
        if stop.asked or once:
            return
    _wait(0)  # from here on rings are heard, also those during a round
    while not stop.asked:
        heard = _done_or_wait(partial(one_round, folder))
        if once:
            return
        if heard and not stop.asked:
            stop.waiting = True
            _wait(EVERY_SECONDS)
            stop.waiting = False
    log.info("worker.stopped", pid=os.getpid())


def _done_or_wait(work: Callable[[], None]) -> bool:
    """Do the work; False, after a pause, when the database is away."""
    from django.db import connection

    from lantern.plumbing import sql

    try:
        work()
    except sql.AWAY as problem:
        log.error("database.away", problem=problem)
        connection.close()
        clock.sleep(AFTER_AN_ERROR_SECONDS)
        return False
    return True


def one_round(folder: Path | None) -> None:
    """Take in, tend, deliver, seal, beat; each as often as there is more to do."""
    from lantern.access import context
    from lantern.actions.tend import Tended, tend
    from lantern.alerts.deliver import AT_ONCE, deliver
    from lantern.alerts.heartbeat import beat
    from lantern.record import seal

    if folder:
        _take_in(folder)
    total, sent = Tended(), 0
    for _ in range(PASSES):
        total.add(tend(clock.now()))
        delivered = deliver(clock.now())
        sent += delivered
        beat(f"{socket.gethostname()}:{os.getpid()}", total, sent, clock.now())
        if not total.more and delivered < AT_ONCE:
            break
    if total.healed or total.looked or total.told or total.failed or sent:
        log.info("worker.round", count=total.healed + total.looked, found=total.told, late_seconds=total.late_seconds)
    with context.system("seal the record"):
        seal.seal(clock.now())


def _take_in(folder: Path) -> None:
    """What was dropped into the folder, what came by mail, and what a crash left half taken in."""
    from django.conf import settings

    from lantern.actions.take_in import POLICE_EMAIL, finish, taking_in
    from lantern.intake.sources import folder as in_folder
    from lantern.intake.sources import imap

    in_folder.take(folder, taking_in(POLICE_EMAIL, clock.now))
    if settings.IMAP["host"]:
        try:
            imap.take(settings.IMAP, taking_in(POLICE_EMAIL, clock.now))
        except (Unavailable, Misconfigured) as problem:
            log.error("mailbox.away", problem=problem)
    finish(clock.now())


def _wait(seconds: float) -> None:
    """Until somebody rings, or the interval has passed."""
    from django.db import connection

    from lantern.plumbing import sql
    from lantern.plumbing.doorbell import listen

    try:
        listen(seconds)
    except sql.REFUSED as problem:
        log.error("database.away", problem=problem)
        connection.close()
        clock.sleep(AFTER_AN_ERROR_SECONDS)
