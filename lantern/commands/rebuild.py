"""`lantern rebuild`: every projection made again from the record."""

import sys

import click

from lantern.commands.cli import django_setup
from lantern.plumbing import clock


@click.command()
@click.option("--compare", is_flag=True, help="Change nothing: throw away, make again, compare every byte, put back.")
def command(compare: bool) -> None:
    """Make cards, episodes and duties again from the record. What is right already is not written.

    With --compare the exit status is 1 when a table is not what the record gives.
    """
    django_setup("rebuild")
    from lantern.actions import rebuild

    if compare:
        found = rebuild.compare(at=clock.now())
        click.echo(f"{found.children} children made again from the record.")
        for table in found.differing:
            click.echo(f"{table} is not what the record gives.")
        if found.differing or found.failed:
            sys.exit(1)
        click.echo("Every row is the same, byte for byte.")
        return
    done = rebuild.rebuild(at=clock.now())
    click.echo(
        f"{done.children} children looked at; of {done.changed} something was written anew; {done.failed} failed."
    )
    if done.failed:
        sys.exit(1)
