"""`lantern coverage`: where every rule of the sources went."""

import json
import sys

import click

from lantern import engine
from lantern.commands.assess import refuse
from lantern.engine.protocols.coverage import counts, coverage

HOUSED = ("duty", "authority", "classification", "contents", "timetable")  # homes that have a place of their own


@click.command(help="Say of every rule of the sources where it went: a duty, a definition … or not tracked, and why.")
@click.option("--pack", "packs", multiple=True, help="name or name@edition (default: every pack)")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def command(packs: tuple[str, ...], *, as_json: bool) -> None:
    """One line an id, then the counts; status 1 when a rule has no home."""
    try:
        chosen = packs or tuple(f"{header.name}@{header.edition}" for header in engine.list_packs())
        loaded = [engine.load_pack(name) for name in chosen]
    except engine.EngineError as error:
        refuse(error.problems, as_json=as_json)
        return
    homes = coverage(loaded)
    table = counts(homes)
    homeless = [home for home in homes if home.home in HOUSED and not home.where]
    if as_json:
        click.echo(json.dumps({"rules": [home.as_json() for home in homes], "counts": table}, indent=2))
    else:
        for home in homes:
            click.echo(f"{home.id}\t{home.home}\t{', '.join(home.where) or home.why}\t{home.says}\t{home.at}")
        for pack, row in table.items():
            click.echo(f"{pack}: " + ", ".join(f"{number} {name}" for name, number in row.items()))
        click.echo(f"{len(homes)} rules, {len(homeless)} without a home")
    sys.exit(1 if homeless else 0)
