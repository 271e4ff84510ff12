"""`lantern county`: a synthetic county."""

from pathlib import Path

import click

from lantern.commands.cli import django_setup
from lantern.plumbing import clock
from lantern.plumbing.errors import Misconfigured


@click.group()
def command() -> None:
    """A synthetic county, for demonstrations. Everybody in it is made up."""
    django_setup("county")


@command.command()
@click.option("--size", type=click.IntRange(1), default=12, show_default=True, help="Children.")
def build(size: int) -> None:
    """Build the county, or add what is missing of it; print who can sign in."""
    from django.conf import settings

    if not settings.DEMO:
        raise Misconfigured("A synthetic county belongs into a demonstration's database: set LANTERN_DEMO=yes.")
    from lantern.actions import build_county
    from lantern.commands import demo_people

    for person in demo_people.save(settings.VAR, build_county.build(size=size, at=clock.now())):
        click.echo(f"{person['email']:<45} {person['password']:<20} {person['who']}")


@command.command()
@click.argument("place", metavar="DIR", type=click.Path(path_type=Path), required=False)
def email(place: Path | None) -> None:
    """Drop a police e-mail about a child whom nobody knows yet into DIR; default: the worker's folder."""
    from django.conf import settings

    from lantern.actions.build_county.mail import police_email
    from lantern.commands import demo_people

    if not place and not demo_people.load(settings.VAR):
        raise Misconfigured("No demonstration runs here whose worker would take it in: name a folder.")
    folder = place or settings.VAR / "intake"
    folder.mkdir(parents=True, exist_ok=True)
    name, raw = police_email(clock.now())
    draft = folder / f".{name}"
    draft.write_bytes(raw)
    draft.replace(folder / name)
    click.echo(f"{folder / name} tells of a missing child; the worker takes it in within half a minute.")
