"""Protocols set side by side: what both state, what one leaves out, and who is earlier."""

import json

from click.testing import CliRunner

from lantern import engine
from lantern.commands.compare import command
from lantern.engine.protocols.compare import NOT_STATED, compare

GUIDANCE, LOCAL = engine.load_pack("dfe-2014"), engine.load_pack("kingston-richmond-2023")
ROWS = {row.concept: row for row in compare([GUIDANCE, LOCAL]) if row.kind == "duty"}


def test_the_protocol_that_states_a_time_is_named_as_the_earlier():
    row = ROWS["initial_risk_grading"]
    assert "kingston-richmond-2023 is the earliest" in row.difference
    assert "dfe-2014 states no time" in row.difference
    assert "within 2 hours" in row.cells[1].words


def test_a_concept_that_one_protocol_leaves_out_says_so():
    row = ROWS["absence_review"]
    silent = [cell.words == NOT_STATED for cell in row.cells]
    assert any(silent) == ("not state it" in row.difference)
    assert "23:00" in row.cells[1].words


def test_what_a_local_pack_takes_from_its_base_is_marked_as_inherited():
    assert ROWS["repeat_discussion"].cells[1].inherited
    assert not ROWS["safe_and_well_check"].cells[1].inherited


def test_every_stated_duty_cell_carries_its_citation():
    assert all(
        cell.cites for row in ROWS.values() for cell in row.cells if cell.words != NOT_STATED and not cell.inherited
    )


def test_the_command_gives_a_table_a_list_and_an_object():
    run = CliRunner().invoke(command, ["dfe-2014", "kingston-richmond-2023", "--json"])
    assert json.loads(run.output)["packs"] == [GUIDANCE.key, LOCAL.key]
    run = CliRunner().invoke(command, ["dfe-2014", "kingston-richmond-2023", "--markdown"])
    assert run.output.startswith("| concept | dfe-2014@")
    run = CliRunner().invoke(command, ["dfe-2014", "kingston-richmond-2023", "--differences"])
    assert "police_record (duty): dfe-2014 does not state it" in run.output


def test_one_pack_alone_cannot_be_compared():
    run = CliRunner().invoke(command, ["dfe-2014"])
    assert run.exit_code == 2
    assert "two packs or more" in run.output
