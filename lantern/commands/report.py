"""`lantern report`: statutory reports as files, for operators. People make theirs on the page of the report."""

from datetime import datetime
from pathlib import Path

import click

from lantern.commands.cli import django_setup
from lantern.plumbing import clock
from lantern.plumbing.errors import Malformed, Misconfigured


@click.group()
def command() -> None:
    """Write a statutory report."""


@command.command()
@click.option("--year", required=True, metavar="2025-26", help="Collection year, 1 April to 31 March.")
@click.option("--known-at", metavar="INSTANT", help="As it was known then, ISO 8601 with an offset. Default: now.")
@click.option("--authority", help="Only children this authority was responsible for, by its short name.")
@click.option(
    "--last-year",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Last year's file, to find episodes not carried over.",
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The CSV to write.")
def ssda903(year: str, known_at: str | None, authority: str | None, last_year: Path | None, out: Path) -> None:
    """Write the SSDA903 Missing table, and say on standard error what could not be reported."""
    django_setup("report")
    from lantern.access import context
    from lantern.reporting import ssda903 as missing
    from lantern.reporting.ssda903 import service

    try:
        asked = missing.CollectionYear.parse(year)
        before = missing.read_rows(last_year.read_text(encoding="utf-8-sig")) if last_year else []
        then = _instant(known_at) if known_at else None
    except Malformed as wrong:
        raise Misconfigured(str(wrong)) from wrong
    with context.system("report command"):
        made = service.for_operator(asked, at=clock.now(), known_at=then, authority=authority, last_year=before)
    out.write_text(missing.file_text(made.rows.rows), encoding="utf-8", newline="")
    for problem in made.rows.problems:
        click.echo(f"{problem.code}: episode {problem.episode}: {problem.message} {problem.needs}", err=True)
    for finding in made.findings:
        where = "" if finding.row is None else f"row {finding.row + 1}: "
        click.echo(f"{finding.code}: {where}{finding.message}", err=True)
    found = made.rows
    click.echo(f"{out}: rows {len(found.rows)}, problems {len(found.problems)}, left out {len(found.left_out)}.")


def _instant(text: str) -> datetime:
    """An instant with an offset. Raises Malformed."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise Malformed("Write --known-at like 2026-04-20T09:00+01:00.") from wrong
    if moment.tzinfo is None:
        raise Malformed("Write --known-at with an offset, like 2026-04-20T09:00+01:00.")
    return moment
