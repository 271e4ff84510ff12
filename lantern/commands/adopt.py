"""`lantern adopt`: by which protocol an authority works, and from when."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import click

from lantern.commands.cli import django_setup, refusals
from lantern.plumbing import clock

LONDON = ZoneInfo("Europe/London")


@click.command()
@click.argument("authority", required=False)
@click.argument("pack", metavar="PACK[@EDITION]", required=False)
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day, such as 2026-04-01.")
@click.option("--until", "end", type=click.DateTime(["%Y-%m-%d"]), help="First day on which it governs no more.")
@click.option("--list", "listed", is_flag=True, help="List what was adopted, and from when until when.")
def command(
    authority: str | None, pack: str | None, first: datetime | None, end: datetime | None, listed: bool
) -> None:
    """Put an edition of PACK in force for AUTHORITY (its short name); without @EDITION the newest.

    What was in force until then ends there. Days begin at midnight in London. A pack that has problems is refused,
    with each of them. Children who are away are looked at again, now or when the day comes.
    """
    if listed == bool(authority):
        raise click.UsageError("Give an authority, a pack and --from, or --list alone.")
    django_setup("adopt")
    if listed:
        _list()
        return
    if not authority or not pack or not first:
        raise click.UsageError("Give an authority, a pack and --from.")
    from lantern.actions.adopt_pack import adopt_pack
    from lantern.record.actor import Actor

    name, _, edition = pack.partition("@")
    by = Actor(None, "administrator", "", source_kind="command", source_ref="adopt")
    until = _midnight(end.date()) if end else None
    with refusals():
        adopted = adopt_pack(
            authority=authority,
            pack=name,
            edition=edition or None,
            since=_midnight(first.date()),
            until=until,
            by=by,
            at=clock.now(),
        )
    click.echo(f"{adopted} is in force {_span(adopted.since, adopted.until)}.")


def _list() -> None:
    from lantern.access import context
    from lantern.evaluations.models import Adoption

    with context.system("adopt command"):
        for each in Adoption.objects.order_by("authority", "since"):
            click.echo(f"{each}\t{_span(each.since, each.until)}")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _span(since: datetime, until: datetime | None) -> str:
    words = f"from {since.astimezone(LONDON):%Y-%m-%d}"
    return f"{words} until {until.astimezone(LONDON):%Y-%m-%d}" if until else words
