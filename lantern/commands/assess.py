"""`lantern assess`: what is owed, by an event log and one or two packs."""

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from lantern import engine
from lantern.engine.checks import story_problems
from lantern.engine.instants import parse_instant, to_datetime


class Instant(click.ParamType):
    """A date and time with an offset."""

    name = "instant"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment, or a usage problem."""
        try:
            return to_datetime(parse_instant(value))
        except ValueError as error:
            problem = engine.Problem(
                "bad_instant",
                str(error),
                param.opts[0] if param else "",
                said=value,
                expected="a date and time with an offset",
                hint="For example 2026-03-02T16:00:00+00:00",
            )
            raise BadArgument([problem]) from error


class BadArgument(engine.EngineError):
    """An option of the command line that cannot be used."""


def read_log(path: str) -> engine.Log:
    """The log at a path, `-` for standard input. Raises BadLog with every problem, those of the story included."""
    try:
        text = sys.stdin.buffer.read().decode("utf-8") if path == "-" else Path(path).read_bytes().decode("utf-8")
    except OSError as error:
        raise engine.BadLog(
            [engine.Problem("unreadable_file", f"the log cannot be read: {error.strerror}", path)]
        ) from error
    except UnicodeDecodeError as error:
        raise engine.BadLog([engine.Problem("not_text", "the log is not UTF-8 text", path)]) from error
    log = engine.read_jsonl(text, path)
    problems = story_problems(log)
    if problems:
        raise engine.BadLog(problems)
    return log


def refuse(problems: Iterable[engine.Problem], *, as_json: bool) -> None:
    """List the problems, one line each on standard error, and end with status 2."""
    listed = list(problems)
    if as_json:
        click.echo(json.dumps({"problems": [problem.as_json() for problem in listed]}, indent=2))
    for problem in listed:
        click.echo(problem.in_one_line(), err=True)
    sys.exit(2)


class Assess(click.Command):
    """A command that lists its problems in the way of the contract, those of its options included."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options that cannot be used are problems like any other."""
        as_json = "--json" in args
        try:
            return super().parse_args(ctx, args)
        except BadArgument as error:
            refuse(error.problems, as_json=as_json)
            raise
        except click.UsageError as error:
            if "--help" in args:
                raise
            refuse([engine.Problem("usage", error.format_message(), "lantern assess")], as_json=as_json)
            raise


@click.command(cls=Assess, help="What is owed at a moment, by an event log and one or two packs.")
@click.option("--pack", "packs", multiple=True, required=True, help="name or name@edition; a second is the host's")
@click.option("--log", "log_path", required=True, help="a file of one JSON event a line, or - for standard input")
@click.option("--as-of", "as_of", required=True, type=Instant(), help="what time is it?")
@click.option("--known-at", "known_at", type=Instant(), help="what had been recorded by then? (default: --as-of)")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def command(
    packs: tuple[str, ...], log_path: str, as_of: datetime, known_at: datetime | None, *, as_json: bool
) -> None:
    """Read, evaluate, print; any problem ends with status 2 and no partial answer."""
    problems: list[engine.Problem] = []
    loaded, log = _load(packs, problems), engine.Log()
    try:
        log = read_log(log_path)
    except engine.EngineError as error:
        problems += error.problems
    if problems:
        refuse(problems, as_json=as_json)
    evaluation = engine.evaluate(loaded, log, as_of, known_at)
    if as_json:
        click.echo(json.dumps(evaluation.to_json(), indent=2, default=str))
    else:
        _print(evaluation)
    for problem in evaluation.problems:
        click.echo(problem.in_one_line(), err=True)


def _load(packs: tuple[str, ...], problems: list[engine.Problem]) -> list[engine.Pack]:
    """All packs that can be used; what is wrong with any of them is added to the problems."""
    loaded = []
    if len(packs) > 2:
        problems.append(engine.Problem("too_many_packs", "at most two packs apply to one child", said=", ".join(packs)))
    for name in packs:
        try:
            loaded.append(engine.load_pack(name))
        except engine.EngineError as error:
            problems += error.problems
    return loaded


def _print(evaluation: engine.Evaluation) -> None:
    for episode in evaluation.episodes:
        risk = episode.risk["level"] if episode.risk else "not graded"
        click.echo(f"{episode.child} {episode.episode}: {episode.state}, risk {risk}")
    for duty in evaluation.by_due:
        due = duty.due_at.isoformat() if duty.due_at else "no time stated"
        click.echo(f"  {duty.state:<11} {due:<26} {duty.duty}  {duty.in_words}")
