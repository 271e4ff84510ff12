"""`lantern protocol`: a pack as a document to read and sign."""

from pathlib import Path

import click

from lantern import engine
from lantern.commands.assess import refuse
from lantern.reporting.protocol.files import WRITERS


@click.command(help="Write a protocol as a page to read and sign: .html, .pdf (tagged) or .svg (the picture alone).")
@click.argument("pack")
@click.option("--out", "out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="the ending decides")
def command(pack: str, out: Path) -> None:
    """One file; status 2 for a pack that cannot be read or an ending that means nothing."""
    try:
        loaded = engine.load_pack(pack)
        if out.suffix not in WRITERS:
            problem = engine.Problem(
                "unknown_ending", "no document has that ending", str(out), expected=", ".join(WRITERS)
            )
            raise engine.UnknownName([problem])
    except engine.EngineError as error:
        refuse(error.problems, as_json=False)
        return
    _, written = WRITERS[out.suffix]
    out.write_bytes(written(loaded))
    click.echo(f"{loaded.key} written to {out}")
