"""Protocols set side by side agree with what a reader finds in the documents."""

import json
import re

import pytest
from click.testing import CliRunner

from lantern import engine
from lantern.commands.compare import command
from lantern.engine.packs.duty_names import PHASES
from lantern.engine.protocols.compare import NOT_STATED, compare
from tests.engine.protocols.cells import BHM, CELLS, DFE, KRI, LIV, NFK, NLI, SILENT

NAMES = (LIV, BHM, NLI, NFK, KRI, DFE)
PACKS = [engine.load_pack(name) for name in NAMES]
TABLE = compare(PACKS)
ROWS = {row.concept: row for row in TABLE if row.kind == "concept"}


def cell(concept, name):
    return ROWS[concept].cells[NAMES.index(name)]


def lines(words):
    """Line numbers in a citation: `s.7, lines 190-192` gives 190, 191 and 192."""
    ranges = re.findall(r"(\d+)(?:-(\d+))?", words.partition("line")[2])
    return {number for first, last in ranges for number in range(int(first), int(last or first) + 1)}


def names(cite, place):
    """Whether a citation names the place, a line of it or the paragraph."""
    return bool(lines(cite) & lines(place)) if "line" in place else place in cite


@pytest.mark.parametrize(("concept", "name", "words", "place"), CELLS)
def test_a_cell_says_what_the_document_says_and_where(concept, name, words, place):
    found = cell(concept, name)
    own = "; ".join(said.words for said in found.own)
    assert [word for word in words if word not in own] == []
    assert any(names(cite, place) for said in found.own for cite in said.cites)


@pytest.mark.parametrize(("concept", "name"), SILENT)
def test_what_a_document_leaves_out_is_not_stated(concept, name):
    assert [said.words for said in cell(concept, name).own] == []
    assert cell(concept, name).words.startswith(NOT_STATED)


def test_the_start_of_the_interview_clock_is_part_of_the_difference():
    said = ROWS["return interview: time"].difference
    assert "the clocks start at different moments" in said
    alone = compare([PACKS[NAMES.index(name)] for name in (NFK, DFE)])
    said = next(row.difference for row in alone if row.concept == "return interview: time")
    assert "norfolk-2024 within 72 hours of the notification of the return" in said.replace("no time stated / ", "")
    assert re.search("dfe-2014 .*within 72 hours of the return", said)


def test_the_protocol_that_states_a_time_is_named_as_the_earlier():
    rows = compare([PACKS[NAMES.index(name)] for name in (DFE, KRI)])
    row = next(row for row in rows if row.concept == "first grading")
    assert "kingston-richmond-2023 is the earliest" in row.difference
    assert "dfe-2014 states no time" in row.difference


def test_who_leaves_a_concept_to_the_guidance_is_told_apart_from_who_does_not_state_it():
    row = ROWS["missing persons bureau"]
    assert row.difference.startswith("norfolk-2024 and kingston-richmond-2023 leave it to the guidance")
    assert cell("missing persons bureau", KRI).inherited
    assert "from its base" in cell("missing persons bureau", KRI).words
    assert "birmingham-2015 and norfolk-2024 and kingston-richmond-2023 and dfe-2014 do not state it" in (
        ROWS["parental abduction"].difference
    )


def test_a_pack_beside_itself_differs_in_nothing():
    assert {row.difference for row in compare([PACKS[0], PACKS[0]])} == {"the same"}


def test_rows_follow_the_journey_of_a_child_and_leave_no_duty_out():
    phases = [PHASES.index(row.phase) for row in TABLE if row.phase]
    assert phases == sorted(phases)
    shown = {
        (pack.name, said.rule) for row in TABLE for pack, one in zip(PACKS, row.cells, strict=True) for said in one.said
    }
    assert [duty.name for pack in PACKS for duty in pack.duties if (pack.name, duty.name) not in shown] == []


def test_every_rule_of_a_cell_carries_its_citation():
    said = [one for row in ROWS.values() for found in row.cells for one in found.own if one.rule != "applies"]
    assert [one.words for one in said if not one.cites and not one.assumed] == []


def test_what_the_text_contradicts_is_told_beside_the_rule():
    said = [one for one in cell("first grading", KRI).said if one.rule == "initial_risk_grading"]
    assert any("Read as:" in conflict for one in said for conflict in one.conflicts)


def test_a_row_of_meetings_holds_meetings_alone():
    said = [one.rule for found in ROWS["meetings: what starts one"].cells for one in found.said]
    assert {rule.partition("#")[0].rstrip(".123") for rule in said} == {
        "strategy_meeting", "case_review_meeting", "risk_management_meeting", "intervention_meeting",
    }  # fmt: skip


def test_the_local_names_come_last():
    names = {row.concept: row for row in TABLE if row.kind == "local name"}
    assert [found.words.split(" (")[0] for found in names["front door"].cells][:5] == [
        "Careline", "MASH", "Single Point of Contact", "CADS", "SPA",
    ]  # fmt: skip
    systems = {row.concept: row for row in TABLE if row.kind == "records"}
    assert [found.words for found in systems["police"].cells][3:5] == ["COMPACT", "Merlin"]


def test_the_command_gives_a_list_a_table_and_an_object():
    run = CliRunner().invoke(command, [DFE, KRI, "--json"])
    assert json.loads(run.output)["packs"] == [PACKS[5].key, PACKS[4].key]
    run = CliRunner().invoke(command, [DFE, KRI, "--markdown", "--concept", "return interview"])
    assert "| concept | dfe-2014@" in run.output
    assert run.output.startswith("## The return interview")
    run = CliRunner().invoke(command, [DFE, KRI, "--differences", "--concept", "police record"])
    assert "police record (concept): kingston-richmond-2023 is the earliest" in run.output
    assert "source: " in run.output


def test_one_pack_alone_cannot_be_compared():
    run = CliRunner().invoke(command, ["dfe-2014"])
    assert run.exit_code == 2
    assert "two packs or more" in run.output
