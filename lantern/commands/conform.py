"""`lantern conform`: a local protocol held against the guidance it stands on."""

import json

import click

from lantern import engine
from lantern.commands.assess import refuse
from lantern.engine.protocols.conform import checklist, conform


@click.command(help="Say where a local pack is weaker, silent or stricter than the guidance, and answer its checklist.")
@click.argument("pack")
@click.option("--to", "guidance", default="dfe-2014", show_default=True, help="the pack of the guidance")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def command(pack: str, guidance: str, *, as_json: bool) -> None:
    """Findings in the order of the guidance, then its checklist."""
    try:
        local, base = engine.load_pack(pack), engine.load_pack(guidance)
    except engine.EngineError as error:
        refuse(error.problems, as_json=as_json)
        return
    findings, answers = conform(local, base), checklist(local, base)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "pack": local.key,
                    "to": base.key,
                    "findings": [finding.as_json() for finding in findings],
                    "checklist": [answer.as_json() for answer in answers],
                },
                indent=2,
            )
        )
        return
    for finding in findings:
        click.echo(f"{finding.verdict:<10} {finding.duty}: {finding.why}")
        click.echo(f"           guidance: {finding.guidance}")
        if finding.local:
            click.echo(f"           local: {finding.local}")
    for number, answer in enumerate(answers, start=1):
        rules = ", ".join((*answer.stated, *(f"{name} (guidance)" for name in answer.inherited)))
        click.echo(f"{number}. {answer.question}: {answer.verdict}. {rules}")
