"""Times of the clock and nights

`by` is the next such London time. `night` asks for something every so often by day and at the edges of the night
instead while it lasts.
"""

from tests.spec.telling import Telling


def test_by_a_time_of_the_day(tell: Telling) -> None:
    tell.rule('duty: absence_review\narises: {at: report_received, each: true}\ndue: {by: "23:00"}')
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 23:00 report_received by=foster_carer
    """)
    tell.at("2026-03-02 22:59", ["upcoming"], due="2026-03-02 23:00")
    tell.at("2026-03-02 23:30", ["overdue", "upcoming"], due="2026-03-03 23:00")


def test_by_a_time_of_a_working_day(tell: Telling) -> None:
    tell.rule('duty: notify.social_worker\narises: {at: report_received}\ndue: {by: "10:00", working_day: true}')
    tell.story("2026-04-02 16:00 report_received by=foster_carer")
    tell.at("2026-04-02 18:00", "upcoming", due="2026-04-07 10:00")


def test_a_time_that_does_not_occur_moves_on_and_one_that_comes_twice_is_its_first(tell: Telling) -> None:
    tell.rule('duty: absence_review\narises: {at: report_received, each: true}\ndue: {by: "01:30"}')
    tell.story("""
        2026-03-28 23:00 report_received by=foster_carer
        2026-10-24 23:00 report_received by=foster_carer ep=E2
    """)
    tell.at("2026-03-29 02:30", {"E1": "upcoming", "E2": None}, due="2026-03-29 02:30")
    tell.at("2026-10-25T01:30+01:00", {"E2": "upcoming"}, due="2026-10-25 01:30")
    tell.at("2026-10-25T01:30+00:00", {"E2": "overdue"})


NIGHT = """
    duty: absence_review
    arises: {at: {event: category_set, where: {category: absent}}}
    due: {night: {every: 6 hours, from: "23:00", to: "08:00"}}
    met_by: [absence_reviewed]
    repeats: {from: met, until: found}
"""


def test_six_hours_by_day(tell: Telling) -> None:
    tell.rule(NIGHT)
    tell.story("2026-03-02 09:00 category_set category=absent by=police_officer")
    tell.at("2026-03-02 10:00", ["upcoming"], due="2026-03-02 15:00")


def test_the_start_of_the_night_comes_before_six_hours_are_up(tell: Telling) -> None:
    tell.rule(NIGHT)
    tell.story("2026-03-02 19:00 category_set category=absent by=police_officer")
    tell.at("2026-03-02 20:00", ["upcoming"], due="2026-03-02 23:00")


def test_in_the_night_its_end_and_then_by_day_again(tell: Telling) -> None:
    tell.rule(NIGHT)
    tell.story("""
        2026-03-02 19:00 category_set category=absent by=police_officer
        2026-03-02 23:00 absence_reviewed by=foster_carer
        2026-03-03 07:50 absence_reviewed by=foster_carer
        2026-03-03 08:00 absence_reviewed by=foster_carer
    """)
    tell.at("2026-03-02 23:30", ["met", "upcoming"], due="2026-03-03 08:00")
    tell.at("2026-03-03 07:55", ["met", "met", "upcoming"], due="2026-03-03 08:00")
    tell.at("2026-03-03 09:00", ["met", "met", "met", "upcoming"], due="2026-03-03 14:00")


def test_a_night_that_does_not_cross_midnight(tell: Telling) -> None:
    tell.rule("""
        duty: contact_attempts
        arises: {at: report_received, each: true}
        due: {night: {every: 2 hours, from: "00:00", to: "07:00"}}
    """)
    tell.story("""
        2026-03-02 21:00 report_received by=foster_carer
        2026-03-02 23:00 report_received by=foster_carer
        2026-03-03 01:00 report_received by=foster_carer
    """)
    tell.at("2026-03-02 22:00", ["upcoming"], due="2026-03-02 23:00")
    tell.at("2026-03-02 23:00", ["upcoming", "upcoming"], due="2026-03-03 00:00")
    tell.at("2026-03-03 01:00", ["overdue", "overdue", "upcoming"], due="2026-03-03 07:00")
