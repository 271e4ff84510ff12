"""`lantern verify`: is the record what was written?"""

import sys
from pathlib import Path

import click

from lantern.commands.cli import django_setup


@click.command()
@click.option("--export", "folder", type=click.Path(path_type=Path), help="Also write the log there, for others.")
def command(folder: Path | None) -> None:
    """Check every event, every hash chain and every signed checkpoint. The exit status is 1 when something is wrong.

    What --export writes is checked without Lantern by scripts/verify_export.py; nobody can read personal fields in it.
    """
    django_setup("verify")
    from lantern.access import context
    from lantern.record.export import export_to
    from lantern.record.verify import verify

    with context.system("verify"):
        report = verify()
        if folder:
            export_to(folder)
    for finding in report.findings:
        where = f" (child {finding.child}, event {finding.seq})" if finding.child else ""
        click.echo(f"{finding.kind}: {finding.says}{where}")
    counted = f"{report.events} events of {report.children} children and {report.checkpoints} checkpoints"
    click.echo(f"{counted} were checked.")
    if not report.ok:
        click.echo(f"{len(report.findings)} things are wrong. Keep the database as it is and call the record's owner.")
        sys.exit(1)
    click.echo("Everything is as it was written.")
