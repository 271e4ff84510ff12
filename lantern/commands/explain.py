"""`lantern explain`: what a duty is, in every pack that has it, or in one."""

import json
from difflib import get_close_matches

import click

from lantern import engine
from lantern.commands.assess import refuse
from lantern.engine.explain import explained, in_lines


@click.command(help="Say what a duty is: who owes it, what makes it arise, when it is due, by which source.")
@click.argument("duty")
@click.option("--pack", "packs", multiple=True, help="name or name@edition (default: every pack)")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def command(duty: str, packs: tuple[str, ...], *, as_json: bool) -> None:
    """Every rule of that name, each with its pack."""
    try:
        chosen = packs or tuple(f"{header.name}@{header.edition}" for header in engine.list_packs())
        loaded = [engine.load_pack(name) for name in chosen]
        found = [entry for pack in loaded for entry in explained(pack, duty)]
        if not found:
            names = sorted({rule.duty for pack in loaded for rule in pack.duties})
            near = get_close_matches(duty, names, n=1)
            hint = f"Did you mean {near[0]}?" if near else ""
            raise engine.UnknownName(
                [
                    engine.Problem(
                        "unknown_duty", "no pack has such a duty", said=duty, expected="a duty of a pack", hint=hint
                    )
                ]
            )
    except engine.EngineError as error:
        refuse(error.problems, as_json=as_json)
        return
    if as_json:
        click.echo(json.dumps({"duty": duty, "rules": found}, indent=2))
        return
    for entry in found:
        click.echo("\n".join(in_lines(entry)) + "\n")
