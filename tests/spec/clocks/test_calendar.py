"""Days, weeks, months and years

They end at 23:59:59 London time of their last day. A month later is the same day of that month, or its last.
"""

from tests.spec.telling import Telling

BACK = """
    2026-01-31 10:00 report_received by=foster_carer
    2026-01-31 16:00 child_returned
"""


def _due(tell: Telling, within: str) -> None:
    tell.rule(f"duty: assessment\narises: {{at: child_returned}}\ndue: {{within: {within}}}")


def test_a_day(tell: Telling) -> None:
    _due(tell, "1 day")
    tell.story(BACK)
    tell.at("2026-01-31 20:00", "upcoming", due="2026-02-01 23:59:59")


def test_two_weeks(tell: Telling) -> None:
    _due(tell, "2 weeks")
    tell.story(BACK)
    tell.at("2026-01-31 20:00", "upcoming", due="2026-02-14 23:59:59")


def test_a_month_after_the_thirty_first(tell: Telling) -> None:
    _due(tell, "1 month")
    tell.story(BACK)
    tell.at("2026-01-31 20:00", "upcoming", due="2026-02-28 23:59:59")


def test_twenty_five_months_into_a_leap_year(tell: Telling) -> None:
    _due(tell, "25 months")
    tell.story(BACK)
    tell.at("2026-01-31 20:00", "upcoming", due="2028-02-29 23:59:59")


def test_the_last_day_may_have_twenty_three_hours(tell: Telling) -> None:
    _due(tell, "1 day")
    tell.story("""
        2026-03-28 10:00 report_received by=foster_carer
        2026-03-28 16:00 child_returned
    """)
    tell.at("2026-03-29 23:59:59", "upcoming", due="2026-03-29 23:59:59")
    tell.at("2026-03-30 00:00", "overdue")
