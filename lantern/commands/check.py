"""`lantern check`: every problem of a pack folder, and its scenarios run."""

import json
import sys
from pathlib import Path

import click

from lantern import engine
from lantern.commands.assess import refuse
from lantern.engine.scenarios import run_scenarios


@click.command(help="Check a pack folder: list every problem with its place, and run its scenarios.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def command(folder: Path, *, as_json: bool) -> None:
    """Status 2 for a pack that cannot be used, 1 for a scenario that fails, else 0."""
    try:
        pack = engine.load_folder(folder)
    except engine.EngineError as error:
        refuse(error.problems, as_json=as_json)
        return
    outcomes = run_scenarios(pack, folder, str(folder))
    failures = [problem for outcome in outcomes for problem in outcome.failures]
    summary = {
        "pack": pack.key,
        "hash": pack.content_hash,
        "duties": len(pack.duties),
        "scenarios": len(outcomes),
        "problems": [problem.as_json() for problem in failures],
    }
    if as_json:
        click.echo(json.dumps(summary, indent=2))
    else:
        click.echo(f"{pack.key}: {len(pack.duties)} duties, {len(outcomes)} scenarios, {len(failures)} failures")
    for outcome in outcomes:
        for problem in outcome.failures:
            click.echo(f"{problem.in_one_line()}  [{outcome.name}]", err=True)
    sys.exit(1 if failures else 0)
