"""`lantern restrict`: who may open a child's record, where need-to-know is not narrow enough."""

import click

from lantern.commands.cli import django_setup, refusals
from lantern.plumbing import clock


@click.command()
@click.argument("ref")
@click.option("--agency", required=True, help="Code of the responsible authority, which decided it.")
@click.option("--readers", multiple=True, metavar="EMAIL", help="Who may still open it; once for each person.")
@click.option("--reason", default="", help="Why; kept with the restriction.")
@click.option("--lift", is_flag=True, help="Open the record again instead.")
def command(ref: str, agency: str, readers: tuple[str, ...], reason: str, lift: bool) -> None:
    """Restrict the record with this reference to named people, who still need a role in an agency of the case.

    On a restricted record, more readers are added to those named before.
    """
    django_setup("restrict")
    from lantern.access import context
    from lantern.actions import restrict_record
    from lantern.record.actor import Actor
    from lantern.record.models import Child

    with context.system("restrict command"):
        child = Child.objects.filter(ref=ref.upper()).first()
    if child is None:
        raise click.ClickException("There is no record with this reference.")
    by = Actor(None, "administrator", agency, source_kind="command", source_ref="restrict")
    with refusals():
        if lift:
            restrict_record.lift_restriction(child=child, by=by, at=clock.now())
        else:
            restrict_record.restrict_record(child=child, readers=readers, reason=reason, by=by, at=clock.now())
    click.echo(f"The record {child.ref} is {'open again' if lift else 'restricted'}.")
