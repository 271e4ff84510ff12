"""Corrections

A correction says how an event should have read, or that it was recorded in error. What it leaves out of who, where
and when stays as it was. The latest correction wins; one that was itself recorded in error brings back what it had
replaced.
"""

from tests.spec.telling import Telling

GRADING = """
    duty: initial_risk_grading
    arises: {at: report_received}
    due: {within: 2 hours}
    met_by: [risk_graded]
"""
REPORTED = "2026-03-02 16:00 report_received id=a by=foster_carer"


def test_an_event_that_happened_at_another_time(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story(f"""
        {REPORTED}
        2026-03-02 18:30 risk_graded id=b level=high by=duty_inspector
        2026-03-02 20:00 corrected corrects=b corrected_event={{level: high, occurred_at: "2026-03-02T17:45:00+00:00"}}
    """)
    tell.at("2026-03-02 19:00", "met_late")
    tell.at("2026-03-02 20:00", "met", met="2026-03-02 17:45")
    tell.at("2026-03-02 21:00", "met_late", known_at="2026-03-02 19:59")


def test_an_event_recorded_in_error(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 risk_graded id=b level=high by=duty_inspector
        2026-03-02 17:30 corrected corrects=b
    """)
    tell.at("2026-03-02 17:15", "met")
    tell.at("2026-03-02 17:30", "upcoming", met=None)


def test_a_correction_that_was_an_error_itself(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 risk_graded id=b level=high by=duty_inspector
        2026-03-02 17:30 corrected id=c corrects=b
        2026-03-02 17:40 corrected corrects=c
    """)
    tell.at("2026-03-02 17:35", "upcoming")
    tell.at("2026-03-02 17:40", "met", met="2026-03-02 17:00")


def test_the_latest_correction_wins_in_whatever_order_they_stand(tell: Telling) -> None:
    tell.rule("duty: senior_review\narises: {when: {risk: high}}")
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 risk_graded id=b level=high by=duty_inspector
        2026-03-02 19:00 corrected corrects=b corrected_event={{event: risk_graded, level: medium}}
        2026-03-02 18:00 corrected corrects=b corrected_event={{event: risk_graded, level: low}}
    """)
    tell.episode("2026-03-02 17:30", risk="high")
    tell.episode("2026-03-02 18:30", risk="low")
    tell.episode("2026-03-02 19:30", risk="medium")


def test_a_clock_that_started_when_we_were_told_does_not_start_again(tell: Telling) -> None:
    tell.rule("duty: return_interview\narises: {at: child_returned}\ndue: {within: 72 hours, taken: told}")
    tell.story(f"""
        {REPORTED}
        2026-03-02 20:00 child_returned id=b to=home told=2026-03-03 09:00
        2026-03-04 12:00 corrected corrects=b corrected_event={{event: child_returned, to: placement}}
    """)
    tell.at("2026-03-04 11:00", "upcoming", due="2026-03-06 09:00")
    tell.at("2026-03-04 13:00", "upcoming", due="2026-03-06 09:00")


def test_a_decision_that_is_corrected_keeps_who_made_it(tell: Telling) -> None:
    tell.beside("""
        authority:
          - {id: grading, says: who grades, decision: risk_graded, by: [duty_inspector], cite: {source: text, at: 1}}
    """)
    tell.rule(GRADING)
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 risk_graded id=b level=high by=duty_inspector
        2026-03-02 17:30 corrected corrects=b corrected_event={{event: risk_graded, level: medium}}
    """)
    tell.at("2026-03-02 18:00", "met")
    tell.problems("2026-03-02 18:00")
