"""Start and stop the embedded server."""

import fcntl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from lantern.plumbing import clock
from lantern.plumbing.errors import Misconfigured, Unavailable
from lantern.plumbing.postgres import configuration, initialise
from lantern.plumbing.postgres.layout import Home

# Recovery after a crash replays at most a few checkpoints of write-ahead log.
START_PATIENCE_SECONDS = 60
# After its parent is killed, an old backend needs a moment to notice and let go of the data folder.
RETRY_PAUSE_SECONDS = 0.5
LOOK_AGAIN_SECONDS = 0.05


def ensure_running(home: Home) -> None:
    """Make the cluster if there is none, and start it if it does not run."""
    with _locked(home):
        fresh = not initialise.is_initialised(home)
        if fresh:
            _stop(home)
            initialise.create_cluster(home)
        initialise.make_folders(home)
        if not _answers(home):
            _start(home)
        if fresh:
            initialise.create_roles(home)


def prepare(home: Home) -> list[str]:
    """Make the cluster if there is none; return the command that runs the server in the foreground."""
    if not initialise.is_initialised(home):
        ensure_running(home)
        stop(home)
    initialise.make_folders(home)
    configuration.write(home)
    return [str(home.programs / "postgres"), "-D", str(home.data)]


def wait_until_answering(home: Home, meanwhile: Callable[[], None]) -> None:
    """Wait for a server that somebody else starts; `meanwhile` is called again and again until it answers."""
    deadline = clock.monotonic() + START_PATIENCE_SECONDS
    while not _answers(home):
        meanwhile()
        if clock.monotonic() > deadline:
            raise Misconfigured(f"The database server did not start ({_last_words(home)}): see {home.log}.")
        clock.sleep(LOOK_AGAIN_SECONDS)


def is_running(home: Home) -> bool:
    """Whether the server takes connections now."""
    return initialise.is_initialised(home) and _answers(home)


def stop(home: Home) -> None:
    """Stop the server if it runs; open sessions are cut off, what they had committed is kept."""
    if home.folder.exists():
        with _locked(home):
            _stop(home)


def _start(home: Home) -> None:
    configuration.write(home)
    deadline = clock.monotonic() + START_PATIENCE_SECONDS
    while True:
        done = _pg_ctl(home, "start", "-l", str(home.log), "-t", str(START_PATIENCE_SECONDS))
        if done == 0 or _answers(home):
            return
        if clock.monotonic() > deadline:
            raise Misconfigured(f"The database server did not start ({_last_words(home)}): see {home.log}.")
        clock.sleep(RETRY_PAUSE_SECONDS)


def _stop(home: Home) -> None:
    if (home.data / "postmaster.pid").exists():
        _pg_ctl(home, "stop", "-m", "fast")


def _pg_ctl(home: Home, action: str, *options: str) -> int:
    done = subprocess.run(
        [str(home.programs / "pg_ctl"), action, "-D", str(home.data), "-w", "-s", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        check=False,
        **home.account.run_as,  # type: ignore[call-overload]  # typeshed lists these keywords one by one
    )
    return int(done.returncode)


def _answers(home: Home) -> bool:
    try:
        initialise.connect_superuser(home, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _last_words(home: Home) -> str:
    try:
        lines = home.log.read_text(errors="replace").splitlines()
    except OSError:
        return "it left no log"
    fatal = [line.split("FATAL:", 1)[1].strip() for line in lines if "FATAL:" in line]
    return fatal[-1] if fatal else "it gave no reason"


@contextmanager
def _locked(home: Home) -> Iterator[None]:
    """Hold the home's lock, so that two commands started together do not both initialise it."""
    try:
        home.folder.mkdir(parents=True, exist_ok=True)
        stream = home.lock.open("w")
    except PermissionError as problem:
        raise Misconfigured(
            f"{home.folder} belongs to another user: run as that user, or work in a clone of your own."
        ) from problem
    except OSError as problem:
        raise Unavailable(f"{home.folder} cannot be written: {problem.strerror}.") from problem
    with stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
