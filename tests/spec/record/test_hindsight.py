"""As of then, as known then

Nothing that was recorded after `known_at`, or that happened after the moment asked about, has any part in the answer.
`known_at` may be later than the moment asked about: hindsight.
"""

from tests.spec.telling import Telling

GRADING = """
    duty: initial_risk_grading
    arises: {at: report_received}
    due: {within: 2 hours}
    met_by: [risk_graded]
"""
LATE = """
    2026-03-02 16:00 report_received by=foster_carer
    2026-03-02 17:00 risk_graded level=high by=duty_inspector told=2026-03-02 23:00
"""


def test_what_is_told_late_was_overdue_then_and_in_time_in_hindsight(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story(LATE)
    tell.at("2026-03-02 20:00", "overdue")
    tell.at("2026-03-02 20:00", "met", known_at="2026-03-02 23:00")
    tell.at("2026-03-02 23:00", "met", met="2026-03-02 17:00")


def test_what_happened_since_has_no_part_even_in_hindsight(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story(LATE)
    tell.at("2026-03-02 16:30", "upcoming", known_at="2026-03-03 00:00")


def test_less_may_be_known_than_had_happened(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story(LATE)
    tell.at("2026-03-03 12:00", "overdue", known_at="2026-03-02 22:59:59")
    tell.at("2026-03-03 12:00", None, known_at="2026-03-02 15:59:59")


def test_the_order_of_arrival_does_not_matter(tell: Telling) -> None:
    tell.rule("duty: senior_review\narises: {at: risk_graded, if: {risk: high}}")
    tell.story("""
        2026-03-02 18:00 risk_graded level=low by=duty_inspector told=2026-03-02 18:05
        2026-03-02 16:00 report_received by=foster_carer told=2026-03-02 18:10
        2026-03-02 17:00 risk_graded level=high by=duty_inspector told=2026-03-02 18:15
    """)
    tell.at("2026-03-02 18:12", None)
    tell.at("2026-03-02 18:20", "due_now", arose="2026-03-02 17:00")
    tell.episode("2026-03-02 18:20", risk="low")
