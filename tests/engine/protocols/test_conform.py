"""A local protocol held against the guidance: weaker, silent, as strict or stricter, and the guidance's checklist."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from lantern import engine
from lantern.commands.conform import command
from lantern.engine.clocks import DueCase
from lantern.engine.events import REGISTRY
from lantern.engine.packs.library import load_pack
from lantern.engine.patterns import Pattern, Patterns
from lantern.engine.protocols.checklist import NO, PARTLY, YES, checklist, paragraphs
from lantern.engine.protocols.checklist import SILENT as UNANSWERED
from lantern.engine.protocols.conform import OTHERWISE, SAME, SILENT, STRICTER, WEAKER, conform, hold
from lantern.engine.protocols.measure import EARLIER, LATER, LEVEL, NOT_COMPARABLE, Clock, starts_beside
from lantern.engine.rules import Arises, Duty
from lantern.engine.spans import parse_span
from tests.engine.protocols.cells import BHM, DFE, KRI, LIV, NFK, NLI

GUIDANCE = load_pack(DFE)
LOCAL = {name: load_pack(name) for name in (LIV, BHM, NLI, NFK, KRI)}
FOUND = {(name, one.duty): one for name, pack in LOCAL.items() for one in conform(pack, GUIDANCE)}
ANSWERS = {name: checklist(pack, GUIDANCE) for name, pack in LOCAL.items()}

# a reader's check of each protocol against the guidance: duty, protocol, verdict, words of the reason
FINDINGS = [
    # 72 hours of the return (para 32)
    ("return_interview", KRI, SAME, "the same strength and time"),
    ("return_interview", NLI, SAME, "the same strength and time"),
    (
        "return_interview",
        NFK,
        WEAKER,
        "at the notification of the return, the guidance's at the return, which is later",
    ),
    ("return_interview", LIV, OTHERWISE, "wait for an interviewer of their choice"),
    (
        "return_interview",
        LIV,
        OTHERWISE,
        "at the child being located or the return, the guidance's at the return, which is",
    ),
    ("return_interview", BHM, OTHERWISE, "not every episode of a frequent runaway has an interview"),
    # a check as soon as possible (para 29); one and three hours in one protocol alone
    ("safe_and_well_check", KRI, STRICTER, "a time where the guidance states none"),
    ("safe_and_well_check", LIV, SAME, "the same strength and time"),
    ("safe_and_well_check", NFK, SAME, "the same strength and time"),
    ("safe_and_well_check", NLI, SAME, "the same strength and time"),
    # who reports to the police, and how strongly (para 66)
    ("report_to_police", NFK, OTHERWISE, "should where the guidance says must"),
    ("report_to_police", KRI, OTHERWISE, "should where the guidance says must"),
    ("report_to_police", NLI, STRICTER, "a time where the guidance states none"),
    ("report_to_police", LIV, OTHERWISE, "the checks come before the police"),
    # the bureau should be told at once at high risk (para 25)
    ("notify.missing_persons_bureau", NLI, SAME, "the same strength and time"),
    ("notify.missing_persons_bureau", LIV, STRICTER, "must where the guidance says should"),
    ("notify.missing_persons_bureau", NFK, SILENT, "leaves it to the guidance"),
    ("notify.missing_persons_bureau", KRI, SILENT, "leaves it to the guidance"),
    # police medium or high (para 23); two hours in one protocol alone
    ("initial_risk_grading", KRI, STRICTER, "a time where the guidance states none"),
    ("initial_risk_grading", LIV, SAME, "the same strength and time"),
    ("initial_risk_grading", NFK, SILENT, "leaves it to the guidance"),
    ("notify.missing_persons_bureau", BHM, STRICTER, "must where the guidance says should (for home)"),
    ("section_47_consideration", BHM, STRICTER, "(for emergency protection order)"),
    # the reviewing officer (para 56)
    ("notify.independent_reviewing_officer", KRI, STRICTER, "must where the guidance says should"),
    ("notify.independent_reviewing_officer", NFK, STRICTER, "must where the guidance says should"),
    ("notify.independent_reviewing_officer", NLI, SAME, "the same strength and time"),
    ("notify.independent_reviewing_officer", LIV, SILENT, "leaves it to the guidance"),
    # help for the family (para 22): held against the local rules of the same side, not the updates by the police
    ("family_update", NLI, STRICTER, "must where the guidance says should"),
    # parents told by whoever cares for the child (para 66)
    ("notify.parent", LIV, STRICTER, "a time where the guidance states none"),
    ("notify.parent", KRI, OTHERWISE, "owed by social worker, in the guidance by carer"),
    ("notify.parent", NFK, SILENT, "leaves it to the guidance"),
    # the police review an absence (para 27)
    ("absence_review", LIV, STRICTER, "a time where the guidance states none"),
    ("absence_review", NLI, WEAKER, "the police record no absence here"),
    ("absence_review", KRI, OTHERWISE, "absent is no longer a police category"),
    ("absence_review", NFK, SILENT, "leaves it to the guidance"),
    # two or more episodes (para 46)
    ("repeat_discussion", NLI, SAME, "the same strength and time"),
    ("repeat_discussion", KRI, SILENT, "leaves it to the guidance"),
    ("host_letter", LIV, SAME, "the same strength and time"),
    ("host_letter", NLI, OTHERWISE, "only expect it of another authority"),
    ("care_plan_review", KRI, STRICTER, "should where the guidance says may"),
    ("media_decision", KRI, STRICTER, "must where the guidance says should"),
]

# Annex A: lead manager, protocol, definition, board, police, voluntary sector, interviews, support, prevention
CHECKLIST = {
    LIV: [PARTLY, PARTLY, PARTLY, PARTLY, PARTLY, PARTLY, PARTLY, PARTLY, PARTLY],
    BHM: [YES, PARTLY, YES, PARTLY, YES, YES, YES, YES, YES],
    NLI: [YES, YES, PARTLY, PARTLY, PARTLY, YES, YES, YES, YES],
    NFK: [UNANSWERED, UNANSWERED, PARTLY, UNANSWERED, PARTLY, PARTLY, PARTLY, PARTLY, PARTLY],
    KRI: [YES, YES, PARTLY, PARTLY, PARTLY, PARTLY, PARTLY, PARTLY, PARTLY],
}

# question, protocol, what answers it, a place that must be cited
EVIDENCE = [
    (1, LIV, "governance.leads", "S1"),
    (1, KRI, "report.partnership", "s.6.3"),
    (3, LIV, "definition young runaway", "lines 248-251"),
    (3, NLI, "definition young runaway", "line 64"),
    (4, LIV, "report.half_yearly", "lines 1437-1439"),
    (4, NLI, "report.quarterly", "lines"),
    (6, KRI, "report.protocol_review", "s."),
    (6, LIV, "referral.advocacy", "lines 1199-1203"),
    (7, NFK, "return_interview", "line 82"),
    (9, KRI, "planning_meeting", "s.8"),
    (9, LIV, "intervention_meeting.3", "lines 1301-1310"),
]


@pytest.mark.parametrize(("duty", "name", "verdict", "reason"), FINDINGS)
def test_the_verdict_is_that_of_a_reader_of_both_documents(duty, name, verdict, reason):
    found = FOUND[name, duty]
    assert (found.verdict, reason in "; ".join(found.why)) == (verdict, True), found.why


def test_every_duty_of_the_guidance_gets_a_finding():
    names = list(dict.fromkeys(duty.duty for duty in GUIDANCE.duties))
    assert all([one for local, one in FOUND if local == name] == names for name in LOCAL)


def test_a_silent_protocol_inherits_the_duty_and_is_told_what_it_has_beside_it():
    found = FOUND[KRI, "repeat_discussion"]
    assert found.local == ()
    assert any(duty.duty == "repeat_discussion" for duty in LOCAL[KRI].duties)
    assert any(one.startswith("planning_meeting:") for one in found.beside)
    assert FOUND[NFK, "host_letter"].beside != found.beside


def test_every_departure_is_shown_with_its_authority_and_its_place():
    for name, pack in LOCAL.items():
        rules = [duty for duty in pack.duties if duty.departs_from and (name, duty.duty) in FOUND]
        for duty in rules:
            departures = FOUND[name, duty.duty].departs_from
            assert any(one.authority == duty.departs_from["authority"] and one.cites for one in departures)
            assert FOUND[name, duty.duty].verdict in (WEAKER, OTHERWISE, SAME)


def test_both_sides_are_cited():
    stated = [one for one in FOUND.values() if one.verdict != SILENT]
    assert all(one.cites and one.local_cites and one.local for one in stated)


def test_a_duty_that_the_local_protocol_withdraws_is_weaker_and_a_no():
    local = replace(LOCAL[NFK], withdraws=({"duty": "family_update"},))
    assert next(one for one in conform(local, GUIDANCE) if one.duty == "family_update").verdict == WEAKER
    withdrawn = replace(local, duties=(), definitions=(), authority=(), classification=())
    answers = {answer.question: answer.verdict for answer in checklist(withdrawn, GUIDANCE)}
    assert answers["support services for children and families"] == NO
    assert answers["lead manager with strategic responsibility"] == UNANSWERED


# rules held against each other


def rule(within="", strength="should", start="child_returned", owed_by="police", **more):
    case = (DueCase(within=parse_span(within)),) if within else ()
    arises = Arises(Patterns((Pattern(start),)), None)
    return Duty("safe_and_well_check", "Check", owed_by, strength, arises, (), due=case, **more)


@pytest.mark.parametrize(
    ("theirs", "ours", "verdict"),
    [
        (rule("72 hours"), rule("72 hours"), SAME),
        (rule("72 hours"), rule("73 hours"), WEAKER),
        (rule("72 hours"), rule(), WEAKER),
        (rule("72 hours"), rule("71 hours"), STRICTER),
        (rule(), rule("71 hours"), STRICTER),
        (rule("72 hours", "must"), rule("72 hours"), WEAKER),
        (rule("72 hours"), rule("80 hours", "must"), OTHERWISE),
        (rule("72 hours"), rule("72 hours", start="return_notified"), WEAKER),
        (rule("72 hours"), rule("72 hours", start="child_located"), STRICTER),
        (rule("72 hours"), rule("72 hours", start="meeting_held"), WEAKER),
        (rule("72 hours"), rule("72 hours", owed_by="police_officer"), SAME),
        (rule("72 hours"), rule("72 hours", departs_from={"authority": "a reason"}), SAME),
        (rule("72 hours"), rule("80 hours", departs_from={"authority": "a reason"}), WEAKER),
    ],
)
def test_time_its_start_and_strength_decide(theirs, ours, verdict):
    assert hold([theirs], [ours])[0] == verdict


def test_another_owner_is_told_without_being_stricter_or_weaker():
    verdict, why = hold([rule()], [rule(owed_by="social_worker")])
    assert verdict == SAME
    assert "owed by social worker, in the guidance by police" in why


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ({"child_returned"}, {"child_returned"}, LEVEL),
        ({"return_notified"}, {"child_returned"}, LATER),
        ({"child_located", "child_returned"}, {"child_returned"}, EARLIER),
        ({"absence_noticed"}, {"report_received"}, EARLIER),
        ({"meeting_held"}, {"child_returned"}, NOT_COMPARABLE),
        (set(), {"child_returned"}, NOT_COMPARABLE),
    ],
)
def test_starts_are_compared_by_what_must_come_first(ours, theirs, said):
    assert ours | theirs <= set(REGISTRY)
    assert starts_beside(Clock(72, frozenset(ours)), Clock(72, frozenset(theirs))) == said


def test_a_clock_from_when_it_was_told_is_later_than_one_from_when_it_happened():
    back = frozenset({"child_returned"})
    assert starts_beside(Clock(72, back, told=True), Clock(72, back)) == LATER
    assert starts_beside(Clock(72, back), Clock(72, back, told=True)) == EARLIER


# the checklist


@pytest.mark.parametrize("name", LOCAL)
def test_the_nine_questions_are_answered_as_a_reader_answers_them(name):
    assert [answer.verdict for answer in ANSWERS[name]] == CHECKLIST[name]


@pytest.mark.parametrize(("number", "name", "by", "place"), EVIDENCE)
def test_an_answer_names_its_rules_and_their_places(number, name, by, place):
    answer = ANSWERS[name][number - 1]
    assert any(by in point.said for point in answer.stated)
    assert any(place in cite for cite in answer.cites)


def test_what_is_silent_cites_nothing_and_names_what_is_left():
    silent = [answer for answers in ANSWERS.values() for answer in answers if answer.verdict == UNANSWERED]
    assert silent
    assert all(answer.left and not answer.cites for answer in silent)


def test_paragraph_numbers_are_read_from_a_citation():
    assert paragraphs("paras 16, 20, 23-25") == {16, 20, 23, 24, 25}
    assert paragraphs("Annex A") == frozenset()


def test_the_command_prints_findings_and_checklist():
    told = json.loads(CliRunner().invoke(command, [NFK, "--json"]).output)
    assert len(told["checklist"]) == 9
    assert {finding["verdict"] for finding in told["findings"]} >= {"silent", "stricter", "weaker"}
    interview = next(finding for finding in told["findings"] if finding["duty"] == "return_interview")
    assert interview["departs_from"][0]["cites"]
    words = CliRunner().invoke(command, [NFK]).output
    assert "weaker     return_interview:" in words
    assert "departs from it: 72 hours run from the notice of the return" in words
    assert "1. lead manager with strategic responsibility (paragraphs 13, 14): silent" in words


def test_a_pack_that_is_not_there_is_refused():
    run = CliRunner().invoke(command, ["nowhere-2020"])
    assert run.exit_code == 2
    assert "there is no such pack" in run.output
    assert engine.load_pack(DFE).key == GUIDANCE.key
