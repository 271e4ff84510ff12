"""Each episode for itself

What happens in one episode meets, ends and grades nothing in another; what happens to one child nothing of another.
"""

from tests.spec.telling import Telling

GRADING = """
    duty: initial_risk_grading
    arises: {at: report_received}
    due: {within: 2 hours}
    met_by: [risk_graded]
"""


def test_two_children_away_together(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 16:00 report_received by=foster_carer child=C2
        2026-03-02 17:00 risk_graded level=high by=duty_inspector child=C2
    """)
    tell.at("2026-03-02 19:00", {"C1/E1": "overdue", "C2/E1": "met"})


def test_a_child_who_goes_again(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=high by=duty_inspector
        2026-03-02 20:00 child_returned
        2026-03-04 16:00 report_received by=foster_carer ep=E2
    """)
    tell.at("2026-03-04 17:00", {"E1": "met", "E2": "upcoming"})
    tell.episode("2026-03-04 17:00", risk=None, state="missing")


def test_a_duty_of_the_child_and_of_no_episode(tell: Telling) -> None:
    tell.rule("""
        duty: planning_meeting
        scope: child
        arises: {at: profile_recorded, if: {fact: risk_factors, is: likely_to_go_missing}}
        met_by: [{event: meeting_held, where: {kind: preventative}}]
        counts_from: child
    """)
    tell.story("""
        2026-03-01 10:00 profile_recorded risk_factors=[likely_to_go_missing]
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 18:00 meeting_held kind=preventative
    """)
    tell.at("2026-03-01 12:00", "due_now")
    assert tell.answer("2026-03-01 12:00").duties[0].episode is None
    tell.at("2026-03-02 18:00", "met")


def test_a_periodic_duty_is_nobodys_in_particular(tell: Telling) -> None:
    tell.beside("timetables:\n  - {id: yearly, every: year, cite: {source: text, at: line 1}}")
    tell.rule("duty: report.annual\nscope: none\narises:\ntimetable: yearly")
    tell.story("2026-03-02 16:00 report_received by=foster_carer")
    tell.at("2027-03-02 16:00", None)
