"""`lantern manage`: Django's own command line."""

import click

from lantern.commands.cli import django_setup


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Pass arguments to Django's own command line."""
    django_setup("manage")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lantern manage", *arguments])
