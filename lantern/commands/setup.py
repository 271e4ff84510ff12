"""`lantern setup`: the database, its roles and tables."""

import click

from lantern.commands.cli import django_setup
from lantern.commands.migrate import bring_up_to_date


@click.command()
def command() -> None:
    """Create the database, its roles and tables. Safe to repeat."""
    django_setup("setup")
    from lantern.plumbing.postgres import prepare

    prepare.start_embedded()
    bring_up_to_date(verbosity=0)
    click.echo("The database is ready.")
