"""A local protocol held against the guidance: weaker, silent, as strict or stricter, and the guidance's checklist."""

import json

import pytest
from click.testing import CliRunner

from lantern import engine
from lantern.commands.conform import command
from lantern.engine.protocols.conform import SILENT, STRICTER, _verdict, checklist, conform, paragraphs
from lantern.engine.protocols.measure import Strictness

GUIDANCE, LOCAL = engine.load_pack("dfe-2014"), engine.load_pack("kingston-richmond-2023")
FINDINGS = {finding.duty: finding for finding in conform(LOCAL, GUIDANCE)}


def test_every_duty_of_the_guidance_gets_a_finding():
    assert list(FINDINGS) == list(dict.fromkeys(duty.duty for duty in GUIDANCE.duties))


def test_a_time_where_the_guidance_states_none_is_stricter():
    assert FINDINGS["safe_and_well_check"].verdict == STRICTER


def test_what_the_local_protocol_does_not_mention_is_silent_and_the_guidance_stands():
    assert FINDINGS["repeat_discussion"].verdict == SILENT
    assert any(duty.duty == "repeat_discussion" for duty in LOCAL.duties)


@pytest.mark.parametrize(
    ("guidance", "local", "verdict"),
    [
        (Strictness(72, 72, 1), Strictness(72, 72, 1), "as strict"),
        (Strictness(72, 72, 1), Strictness(73, 73, 1), "weaker"),
        (Strictness(72, 72, 1), Strictness(None, None, 1), "weaker"),
        (Strictness(72, 72, 1), Strictness(71, 71, 1), "stricter"),
        (Strictness(None, None, 1), Strictness(71, 71, 1), "stricter"),
        (Strictness(72, 72, 2), Strictness(72, 72, 1), "weaker"),
        (Strictness(72, 72, 1), Strictness(80, 80, 2), "otherwise"),
    ],
)
def test_both_time_and_strength_decide(guidance, local, verdict):
    assert _verdict(guidance, local)[0] == verdict


def test_paragraph_numbers_are_read_from_a_citation():
    assert paragraphs("paras 16, 20, 23-25") == {16, 20, 23, 24, 25}
    assert paragraphs("Annex A") == frozenset()


def test_the_nine_questions_of_the_guidance_are_answered_from_the_rules_behind_their_paragraphs():
    answers = checklist(LOCAL, GUIDANCE)
    assert len(answers) == 9
    interviews = next(answer for answer in answers if "return interviews" in answer.question)
    assert "return_interview" in interviews.stated


def test_the_command_prints_findings_and_checklist():
    told = json.loads(CliRunner().invoke(command, ["kingston-richmond-2023", "--json"]).output)
    assert len(told["checklist"]) == 9
    assert {finding["verdict"] for finding in told["findings"]} >= {"silent", "stricter"}
    words = CliRunner().invoke(command, ["kingston-richmond-2023"]).output
    assert "guidance:" in words
