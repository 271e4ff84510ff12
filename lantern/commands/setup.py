"""`lantern setup`: the database, its roles and tables."""

import click

from lantern.commands.cli import django_setup


@click.command()
def command() -> None:
    """Create the database, its roles and tables. Safe to repeat."""
    django_setup("setup")
    from lantern.access import door_keys
    from lantern.plumbing.postgres import prepare

    prepare.start_embedded()
    prepare.migrate(verbosity=0)
    door_keys.install_as_owner()
    prepare.check()
    click.echo("The database is ready.")
