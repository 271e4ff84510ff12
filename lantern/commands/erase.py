"""`lantern erase`: make a child's record unreadable for ever."""

import click

from lantern.commands.cli import django_setup
from lantern.plumbing import clock
from lantern.plumbing.errors import Refused


@click.command()
@click.argument("ref")
@click.option("--reason", required=True, help="retention, request, court or mistake")
@click.option("--as", "email", required=True, help="e-mail address of the administrator who decided it")
@click.option("--yes", is_flag=True, help="Do not ask again.")
def command(ref: str, reason: str, email: str, yes: bool) -> None:
    """Erase the record of the child with this reference. It cannot be undone.

    Names, places and narrative become unreadable, those of the messages that came in about the child too. That
    something happened, and when, stays in the log, which can still be verified. A report of the same child waits for
    a person from then on and does not bring the record back.
    """
    django_setup("erase")
    from lantern.access import context
    from lantern.access.models import CaseRole, Person
    from lantern.actions.erase_child import RESPONSIBLE, erase_child
    from lantern.record.actor import Actor
    from lantern.record.models import Child

    with context.system("erase command"):
        child = Child.objects.filter(ref=ref.upper()).first()
        person = Person.objects.filter(email__iexact=email).first()
        if child is None or person is None:
            raise click.ClickException("There is no such child, or nobody with this e-mail address.")
        held = CaseRole.objects.filter(child_id=child.id, part=RESPONSIBLE, until=None).select_related("agency").first()
    if not yes:
        click.confirm(f"Erase the record {child.ref} for ever?", abort=True)
    agency = held.agency.code if held else ""
    by = Actor(person.id, "administrator", agency, source_kind="command", source_ref="erase")
    try:
        erase_child(child=child, reason=reason, by=by, at=clock.now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"The record {child.ref} is erased. Erase it again in every backup that is ever restored.")
