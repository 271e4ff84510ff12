"""The responsible authority's and the host's

The duties are the union of both. The same duty of the same owner is listed once, with the earlier due time and the
citations of both.
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
