"""`lantern packs`: the packs, their editions, and whether they are agreed or assumed."""

import json

import click

from lantern import engine
from lantern.commands.assess import refuse


@click.command(help="List the packs, their editions, and whether they are agreed or assumed.")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def command(*, as_json: bool) -> None:
    """One line an edition."""
    try:
        headers = engine.list_packs()
    except engine.EngineError as error:
        refuse(error.problems, as_json=as_json)
        return
    if as_json:
        fields = ("name", "edition", "title", "status", "base", "duties", "assumed", "conflicts")
        click.echo(
            json.dumps({"packs": [{name: getattr(header, name) for name in fields} for header in headers]}, indent=2)
        )
        return
    for header in headers:
        click.echo(
            f"{header.name}@{header.edition}  {header.status}  {header.duties} duties, "
            f"{header.assumed} with an assumption, {header.conflicts} conflicts  {header.title}"
        )
