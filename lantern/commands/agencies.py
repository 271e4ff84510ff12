"""`lantern agencies`: the agencies that take part."""

import click

from lantern.commands.cli import django_setup, refusals
from lantern.plumbing import clock


@click.group()
def command() -> None:
    """Add and list the agencies that take part: councils, police forces, providers of care …"""
    django_setup("agencies")


@command.command()
@click.argument("code")
@click.argument("name")
@click.option("--kind", required=True, help="authority, police, provider, school, health or charity")
@click.option("--authority", default="", help="For a local authority: its short name, such as Kingston.")
@click.option("--contact", default="", help="How other agencies reach its front door, in one line.")
def add(code: str, name: str, kind: str, authority: str, contact: str) -> None:
    """Add the agency NAME. Events carry its short CODE for ever."""
    from lantern.actions.manage_people import add_agency
    from lantern.record.actor import Actor

    by = Actor(None, "administrator", code, source_kind="command", source_ref="agencies")
    with refusals():
        add_agency(code=code, name=name, kind=kind, authority=authority, contact=contact, by=by, at=clock.now())
    click.echo(f"{code} is there; give it people with lantern people add.")


@command.command("list")
def list_() -> None:
    """List the agencies."""
    from lantern.access import context
    from lantern.access.models import Agency

    with context.system("agencies command"):
        for each in Agency.objects.order_by("code"):
            click.echo("\t".join([each.code, each.name, each.kind, each.authority, each.contact]).rstrip())
