"""`lantern compare`: protocols side by side, concept by concept."""

import json

import click

from lantern import engine
from lantern.commands.assess import refuse
from lantern.engine.protocols.compare import compare


@click.command(help="Set two or more packs side by side: who owes what, by when, and the difference in plain words.")
@click.argument("packs", nargs=-1, required=True)
@click.option("--differences", is_flag=True, help="leave out what is the same")
@click.option("--markdown", is_flag=True, help="print a table")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def command(packs: tuple[str, ...], *, differences: bool, markdown: bool, as_json: bool) -> None:
    """Rows in the order of a child's journey."""
    try:
        loaded = [engine.load_pack(name) for name in packs]
        if len(loaded) < 2:
            raise engine.UnknownName(
                [engine.Problem("too_few_packs", "comparing takes two packs or more", said=packs[0])]
            )
    except engine.EngineError as error:
        refuse(error.problems, as_json=as_json)
        return
    rows = [row for row in compare(loaded) if not (differences and row.difference == "the same")]
    if as_json:
        click.echo(
            json.dumps(
                {"packs": [pack.key for pack in loaded], "rows": [row.as_json(loaded) for row in rows]}, indent=2
            )
        )
    elif markdown:
        click.echo("| concept | " + " | ".join(pack.key for pack in loaded) + " | difference |")
        click.echo("|---" * (len(loaded) + 2) + "|")
        for row in rows:
            cells = [cell.words.replace("|", "/") for cell in row.cells]
            click.echo(f"| {row.concept} | " + " | ".join(cells) + f" | {row.difference} |")
    else:
        for row in rows:
            click.echo(f"{row.concept} ({row.kind}): {row.difference}")
            for pack, cell in zip(loaded, row.cells, strict=True):
                click.echo(f"    {pack.key}: {cell.words}{' (from its base)' if cell.inherited else ''}")
