"""Whoever dies is started again; whoever is asked to stop stops, in order."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from lantern.commands.demo import _listen
from lantern.plumbing import clock
from lantern.plumbing.errors import Misconfigured
from lantern.plumbing.supervise import Child

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child("sleeper", SLEEPER, pause=0.01)
    yield child
    child.stop()


def _look_until(child: Child, wanted: bool) -> None:
    deadline = clock.monotonic() + 10
    while (child.process is not None) != wanted:
        assert clock.monotonic() < deadline
        child.look()
        clock.sleep(0.01)


def test_a_killed_child_is_started_again(child: Child) -> None:
    child.start()
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    child.process.wait()
    child.look()
    assert child.process is None
    _look_until(child, wanted=True)
    assert child.process.pid != first


def test_a_child_that_dies_at_once_is_tried_at_longer_and_longer_intervals() -> None:
    child = Child("hasty", [sys.executable, "-c", "raise SystemExit(1)"], pause=0.01)
    for expected in (0.02, 0.04):
        child.start()
        child.process.wait()
        child.look()
        assert child.pause == expected


def test_a_stopped_child_is_gone(child: Child) -> None:
    child.start()
    process = child.process
    child.stop()
    assert process.returncode == -signal.SIGTERM


def test_children_go_with_a_supervisor_that_was_killed() -> None:
    code = (
        "from lantern.plumbing.supervise import Child\n"
        f"c = Child('sleeper', {SLEEPER!r})\nc.start()\nprint(c.process.pid, flush=True)\n"
        "import time; time.sleep(60)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pid = int(supervisor.stdout.readline())
    supervisor.kill()
    supervisor.communicate()
    deadline = clock.monotonic() + 10
    while _alive(pid):
        assert clock.monotonic() < deadline
        clock.sleep(0.02)


def _alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_taken_port_is_said_in_one_sentence_and_a_free_one_is_found() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Misconfigured, match=f"Port {port} is taken: choose another, for example make demo PORT="):
            _listen(port)
    with _listen(port) as door:
        assert door.getsockname()[1] == port
