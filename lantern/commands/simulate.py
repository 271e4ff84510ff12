"""`lantern simulate`: many logs replayed against a pack, and against a second one."""

import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from lantern import engine
from lantern.commands.assess import Assess, Instant, refuse
from lantern.engine.instants import to_datetime
from lantern.engine.protocols.simulate import Tally, change, tally

BATCH = 500  # children a batch: large enough to outweigh handing it over, small enough to show progress


@click.command(cls=Assess, help="Replay any number of logs: workload, timeliness, overdue by duty, role and week.")
@click.option("--pack", "pack", required=True, help="name or name@edition")
@click.option("--against", "against", help="a second pack or edition: what would it have meant?")
@click.option(
    "--log", "log_path", required=True, type=click.Path(path_type=Path), help="a folder or file, JSONL or Parquet"
)
@click.option("--as-of", "as_of", type=Instant(), help="default: the last moment that the logs recorded")
@click.option("--processes", default=os.cpu_count() or 1, show_default=True, help="how many cores to use")
@click.option("--engine", "how", type=click.Choice(["local", "spark"]), default="local", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def command(
    pack: str, against: str | None, log_path: Path, as_of: datetime | None, processes: int, how: str, *, as_json: bool
) -> None:
    """Read, split by child, count on every core, add up."""
    names = [pack] if against is None else [pack, against]
    try:
        for name in names:
            engine.load_pack(name)
        children = read_children(log_path)
    except engine.EngineError as error:
        refuse(error.problems, as_json=as_json)
        return
    at = as_of or _last_moment(children)
    try:
        tallies = [_count(name, children, at, how, processes) for name in names]
    except engine.UnknownName as error:
        refuse(error.problems, as_json=as_json)
        return
    report: dict[str, Any] = {"pack": pack, "as_of": at.isoformat(), **tallies[0].as_json()}
    if against is not None:
        report["against"] = {"pack": against, **tallies[1].as_json()}
        report["change"] = change(*tallies)
    if as_json:
        click.echo(json.dumps(report, indent=2))
    else:
        _print(report)


def read_children(path: Path) -> list[engine.Log]:
    """One log a child, in the order of the children's names. Raises BadLog with every problem of every file."""
    files = (
        sorted(each for each in path.iterdir() if each.suffix in (".jsonl", ".parquet")) if path.is_dir() else [path]
    )
    problems: list[engine.Problem] = []
    together = engine.Log(source=str(path))
    if not files:
        problems.append(engine.Problem("no_logs", "the folder holds no .jsonl or .parquet file", str(path)))
    for file in files:
        try:
            read = _read_file(file)
        except engine.BadLog as error:
            problems += error.problems
            continue
        for child, events in read.children.items():
            together.children.setdefault(child, []).extend(events)
    if problems:
        raise engine.BadLog(problems)
    return [engine.Log({child: events}, source=str(path)) for child, events in sorted(together.children.items())]


def _read_file(path: Path) -> engine.Log:
    try:
        if path.suffix == ".parquet":
            return engine.Log.of(_parquet_rows(path), source=str(path))
        with path.open(encoding="utf-8", newline="\n") as lines:
            return engine.read_jsonl(lines, str(path))
    except UnicodeDecodeError as error:
        raise engine.BadLog([engine.Problem("not_text", "the log is not UTF-8 text", str(path))]) from error
    except OSError as error:
        said = error.strerror or str(error)
        raise engine.BadLog(
            [engine.Problem("unreadable_file", f"the log cannot be read: {said}", str(path))]
        ) from error


def _parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Rows with their empty columns left out; a column `fields` may hold the rest as JSON text."""
    from pyarrow import parquet

    for batch in parquet.ParquetFile(path).iter_batches():
        for row in batch.to_pylist():
            fields = row.pop("fields", None)
            yield {
                key: value
                for key, value in {**row, **(json.loads(fields) if fields else {})}.items()
                if value is not None
            }


def _last_moment(logs: Iterable[engine.Log]) -> datetime:
    return to_datetime(
        max((event.told for log in logs for events in log.children.values() for event in events), default=0)
    )


def _count(name: str, logs: list[engine.Log], at: datetime, how: str, processes: int) -> Tally:
    batches = [logs[start : start + BATCH] for start in range(0, len(logs), BATCH)]
    count = partial(count_batch, name, at)
    if how == "spark":
        return _spark()(batches, count)
    total = Tally()
    # evaluations leave no cycles behind, so that looking for some would only cost
    with ProcessPoolExecutor(max(1, min(processes, len(batches))), initializer=gc.disable) as pool:
        parts = pool.map(count, batches)
        hidden = not sys.stderr.isatty()
        with click.progressbar(parts, length=len(batches), label=name, file=sys.stderr, hidden=hidden) as shown:
            for part in shown:
                total.add(part)
    return total


def _spark() -> Callable[[Sequence[list[engine.Log]], Callable[[list[engine.Log]], Tally]], Tally]:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # Spark's workers need the packages that we have
    try:
        from lantern.engine.protocols.on_spark import count_on_spark
    except ImportError as error:
        problem = engine.Problem(
            "no_spark", "Spark is not installed", hint="Run `uv sync --group spark`; it needs Java"
        )
        raise engine.UnknownName([problem]) from error
    return count_on_spark


def count_batch(name: str, at: datetime, logs: list[engine.Log]) -> Tally:
    """One batch on one core; the pack is read once a process."""
    return tally([engine.load_pack(name)], logs, at)


def _print(report: dict[str, Any]) -> None:
    click.echo(
        f"{report['pack']}: {report['children']} children, {report['episodes']} episodes, {report['duties']} duties"
    )
    for title in ("by_duty", "by_owner", "by_week"):
        click.echo(f"\n{title.replace('_', ' '):<40} arose  in time     late  share in time")
        for name, row in report[title].items():
            share = "" if row["share_in_time"] is None else f"{row['share_in_time']:.0%}"
            click.echo(f"{name:<40} {row['arose']:>5} {row['in_time']:>8} {row['late']:>8} {share:>10}")
    for row in report.get("change", ()):
        click.echo(
            f"{row['duty']:<40} arose {row['arose'][0]} -> {row['arose'][1]}, late {row['late'][0]} -> {row['late'][1]}"
        )
