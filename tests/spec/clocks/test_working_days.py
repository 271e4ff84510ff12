"""Working days

The day of the start is left out; the last one counts to 23:59:59.
"""

from tests.spec.telling import Telling

NOTICE = """
    duty: regulation_report
    arises: {at: child_returned}
    due: {within: 5 working days}
"""


def test_a_weekend_does_not_count(tell: Telling) -> None:
    tell.rule(NOTICE)
    tell.story("""
        2026-03-04 10:00 report_received by=foster_carer
        2026-03-04 16:00 child_returned
    """)
    tell.at("2026-03-11 23:59:59", "upcoming", due="2026-03-11 23:59:59")
    tell.at("2026-03-12 00:00", "overdue")


def test_easter(tell: Telling) -> None:
    tell.rule(NOTICE)
    tell.story("""
        2026-04-01 10:00 report_received by=foster_carer
        2026-04-02 16:00 child_returned
    """)
    tell.at("2026-04-03 00:00", "upcoming", due="2026-04-13 23:59:59")


def test_christmas_with_the_substitute_for_boxing_day(tell: Telling) -> None:
    tell.rule(NOTICE)
    tell.story("""
        2026-12-23 10:00 report_received by=foster_carer
        2026-12-23 16:00 child_returned
    """)
    tell.at("2026-12-24 00:00", "upcoming", due="2027-01-04 23:59:59")


def test_a_start_on_a_bank_holiday_or_a_saturday_waits_for_the_first_working_day(tell: Telling) -> None:
    tell.rule("duty: assessment\narises: {at: child_returned}\ndue: {within: 1 working day}")
    tell.story("""
        2026-05-02 10:00 report_received by=foster_carer
        2026-05-02 16:00 child_returned
    """)
    tell.at("2026-05-03 00:00", "upcoming", due="2026-05-05 23:59:59")


def test_the_bank_holiday_is_that_of_the_london_day(tell: Telling) -> None:
    tell.rule("duty: assessment\narises: {at: child_returned}\ndue: {within: 1 working day}")
    tell.story("""
        2026-05-25 00:30 report_received by=foster_carer
        2026-05-25 00:40 child_returned
    """)
    tell.at("2026-05-25 12:00", "upcoming", due="2026-05-26 23:59:59")
