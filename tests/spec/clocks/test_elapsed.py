"""Hours and minutes

Seventy-two hours are seventy-two hours, also over the nights on which clocks change.
"""

from tests.spec.telling import Telling

INTERVIEW = """
    duty: return_interview
    arises: {at: child_returned}
    due: {within: 72 hours}
    met_by: [return_interview_held]
"""


def test_an_ordinary_week(tell: Telling) -> None:
    tell.rule(INTERVIEW)
    tell.story("""
        2026-03-02 10:00 report_received by=foster_carer
        2026-03-02 16:00 child_returned
    """)
    tell.at("2026-03-05 16:00", "upcoming", due="2026-03-05 16:00")
    tell.at("2026-03-05 16:00:00.000001", "overdue")


def test_the_night_on_which_an_hour_is_lost(tell: Telling) -> None:
    tell.rule(INTERVIEW)
    tell.story("""
        2026-03-27 10:00 report_received by=foster_carer
        2026-03-27 16:00 child_returned
    """)
    tell.at("2026-03-30 17:00", "upcoming", due="2026-03-30 17:00")
    tell.at("2026-03-30 17:00:00.000001", "overdue")


def test_the_night_on_which_an_hour_comes_twice(tell: Telling) -> None:
    tell.rule(INTERVIEW)
    tell.story("""
        2026-10-23 10:00 report_received by=foster_carer
        2026-10-23 16:00 child_returned
    """)
    tell.at("2026-10-26 15:00", "upcoming", due="2026-10-26 15:00")
    tell.at("2026-10-26 15:00:00.000001", "overdue")


def test_the_hour_that_comes_twice_is_told_apart_by_its_offset(tell: Telling) -> None:
    tell.rule(
        "duty: police_record\narises: {at: report_received}\ndue: {within: 60 minutes}\nmet_by: [police_recorded]"
    )
    tell.story("2026-10-25 01:30 report_received by=foster_carer")
    tell.at("2026-10-25T01:59+01:00", "upcoming", due="2026-10-25 01:30")
    tell.at("2026-10-25T01:30+00:00", "upcoming")
    tell.at("2026-10-25T01:31+00:00", "overdue")


def test_exact_days_are_twenty_four_hours_each(tell: Telling) -> None:
    tell.rule("duty: assessment\narises: {at: child_returned}\ndue: {within: 2 days, exact: true}")
    tell.story("""
        2026-03-27 10:00 report_received by=foster_carer
        2026-03-28 16:00 child_returned
    """)
    tell.at("2026-03-29 00:00", "upcoming", due="2026-03-30 17:00")
