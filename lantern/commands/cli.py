"""The command line: a table of commands, each loaded only when it is called.

A command is one file of this folder with a click command named `command`. The table carries the short help, so that
`lantern --help` and `lantern assess` import neither Django nor a database driver. A command that needs Django calls
`django_setup()` first thing.
"""

import errno
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import click

from lantern.plumbing.errors import Misconfigured, Refused


class Entry(NamedTuple):
    """Where a command lives and what it is for."""

    module: str
    help: str


TABLE: dict[str, Entry] = {
    "assess": Entry("assess", "What is owed, by an event log and one or two packs."),
    "packs": Entry("packs", "List the packs, their editions, and whether they are agreed or assumed."),
    "check": Entry("check", "Check a pack folder and list every problem."),
    "explain": Entry("explain", "Say what a duty is in every pack that has it."),
    "coverage": Entry("coverage", "Say where every rule of the sources went."),
    "compare": Entry("compare", "Set packs side by side, concept by concept."),
    "conform": Entry("conform", "Hold a local pack against the guidance it stands on."),
    "protocol": Entry("protocol", "Write a protocol as a page to read and sign."),
    "simulate": Entry("simulate", "Replay many logs: workload, timeliness, what a change would have meant."),
    "setup": Entry("setup", "Create the database, its roles and tables."),
    "migrate": Entry("migrate", "Bring the tables up to date, as the role that owns them."),
    "database": Entry("database", "Start, stop or look at the embedded database server."),
    "serve": Entry("serve", "Run the web server."),
    "health": Entry("health", "Say whether database, tables, worker and disk are well."),
    "worker": Entry("worker", "Run the loop that finds due duties and delivers messages."),
    "demo": Entry("demo", "Everything at once, with a synthetic county."),
    "demo-code": Entry("demo_code", "Print the present sign-in code of a demo person."),
    "county": Entry("county", "Build a synthetic county."),
    "intake": Entry("intake", "Take in reports from a folder, standard input or a mailbox."),
    "agencies": Entry("agencies", "Add and list the agencies that take part."),
    "people": Entry("people", "Add people, give and end their roles, close accounts."),
    "adopt": Entry("adopt", "Put a protocol in force for an authority."),
    "restrict": Entry("restrict", "Restrict a child's record to named people, or open it again."),
    "rebuild": Entry("rebuild", "Make every projection again from the record."),
    "verify": Entry("verify", "Check the hash chains and signed checkpoints of the record."),
    "erase": Entry("erase", "Erase the record of a child for ever."),
    "report": Entry("report", "Write a statutory report."),
    "bench": Entry("bench", "Measure speed."),
    "manage": Entry("manage", "Pass arguments to Django's own command line."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        return list(TABLE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's file."""
        entry = TABLE.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = importlib.import_module(f"lantern.commands.{entry.module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in TABLE.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run, and turn what an operator must mend into one sentence and exit status 2."""
        try:
            return super().invoke(ctx)
        except Misconfigured as problem:
            click.echo(f"lantern: {problem}", err=True)
            sys.exit(2)
        except OSError as problem:
            if problem.errno != errno.ENOSPC:
                raise
            click.echo(
                f"lantern: The disk of {problem.filename or 'var'} is full: make room, then try again.", err=True
            )
            sys.exit(2)


@click.group(cls=LazyGroup)
def cli() -> None:
    """Lantern: the shared case file and the clock for children who go missing."""


def django_setup(process: str) -> None:
    """Make Django ready; `process` names this process in the log (web, worker, command)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantern.settings")
    os.environ.setdefault("LANTERN_PROCESS", process)
    import django

    django.setup()


@contextmanager
def refusals() -> Iterator[None]:
    """What an action refuses becomes one sentence and exit status 1."""
    try:
        yield
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
