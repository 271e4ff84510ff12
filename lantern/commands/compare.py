"""`lantern compare`: protocols side by side, concept by concept."""

import json
from collections.abc import Sequence

import click

from lantern import engine
from lantern.commands.assess import refuse
from lantern.engine.protocols.compare import Cell, Row, compare, titled


@click.command(help="Set two or more packs side by side: who owes what, by when, and the difference in plain words.")
@click.argument("packs", nargs=-1, required=True)
@click.option("--concept", "wanted", help="only the concepts whose name holds these words")
@click.option("--differences", is_flag=True, help="leave out what is the same")
@click.option("--markdown", is_flag=True, help="print tables")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def command(packs: tuple[str, ...], *, wanted: str | None, differences: bool, markdown: bool, as_json: bool) -> None:
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
    rows = [row for row in rows if not wanted or wanted.lower() in row.concept.lower()]
    if as_json:
        told = {"packs": [pack.key for pack in loaded], "rows": [row.as_json(loaded) for row in rows]}
        click.echo(json.dumps(told, indent=2))
    elif markdown:
        _tables([pack.key for pack in loaded], rows)
    else:
        _lists([pack.key for pack in loaded], rows)


def _tables(keys: Sequence[str], rows: Sequence[Row]) -> None:
    """One table for each part of the journey."""
    for phase in dict.fromkeys(row.phase for row in rows):
        click.echo(f"## {titled(phase)}\n")
        click.echo("| concept | " + " | ".join(keys) + " | difference |")
        click.echo("|---" * (len(keys) + 2) + "|")
        for row in (row for row in rows if row.phase == phase):
            cells = [cell.words.replace("|", "/") for cell in row.cells]
            click.echo(f"| {row.concept} | " + " | ".join(cells) + f" | {row.difference} |")
        click.echo()


def _lists(keys: Sequence[str], rows: Sequence[Row]) -> None:
    """Each concept with its difference, then what each protocol says and where."""
    phase = None
    for row in rows:
        if row.phase != phase:
            phase = row.phase
            click.echo(f"{titled(phase)}\n")
        click.echo(f"{row.concept} ({row.kind}): {row.difference}")
        for key, cell in zip(keys, row.cells, strict=True):
            _cell(key, cell)
        click.echo()


def _cell(key: str, cell: Cell) -> None:
    """What the protocol says with its places, then the readings that were chosen and the conflicts, each once."""
    click.echo(f"    {key}:{'' if cell.own else ' not stated'}")
    for said in cell.said:
        click.echo(f"      - {'(from its base) ' if said.inherited else ''}{said.words}")
        if said.cites:
            click.echo(f"        source: {'; '.join(said.cites)}")
        for reading in said.assumed:
            click.echo(f"        assumed: {reading}")
    for conflict in dict.fromkeys(conflict for said in cell.said for conflict in said.conflicts):
        click.echo(f"      conflict {conflict}")
