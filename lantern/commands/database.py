"""`lantern database`: the embedded server by itself."""

import click

from lantern.commands.cli import django_setup


@click.group()
def command() -> None:
    """Start, stop or look at the embedded database server."""
    django_setup("database")


@command.command()
def start() -> None:
    """Start it in the background; create it first where there is none."""
    from lantern.plumbing.postgres import prepare

    prepare.start_embedded()
    click.echo("The database server runs.")


@command.command()
def stop() -> None:
    """Stop it."""
    from django.conf import settings

    from lantern.plumbing import postgres

    postgres.stop(postgres.home_for(settings.VAR))
    click.echo("The database server is stopped.")


@command.command()
def status() -> None:
    """Say whether it runs and whether it is safe; exit status 1 where it does not run."""
    from django.conf import settings

    from lantern.plumbing import postgres
    from lantern.plumbing.postgres import prepare

    home = postgres.home_for(settings.VAR)
    if settings.EMBEDDED_DATABASE and not postgres.is_running(home):
        click.echo(f"The database server does not run. Its files: {home.folder}")
        raise SystemExit(1)
    prepare.check()
    click.echo(f"The database server runs and is safe. Its files: {home.folder}")
