"""`lantern migrate`: tables up to date."""

import click

from lantern.commands.cli import django_setup


@click.command()
def command() -> None:
    """Bring the tables up to date, as the role that owns them."""
    django_setup("migrate")
    from lantern.plumbing.postgres import prepare

    prepare.start_embedded()
    prepare.migrate()
    prepare.check()
