"""Who may decide

`authority` names a decision, the roles that may make it, what must be recorded with it, and a condition that is
judged just before it was made.
"""

from tests.spec.telling import Telling

INSPECTORS = """
    authority:
      - id: grading
        says: an inspector grades the risk
        decision: {event: risk_graded}
        by: [duty_inspector, police_superintendent]
        cite: {source: text, at: line 7}
"""
GRADING = """
    duty: initial_risk_grading
    arises: {at: report_received}
    due: {within: 2 hours}
    met_by: [risk_graded]
"""


def test_whose_category_it_is_follows_from_who_decided_where_nobody_said(tell: Telling) -> None:
    tell.beside("""
        authority:
          - id: category
            says: an inspector decides the category that the police hold
            decision: {event: category_set, where: {agency: police}}
            by: [duty_inspector]
            cite: {source: text, at: 1}
    """)
    tell.rule("duty: senior_review\narises: {at: {event: category_set, where: {agency: police}}}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 16:10 category_set category=absent by=foster_carer
        2026-03-02 16:20 category_set category=absent by=police_call_handler
        2026-03-02 17:00 category_set category=missing by=duty_inspector
    """)
    tell.at("2026-03-02 16:30", None)
    tell.problems("2026-03-02 16:30", "not_authorised")
    tell.at("2026-03-02 18:00", "due_now", arose="2026-03-02 17:00")


def test_a_grading_by_a_sergeant_changes_nothing(tell: Telling) -> None:
    tell.beside(INSPECTORS)
    tell.rule(GRADING)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=low by=police_sergeant
    """)
    tell.at("2026-03-02 17:30", "upcoming")
    tell.problems("2026-03-02 17:30", "not_authorised")
    tell.episode("2026-03-02 17:30", risk=None)
    (problem,) = tell.answer("2026-03-02 17:30").problems
    assert (problem.event, problem.cite) == ("e2", "text, line 7")


def test_the_role_that_decided_counts_and_not_the_one_that_recorded(tell: Telling) -> None:
    tell.beside(INSPECTORS)
    tell.rule(GRADING)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=low decided_by_role=duty_inspector by=police_call_handler
    """)
    tell.at("2026-03-02 17:30", "met")
    tell.problems("2026-03-02 17:30")


def test_when_nobody_recorded_who_decided_it_stands_and_is_listed(tell: Telling) -> None:
    tell.beside(INSPECTORS)
    tell.rule(GRADING)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=low
    """)
    tell.at("2026-03-02 17:30", "met")
    tell.problems("2026-03-02 17:30", "cannot_tell_authority")


def test_a_downgrading_may_need_a_higher_rank_than_a_grading(tell: Telling) -> None:
    tell.beside("""
        authority:
          - id: downgrading
            says: a superintendent takes a child from high risk
            decision: {event: risk_graded, where: {level: {not: high}}}
            if: {risk: high}
            by: [police_superintendent]
            cite: {source: text, at: line 8}
    """)
    tell.rule("duty: senior_review\narises: {at: risk_graded}\nlapses: {if: {not: {risk: high}}}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=medium by=duty_inspector
        2026-03-02 18:00 risk_graded level=high by=duty_inspector
        2026-03-02 19:00 risk_graded level=low by=duty_inspector
    """)
    tell.problems("2026-03-02 18:30")
    tell.episode("2026-03-02 20:00", risk="high")
    tell.problems("2026-03-02 20:00", "not_authorised")


RATIONALE = """
    authority:
      - id: low
        says: low risk needs a reason
        decision: {event: risk_graded, where: {level: low}}
        by: [duty_inspector]
        requires: [rationale]
        cite: {source: text, at: line 9}
"""


def test_without_what_must_be_recorded_it_stands_and_is_listed(tell: Telling) -> None:
    tell.beside(RATIONALE)
    tell.rule(GRADING)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=low by=duty_inspector
    """)
    tell.at("2026-03-02 17:30", "met")
    tell.problems("2026-03-02 17:30", "not_recorded")


def test_where_the_protocol_is_strict_it_does_not_stand(tell: Telling) -> None:
    tell.beside(RATIONALE.replace("requires: [rationale]", "requires: [rationale]\n        strict: true"))
    tell.rule(GRADING)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=low by=duty_inspector
    """)
    tell.at("2026-03-02 17:30", "upcoming")
    tell.problems("2026-03-02 17:30", "not_recorded")


def test_a_closing_without_authority_closes_nothing(tell: Telling) -> None:
    tell.beside("""
        authority:
          - id: closing
            says: a manager closes the episode
            decision: episode_closed
            by: [team_manager]
            cite: {source: text, at: line 9}
    """)
    tell.rule("duty: family_update\narises: {at: report_received}\nlapses: {on: closed}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 episode_closed by=social_worker
    """)
    tell.at("2026-03-02 18:00", "due_now")
    tell.episode("2026-03-02 18:00", state="missing")


def test_nor_does_it_count_from_another_episode(tell: Telling) -> None:
    tell.beside(INSPECTORS)
    tell.rule("""
        duty: senior_notice
        arises: {at: report_received, if: {happened: {event: risk_graded, where: {level: high}}, in: child}}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=high by=police_sergeant
        2026-03-02 20:00 child_returned
        2026-03-04 16:00 report_received by=foster_carer ep=E2
    """)
    tell.at("2026-03-05 00:00", {"E1": None, "E2": None})
