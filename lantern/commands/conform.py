"""`lantern conform`: a local protocol held against the guidance it stands on."""

import json
from collections.abc import Iterable

import click

from lantern import engine
from lantern.commands.assess import refuse
from lantern.engine.protocols.checklist import Answer, checklist
from lantern.engine.protocols.conform import Finding, conform


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
        told = {
            "pack": local.key,
            "to": base.key,
            "findings": [finding.as_json() for finding in findings],
            "checklist": [answer.as_json() for answer in answers],
        }
        click.echo(json.dumps(told, indent=2))
        return
    click.echo(f"{local.title} ({local.key}), held against: {base.title} ({base.key})\n")
    for finding in findings:
        _finding(finding)
    click.echo("Checklist of the guidance\n")
    for number, answer in enumerate(answers, start=1):
        _answer(number, answer)


def _finding(finding: Finding) -> None:
    click.echo(f"{finding.verdict:<10} {finding.duty}: {'; '.join(finding.why)}")
    _lines("guidance", finding.guidance, finding.cites)
    _lines("local", finding.local, finding.local_cites)
    for departure in finding.departs_from:
        _lines("departs from it", [departure.authority], departure.cites)
    _lines("beside it the local protocol states", finding.beside, ())
    click.echo()


def _lines(label: str, said: Iterable[str], cites: Iterable[str]) -> None:
    for words in said:
        click.echo(f"    {label}: {words}")
    if listed := "; ".join(cites):
        click.echo(f"        source: {listed}")


def _answer(number: int, answer: Answer) -> None:
    places = ", ".join(map(str, answer.paragraphs))
    click.echo(f"{number}. {answer.question} (paragraphs {places}): {answer.verdict}")
    for label, points in (("stated", answer.stated), ("left to the guidance", answer.left)):
        if points:
            click.echo(f"    {label}: {', '.join(point.said for point in points)}")
    if answer.cites:
        click.echo(f"    source: {'; '.join(answer.cites)}")
