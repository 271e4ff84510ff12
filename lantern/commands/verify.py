"""`lantern verify`: is the record what was written?"""

import sys

import click

from lantern.commands.cli import django_setup


@click.command()
def command() -> None:
    """Check every event, every hash chain and every signed checkpoint. The exit status is 1 when something is wrong."""
    django_setup("verify")
    from lantern.access import context
    from lantern.record.verify import verify

    with context.system("verify"):
        report = verify()
    for finding in report.findings:
        where = f" (child {finding.child}, event {finding.seq})" if finding.child else ""
        click.echo(f"{finding.kind}: {finding.says}{where}")
    click.echo(f"{report.events} events of {report.children} children and {report.checkpoints} checkpoints were checked.")
    if not report.ok:
        click.echo(f"{len(report.findings)} things are wrong. Keep the database as it is and call the record's owner.")
        sys.exit(1)
    click.echo("Everything is as it was written.")
