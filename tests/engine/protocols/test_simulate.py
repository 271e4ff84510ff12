"""Replaying many logs: parts add up to the whole, however they are split and stored."""

import json
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from lantern import engine
from lantern.commands.simulate import command
from lantern.engine.protocols.simulate import change, tally

PACK = engine.load_pack("kingston-richmond-2023")
AS_OF = datetime(2026, 3, 10, 12, tzinfo=UTC)


def lines(child: str, day: int) -> list[dict[str, str]]:
    """A child reported, graded three hours later, and back the next day."""
    common = {"child": child, "episode": "E1", "by_role": "duty_inspector"}
    return [
        {**common, "id": f"{child}-{number}", "event": event, "occurred_at": at, "recorded_at": at, **more}
        for number, (event, at, more) in enumerate(
            [
                ("report_received", f"2026-03-{day:02}T10:00:00+00:00", {"received_by": "police"}),
                ("risk_graded", f"2026-03-{day:02}T13:00:00+00:00", {"level": "medium"}),
                ("child_returned", f"2026-03-{day + 1:02}T10:00:00+00:00", {"to": "home"}),
            ]
        )
    ]


COLUMNS = ("event", "id", "child", "episode", "occurred_at", "recorded_at", "by_role")


def as_row(line: dict[str, str]) -> dict[str, str]:
    """A log line as a row: its own columns, and the event's fields as JSON text."""
    row = {name: line[name] for name in COLUMNS}
    return {**row, "fields": json.dumps({name: value for name, value in line.items() if name not in COLUMNS})}


LOGS = [engine.Log.of(lines(f"C{day}", day)) for day in (2, 3, 4)]


def test_parts_add_up_to_the_whole():
    whole, parts = tally([PACK], LOGS, AS_OF), tally([PACK], LOGS[:1], AS_OF)
    parts.add(tally([PACK], LOGS[1:], AS_OF))
    assert parts.as_json() == whole.as_json()


def test_a_grading_an_hour_late_is_counted_as_late_in_its_week():
    told = tally([PACK], LOGS, AS_OF).as_json()
    assert told["by_duty"]["initial_risk_grading"] == {
        "arose": 3, "in_time": 0, "late": 3, "share_in_time": 0.0, "states": {"met_late": 3},
    }  # fmt: skip
    assert "2026-W10" in told["by_week"]


def test_a_second_pack_shows_what_it_would_have_meant():
    before, after = tally([PACK], LOGS, AS_OF), tally([engine.load_pack("dfe-2014")], LOGS, AS_OF)
    rows = {row["duty"]: row for row in change(before, after)}
    assert rows["initial_risk_grading"]["late"] == [3, 0]


@pytest.mark.parametrize("kind", ["one file", "a folder", "parquet"])
def test_the_command_reads_files_folders_and_parquet_alike(tmp_path, kind):
    stories = [lines(f"C{day}", day) for day in (2, 3, 4)]
    path = tmp_path / "logs"
    if kind == "one file":
        path = tmp_path / "logs.jsonl"
        path.write_text("\n".join(json.dumps(line) for story in stories for line in story))
    elif kind == "a folder":
        path.mkdir()
        for number, story in enumerate(stories):
            (path / f"{number}.jsonl").write_text("\n".join(json.dumps(line) for line in story))
    else:
        path = tmp_path / "logs.parquet"
        parquet.write_table(pa.Table.from_pylist([as_row(line) for story in stories for line in story]), path)
    arguments = ["--pack", PACK.name, "--log", str(path), "--as-of", AS_OF.isoformat(), "--processes", "1", "--json"]
    run = CliRunner().invoke(command, arguments)
    assert run.exit_code == 0, run.output
    assert json.loads(run.output)["by_duty"] == tally([PACK], LOGS, AS_OF).as_json()["by_duty"]


def test_a_bad_line_in_any_file_stops_the_whole_with_its_place(tmp_path):
    path = tmp_path / "logs.jsonl"
    path.write_text('{"event": "report_receved"}')
    run = CliRunner().invoke(command, ["--pack", PACK.name, "--log", str(path)])
    assert run.exit_code == 2
    assert "logs.jsonl:1: unknown_event" in run.output
