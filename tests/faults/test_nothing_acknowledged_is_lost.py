"""Killing the database, the worker or whoever writes, at any moment, loses nothing that was acknowledged."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from lantern.plumbing import clock
from lantern.plumbing.postgres import Home, home_for, server, stop
from tests.faults.walker import STEPS
from tests.gates.source import ROOT

KILLS = 10
SEED = 20260302
ENOUGH_STEPS = 4 * len(STEPS)
PATIENCE_SECONDS = 90
CHECK = """
from lantern.commands.cli import django_setup
django_setup("check")
from lantern.access import context
from lantern.record.models import Idempotency, LoggedEvent
from lantern.record.verify import verify
with context.system("check"):
    for kept in Idempotency.objects.order_by("key"):
        ids = [event[0] for event in kept.result]
        print(kept.key, LoggedEvent.objects.filter(id__in=ids).count() == len(ids))
    print("events", LoggedEvent.objects.count(), sum(len(kept.result) for kept in Idempotency.objects.all()))
"""


class Place:
    """A whole Lantern of its own: var folder, database, processes."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.environment = os.environ | {"LANTERN_VAR": str(var), "LANTERN_MAIL_FOLDER": str(var / "mail")}
        self.lantern("setup")
        self.home: Home = home_for(var)
        self.acknowledged: list[int] = []
        self.processes: dict[str, subprocess.Popen[str]] = {}

    def lantern(self, *arguments: str) -> str:
        """Run a command to its end."""
        return self.run("-m", "lantern", *arguments)

    def run(self, *arguments: str) -> str:
        """Run Python to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, name: str) -> None:
        """A walker that goes on after the last acknowledged step, or the worker's loop."""
        first = self.acknowledged[-1] + 1 if self.acknowledged else 0
        command = {"walker": ["tests.faults.walker", str(first)], "worker": ["lantern", "worker"]}[name]
        with (self.var / f"{name}.log").open("a") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *command],
                env=self.environment,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        if name == "walker":
            threading.Thread(target=self._listen, args=[self.processes[name].stdout]).start()

    def _listen(self, output: IO[str]) -> None:
        with output:
            for line in output:
                self.acknowledged.append(int(line.split()[1]))

    def kill(self, name: str) -> None:
        """Kill a process of ours."""
        process = self.processes.pop(name)
        process.kill()
        process.wait()
        if process.stdout and name != "walker":
            process.stdout.close()

    def all_well(self) -> bool:
        """Whether nobody died but by our hand."""
        return all(process.poll() is None for process in self.processes.values())

    def kill_database(self) -> None:
        """Kill the server's first process, and start the server again as the supervisor would."""
        pid = int((self.home.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        server.ensure_running(self.home)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "var")
    yield place
    for name in list(place.processes):
        place.kill(name)
    stop(place.home)
    shutil.rmtree(place.home.folder)


def test_nothing_acknowledged_is_lost(place: Place) -> None:
    dice = random.Random(SEED)
    place.start("walker")
    place.start("worker")
    deadline = clock.monotonic() + PATIENCE_SECONDS
    kills = 0
    while kills < KILLS or len(place.acknowledged) < ENOUGH_STEPS:
        assert place.all_well(), "".join(path.read_text()[-2000:] for path in place.var.glob("*.log"))
        assert clock.monotonic() < deadline, f"only {len(place.acknowledged)} steps and {kills} kills"
        clock.sleep(dice.uniform(0.1, 0.8))
        if place.acknowledged and kills < KILLS:
            victim, kills = dice.choice(["database", "walker", "worker"]), kills + 1
            if victim == "database":
                place.kill_database()
            else:
                place.kill(victim)
                place.start(victim)
    place.kill("walker")
    place.kill("worker")
    _everything_is_there(place)


def _everything_is_there(place: Place) -> None:
    *kept, totals = place.run("-c", CHECK).splitlines()
    found = dict(line.split() for line in kept)
    assert [step for step in place.acknowledged if found.get(f"walk-{step}") != "True"] == []
    # and nothing twice: as many events as the first answers named
    assert totals.split()[1] == totals.split()[2]
    place.lantern("worker", "--once")
    place.lantern("verify")
