"""`lantern intake`: take in reports from a folder, standard input or the mailbox."""

from pathlib import Path

import click

from lantern.commands.cli import django_setup
from lantern.plumbing import clock
from lantern.plumbing.errors import Malformed, Misconfigured, Unavailable


@click.group()
def command() -> None:
    """Take in police reports. What was taken in before is recognised, and becomes nothing new."""
    django_setup("intake")


@command.command()
@click.argument("place", metavar="DIR", type=click.Path(path_type=Path))
def folder(place: Path) -> None:
    """Every *.eml of DIR; each moves to DIR/done once it is kept."""
    from lantern.actions.take_in import POLICE_EMAIL, taking_in
    from lantern.intake.sources import folder as source

    _say(source.take(place, taking_in(POLICE_EMAIL, clock.now)))


@command.command()
def stdin() -> None:
    """One message on standard input, as a mail server's pipe delivers it. The exit status is 0 once it is kept."""
    from lantern.actions.take_in import POLICE_EMAIL, taking_in
    from lantern.intake.sources import stdin as source

    try:
        source.take(taking_in(POLICE_EMAIL, clock.now))
    except Malformed as problem:
        raise Misconfigured(str(problem)) from problem
    _say(1)


@command.command()
def imap() -> None:
    """Every mail of the mailbox that LANTERN_IMAP_… names; each moves to the folder Lantern-done once it is kept."""
    from django.conf import settings

    from lantern.actions.take_in import POLICE_EMAIL, taking_in
    from lantern.intake.sources import imap as source

    try:
        _say(source.take(settings.IMAP, taking_in(POLICE_EMAIL, clock.now)))
    except Unavailable as problem:
        raise Misconfigured(str(problem)) from problem


def _say(kept: int) -> None:
    click.echo(f"{kept} {'message was' if kept == 1 else 'messages were'} taken in.")
