"""`lantern demo`: database, tables, synthetic county, web server and worker, in the foreground."""

import errno
import fcntl
import os
import shutil
import signal
import socket
import sys
from pathlib import Path
from typing import TextIO

import click
import psycopg

from lantern.commands.cli import django_setup
from lantern.commands.migrate import bring_up_to_date
from lantern.plumbing import clock, logs
from lantern.plumbing.errors import Misconfigured
from lantern.plumbing.supervise import Child, Stopped, keep_alive, stop_all, stop_on_signals

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("LANTERN_VAR", ROOT / "var")).resolve()
FIRST_PORT = 8000
PORTS_TRIED = 100
# an empty cluster, the write-ahead log of building a county, the pages' files
NEEDED_BYTES = 500 * 1024 * 1024
# what FRESH=1 removes from var besides the database
RECORDED = ("keys", "checkpoints", "intake", "mail")
log = logs.get("demo")


@click.command()
@click.option("--fresh", envvar="FRESH", is_flag=True, help="Start over; what the demonstration held is gone.")
@click.option("--port", envvar="PORT", type=click.IntRange(1, 65535), help="Port; default: the first free from 8000.")
@click.option("--size", envvar="DEMO_SIZE", type=click.IntRange(1), default=12, show_default=True, help="Children.")
def command(fresh: bool, port: int | None, size: int) -> None:
    """Everything at once, with a synthetic county. Ctrl-C stops it; the next start keeps the data."""
    children: list[Child] = []
    stop_on_signals()
    try:
        with _only_one():
            door = _listen(port)
            _environment(door.getsockname()[1])
            _room()
            if fresh:
                _start_over()
            _run(children, door, size)
    except Stopped:
        click.echo("\nStopping.")
    except (OSError, psycopg.Error) as problem:
        raise _worded(problem) from problem
    finally:
        stop_all(children)
    click.echo("Stopped. What was recorded is kept in var; make demo goes on from there.")


def _run(children: list[Child], door: socket.socket, size: int) -> None:
    django_setup("demo")
    _start_database(children)
    _check_packs()
    click.echo("Bringing the tables up to date.")
    bring_up_to_date(verbosity=0)
    people = _county(size)
    python = [sys.executable, "-m", "lantern"]
    children.append(_child("web", [*python, "serve", "--bind", f"fd://{door.fileno()}"], pass_fds=[door.fileno()]))
    children.append(_child("worker", [*python, "worker"]))
    for child in children[-2:]:
        child.start()
    _welcome(door.getsockname()[1], people)
    keep_alive(children)


def _child(name: str, command: list[str], **keywords: object) -> Child:
    return Child(name, command, keywords={"env": os.environ | {"LANTERN_PROCESS": name}, "cwd": ROOT, **keywords})


def _only_one() -> TextIO:
    VAR.mkdir(parents=True, exist_ok=True)
    VAR.chmod(0o711)
    stream = (VAR / "demo.lock").open("w")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        raise Misconfigured("The demonstration already runs from this checkout: stop it first (Ctrl-C).") from problem
    return stream


def _listen(port: int | None) -> socket.socket:
    """A listening socket that outlives a killed web server: people wait a moment and are not turned away."""
    for candidate in [port] if port else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", candidate))
        except OSError as problem:
            door.close()
            if problem.errno == errno.EACCES:
                raise Misconfigured(
                    f"Port {candidate} needs root: choose one above 1023, make demo PORT=8000."
                ) from problem
            continue
        door.listen(socket.SOMAXCONN)
        door.set_inheritable(True)
        return door
    if port:
        raise Misconfigured(f"Port {port} is taken: choose another, for example make demo PORT={port + 1}.")
    raise Misconfigured(f"Ports {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} are taken: make demo PORT=…")


def _environment(port: int) -> None:
    """What the demonstration's processes are told; nothing of it is right for real children."""
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "LANTERN_VAR": str(VAR),
        "LANTERN_DEMO": "yes",
        "LANTERN_PLAIN_HTTP": "yes",
        "LANTERN_ADDRESS": f"http://localhost:{port}",
        "LANTERN_MAIL_FOLDER": str(VAR / "mail"),
        "PYTHONUNBUFFERED": "1",
    }


def _room() -> None:
    free = shutil.disk_usage(VAR).free
    if free < NEEDED_BYTES:
        raise Misconfigured(
            f"The disk of {VAR} is full ({free // 2**20} MB free, {NEEDED_BYTES // 2**20} MB needed): make room."
        )


def _start_over() -> None:
    from lantern.commands import demo_people
    from lantern.plumbing.postgres import home_for, stop

    home = home_for(VAR)
    stop(home)
    for folder in [home.folder, *(VAR / name for name in RECORDED)]:
        shutil.rmtree(folder, ignore_errors=True)
    (VAR / demo_people.FILE).unlink(missing_ok=True)


def _start_database(children: list[Child]) -> None:
    from django.conf import settings

    from lantern.plumbing.postgres import home_for, server

    home = home_for(settings.VAR)
    server.stop(home)
    click.echo("Starting the database.")
    command = server.prepare(home)
    home.log.touch()
    os.chown(home.log, home.account.uid, home.account.gid)
    output = home.log.open("ab")
    keywords = home.account.run_as | {"cwd": "/", "stdout": output, "stderr": output}
    # SIGINT is PostgreSQL's fast stop: sessions are cut off, what they committed is kept
    children.append(Child("database", command, signal.SIGINT, keywords))
    children[0].start()
    server.wait_until_answering(home, children[0].look)
    from lantern.plumbing.postgres.prepare import read_passwords_again

    read_passwords_again()


def _check_packs() -> None:
    from lantern import engine

    for header in engine.list_packs():
        try:
            engine.load_pack(header.name, header.edition)
        except engine.EngineError as problem:
            raise Misconfigured(
                f"The pack {header.name}@{header.edition} has problems: .venv/bin/lantern check "
                f"packs/{header.name}/{header.edition} lists them."
            ) from problem


def _county(size: int) -> list[dict[str, str]]:
    from lantern.commands import demo_people

    known = demo_people.load(VAR)
    if known:
        return known
    click.echo(f"Building a synthetic county of {size} children.")
    from lantern.actions import build_county

    return demo_people.save(VAR, build_county.build(size=size, at=clock.now()))


def _welcome(port: int, people: list[dict[str, str]]) -> None:
    click.echo(f"\nLantern is at http://localhost:{port}/\n")
    click.echo("Everybody here is made up. Sign in as one of:")
    widths = [max(len(person[column]) for person in people) for column in ("email", "password")]
    for person in people:
        click.echo(f"  {person['email']:<{widths[0]}}  {person['password']:<{widths[1]}}  {person['who']}")
    click.echo("\nThe second step asks for a code: .venv/bin/lantern demo-code E-MAIL prints it.")
    click.echo("A police e-mail arrives when you say .venv/bin/lantern county email, or drop an .eml into var/intake.")
    click.echo(f"E-mails that Lantern sends are kept in {VAR / 'mail'}. Ctrl-C stops everything.\n")


def _worded(problem: Exception) -> Misconfigured:
    full = isinstance(problem, psycopg.errors.DiskFull) or getattr(problem, "errno", None) == errno.ENOSPC
    if full:
        return Misconfigured(f"The disk of {VAR} is full: make room, then start again; nothing recorded is lost.")
    log.error("demo.failed", problem=problem)
    return Misconfigured(
        f"The demonstration could not go on ({type(problem).__name__}): see var/postgres/log/server.log."
    )
