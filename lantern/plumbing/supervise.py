"""Keep a few child processes alive: whichever dies is started again, and all stop in order on Ctrl-C."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lantern.plumbing import clock, logs

log = logs.get("supervise")

# A child that dies at once is tried again after a pause that doubles up to the longest.
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 10.0
# A child that lived this long was well: its next pause is the first again.
WELL_AFTER_SECONDS = 30.0
LOOK_EVERY_SECONDS = 0.2
STOP_PATIENCE_SECONDS = 15.0
_PR_SET_PDEATHSIG = 1  # from <linux/prctl.h>


@dataclass
class Child:
    """One process to keep alive: what to run, how to stop it, and the keywords of `subprocess.Popen` it needs."""

    name: str
    command: Sequence[str]
    stop_signal: signal.Signals = signal.SIGTERM
    keywords: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS
    not_before: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the supervisor alone."""
        self.started = clock.monotonic()
        self.process = subprocess.Popen(
            list(self.command),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_dies_with_us(self.stop_signal),  # noqa: PLW1509  the supervisor has one thread
            **self.keywords,
        )
        log.info("process.started", process=self.name, pid=self.process.pid)

    def look(self) -> None:
        """Start it again if it died and its pause is over."""
        if self.process is not None and self.process.poll() is not None:
            status, self.process = self.process.returncode, None
            if clock.monotonic() - self.started > WELL_AFTER_SECONDS:
                self.pause = FIRST_PAUSE_SECONDS
            self.not_before = clock.monotonic() + self.pause
            log.warning("process.died", process=self.name, exit_status=status)
            self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        if self.process is None and clock.monotonic() >= self.not_before:
            self.start()

    def stop(self) -> None:
        """Ask it to stop, wait, and insist."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(STOP_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        log.info("process.stopped", process=self.name)


class Stopped(BaseException):
    """Somebody asked us to stop; not an Exception, so that nothing on the way swallows it."""


def stop_on_signals() -> None:
    """From now on Ctrl-C, TERM and a closed terminal raise Stopped."""

    def raise_stopped(number: int, frame: object) -> None:
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, raise_stopped)


def ignore_signals() -> None:
    """While stopping, a second Ctrl-C changes nothing."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def keep_alive(children: Sequence[Child]) -> None:
    """Look after the children for ever; ends only by Stopped."""
    while True:
        for child in children:
            child.look()
        clock.sleep(LOOK_EVERY_SECONDS)


def stop_all(children: Sequence[Child]) -> None:
    """Stop the children in the reverse order of their start."""
    ignore_signals()
    for child in reversed(children):
        child.stop()


def _dies_with_us(number: signal.Signals) -> Callable[[], None] | None:
    """For the child, before it runs: be sent `number` when the supervisor is gone, however it went (Linux only)."""
    if not sys.platform.startswith("linux") or threading.current_thread() is not threading.main_thread():
        return None
    library, parent = ctypes.CDLL(None), os.getpid()

    def prepare() -> None:
        library.prctl(_PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:
            os.kill(os.getpid(), number)

    return prepare
