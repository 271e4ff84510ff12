"""The responsible authority's and the host's

The duties are the union of both. The same duty of the same owner is listed once, with the earlier due time and the
citations of both. Where one protocol holds it to be done and the other still asks for it, the open one is listed.
"""

from tests.spec.telling import Telling

REPORTED = "2026-03-02 16:00 report_received by=foster_carer"


def test_the_earlier_due_time_stands_with_both_citations(tell: Telling) -> None:
    tell.rule("duty: initial_risk_grading\narises: {at: report_received}\ndue: {within: 4 hours}")
    tell.second_pack()
    tell.rule("""
        duty: initial_risk_grading
        arises: {at: report_received}
        due: {within: 2 hours}
        cite: {source: text, at: line 40}
    """)
    tell.story(REPORTED)
    tell.at("2026-03-02 17:00", "upcoming", due="2026-03-02 18:00")
    (standing,) = tell.answer("2026-03-02 17:00").duties
    assert [(cite["source"], cite["at"]) for cite in standing.cites] == [("text", "line 40"), ("text", "line 1")]


def test_what_only_one_of_them_asks_for_and_what_two_roles_owe_stays_apart(tell: Telling) -> None:
    tell.rule("duty: notify.parent\nowed_by: police\narises: {at: report_received}")
    tell.second_pack()
    tell.rule("duty: notify.parent\nowed_by: social_worker\narises: {at: report_received}")
    tell.rule("duty: host_letter\narises: {at: report_received}")
    tell.story(REPORTED)
    tell.at("2026-03-02 17:00", {"notify.parent": ["due_now", "due_now"], "host_letter": "due_now"})


def test_each_protocol_judges_by_its_own_authority(tell: Telling) -> None:
    tell.beside("""
        authority:
          - {id: grading, says: who grades, decision: risk_graded, by: [duty_inspector], cite: {source: text, at: 1}}
    """)
    tell.rule("duty: senior_review\narises: {when: {risk: high}}")
    tell.second_pack()
    tell.rule("duty: media_decision\narises: {when: {risk: high}}")
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 risk_graded level=high by=police_sergeant
    """)
    tell.at("2026-03-02 18:00", {"senior_review": "cannot_tell", "media_decision": "due_now"})
    tell.problems("2026-03-02 18:00", "not_authorised")


def test_what_one_protocol_holds_to_be_done_does_not_hide_what_the_other_asks_for(tell: Telling) -> None:
    tell.rule("""
        duty: safe_and_well_check
        arises: {at: child_returned}
        due: {within: 12 hours}
        met_by: [safe_and_well_done]
    """)
    tell.second_pack()
    tell.rule("""
        duty: safe_and_well_check
        arises: {at: child_returned}
        due: {within: 24 hours}
        met_by: [{event: safe_and_well_done, where: {method: in_person}}]
        cite: {source: text, at: line 40}
    """)
    tell.story(f"""
        {REPORTED}
        2026-03-02 20:00 child_returned to=home
        2026-03-02 21:00 safe_and_well_done method=phone_child
        2026-03-03 10:00 safe_and_well_done method=in_person
    """)
    tell.at("2026-03-02 20:30", "upcoming", due="2026-03-03 08:00")
    tell.at("2026-03-02 22:00", "upcoming", due="2026-03-03 20:00")
    tell.at("2026-03-03 11:00", "met", due="2026-03-03 08:00")


def test_the_stronger_word_of_the_two_stands(tell: Telling) -> None:
    tell.rule("duty: notify.parent\nstrength: should\narises: {at: report_received}\ndue: {within: 2 hours}")
    tell.second_pack()
    tell.rule("duty: notify.parent\nstrength: must\narises: {at: report_received}\ndue: {within: 4 hours}")
    tell.story(REPORTED)
    tell.at("2026-03-02 17:00", "upcoming", due="2026-03-02 18:00")
    (standing,) = tell.answer("2026-03-02 17:00").duties
    assert standing.strength == "must"
