"""Several ways to be due

`due` may be a list: the first case whose condition holds is used. It is judged as things stand: now, or when the duty
was closed. When none holds, it is due as soon as possible.
"""

from tests.spec.telling import Telling

CHECK = """
    duty: safe_and_well_check
    arises: {at: child_returned}
    due:
      - {if: {risk: high}, within: 1 hour}
      - {if: {risk: [medium, low]}, within: 3 hours}
    met_by: [safe_and_well_done]
"""


def test_the_first_case_that_holds(tell: Telling) -> None:
    tell.rule(CHECK)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 child_returned
        2026-03-02 20:10 risk_graded level=medium by=duty_inspector
        2026-03-02 20:20 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-02 20:05", "due_now", due=None)
    tell.at("2026-03-02 20:15", "upcoming", due="2026-03-02 23:00")
    tell.at("2026-03-02 20:30", "upcoming", due="2026-03-02 21:00")


def test_what_is_done_keeps_the_limit_that_held_when_it_was_done(tell: Telling) -> None:
    tell.rule(CHECK)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=medium by=duty_inspector
        2026-03-02 20:00 child_returned
        2026-03-02 22:00 safe_and_well_done by=police_officer
        2026-03-02 23:00 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-03 00:00", "met", due="2026-03-02 23:00")


def test_immediately_and_at_the_latest(tell: Telling) -> None:
    tell.rule("duty: police_record\narises: {at: report_received}\ndue: {immediately: true, within: 4 hours}")
    tell.story("2026-03-02 16:00 report_received by=foster_carer")
    tell.at("2026-03-02 16:00", "upcoming", due="2026-03-02 20:00")
    tell.at("2026-03-02 20:00:00.000001", "overdue")


def test_the_time_that_an_event_has_set(tell: Telling) -> None:
    tell.rule("""
        duty: risk_review
        arises: {at: risk_reviewed, each: true}
        due:
          - {as_agreed: {event: risk_reviewed, field: next_review_at}}
          - {within: 24 hours}
        met_by: [risk_reviewed]
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_reviewed next_review_at=2026-03-02 21:00 by=duty_inspector
        2026-03-02 20:00 risk_reviewed by=duty_inspector
    """)
    tell.at("2026-03-02 18:00", ["upcoming"], due="2026-03-02 21:00")
    tell.at("2026-03-02 20:00", ["met", "upcoming"], due="2026-03-03 20:00")


def test_the_earlier_of_several_clocks(tell: Telling) -> None:
    tell.rule("""
        duty: strategy_meeting
        arises: {at: report_received}
        due: {earliest: [{within: 24 hours}, {within: 4 hours, from: graded}]}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 18:00 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-02 17:00", "upcoming", due="2026-03-03 16:00")
    tell.at("2026-03-02 18:00", "upcoming", due="2026-03-02 22:00")


def test_not_before_and_not_after(tell: Telling) -> None:
    tell.rule("""
        duty: contact_attempts
        arises: {at: report_received}
        due: {between: [2 hours, 6 hours]}
        met_by: [contact_made]
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 contact_made source=friend
        2026-03-02 18:00 contact_made source=friend
    """)
    tell.at("2026-03-02 17:30", "upcoming", due="2026-03-02 22:00")
    tell.at("2026-03-02 18:00", "met", met="2026-03-02 18:00")


def test_before_or_after_a_date_of_a_timetable(tell: Telling) -> None:
    tell.beside("""
        timetables:
          - {id: panel, every: 2 weeks, weekday: wednesday, anchor: 2026-01-07}
          - {id: returns, every: month, day: last working day}
    """)
    tell.rule("""
        duty: panel
        arises: {at: report_received}
        due: {before: panel, by: {weekday: friday, weeks: -1, time: "12:00"}}
    """)
    tell.rule("""
        duty: panel.actions_update
        arises: {at: report_received}
        due: {after: returns}
    """)
    tell.story("2026-05-05 16:00 report_received by=foster_carer")
    tell.at("2026-05-05 17:00", {"panel": "upcoming", "panel.actions_update": "upcoming"}, due="2026-05-29 23:59:59")
    assert str(tell.answer("2026-05-05 17:00").duties[0].due_at) == "2026-05-08 11:00:00+00:00"


def test_time_alone_may_change_which_case_holds(tell: Telling) -> None:
    tell.rule("""
        duty: risk_review
        arises: {at: report_received}
        due:
          - {if: {lasted: 24 hours, of: missing}, within: 30 hours}
          - {within: 72 hours}
    """)
    tell.story("2026-03-02 16:00 report_received by=foster_carer")
    tell.at("2026-03-03 15:59:59", "upcoming", due="2026-03-05 16:00")
    tell.at("2026-03-03 16:00", "upcoming", due="2026-03-03 22:00")
    assert str(tell.answer("2026-03-02 17:00").next_change_at) == "2026-03-03 16:00:00+00:00"
