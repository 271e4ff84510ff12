"""`lantern migrate`: tables up to date."""

import click

from lantern.commands.cli import django_setup


@click.command()
def command() -> None:
    """Bring the tables up to date, as the role that owns them."""
    django_setup("migrate")
    from lantern.plumbing.postgres import prepare

    prepare.start_embedded()
    bring_up_to_date()


def bring_up_to_date(verbosity: int = 1) -> None:
    """Tables, and what row-level security rests on, of a database that runs. Raises Misconfigured for an unsafe one."""
    from lantern.access import door_keys
    from lantern.plumbing.postgres import prepare

    prepare.migrate(verbosity)
    door_keys.install_as_owner()
    prepare.check()
