"""`lantern migrate`: tables up to date."""

import click

from lantern.commands.cli import django_setup


@click.command()
def command() -> None:
    """Bring the tables up to date, as the role that owns them."""
    django_setup("migrate")
    from lantern.access import door_keys
    from lantern.plumbing.postgres import prepare

    prepare.start_embedded()
    prepare.migrate()
    door_keys.install_as_owner()
    prepare.check()
