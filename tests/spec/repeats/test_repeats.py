"""Coming again

The next instance starts from when the last one was met, or with `from: due` from when it was due. Left undone until it
would be due again, an instance is missed and the next one takes its place.
"""

from tests.spec.telling import Telling

STRATEGY = "2026-03-03 16:00 meeting_held kind=strategy"
REVIEW = """
    duty: strategy_meeting.review
    arises: {at: {event: meeting_held, where: {kind: strategy}}}
    due: {within: 7 days}
    met_by: [{event: meeting_held, where: {kind: strategy_review}}]
    repeats: {every: 7 days, from: met, until: found}
"""


def test_from_when_the_last_one_was_met(tell: Telling) -> None:
    tell.rule(REVIEW)
    tell.story(f"""
        2026-03-02 16:00 report_received by=foster_carer
        {STRATEGY}
        2026-03-06 16:00 meeting_held kind=strategy_review
    """)
    tell.at("2026-03-04 00:00", ["upcoming"], due="2026-03-10 23:59:59")
    tell.at("2026-03-07 00:00", ["met", "upcoming"], due="2026-03-13 23:59:59")


def test_from_when_the_last_one_was_due(tell: Telling) -> None:
    tell.rule(REVIEW.replace("from: met", "from: due"))
    tell.story(f"""
        2026-03-02 16:00 report_received by=foster_carer
        {STRATEGY}
        2026-03-06 16:00 meeting_held kind=strategy_review
    """)
    tell.at("2026-03-07 00:00", ["met", "upcoming"], due="2026-03-17 23:59:59")


def test_what_comes_before_its_clock_starts_does_not_meet_the_next_one(tell: Telling) -> None:
    tell.rule(REVIEW.replace("from: met", "from: due"))
    tell.story(f"""
        2026-03-02 16:00 report_received by=foster_carer
        {STRATEGY}
        2026-03-06 16:00 meeting_held kind=strategy_review
        2026-03-09 16:00 meeting_held kind=strategy_review
        2026-03-11 16:00 meeting_held kind=strategy_review
    """)
    tell.at("2026-03-10 00:00", ["met", "upcoming"], due="2026-03-17 23:59:59")
    tell.at("2026-03-12 00:00", ["met", "met", "upcoming"], due="2026-03-24 23:59:59")


def test_left_undone_it_is_missed_when_it_would_be_due_again(tell: Telling) -> None:
    tell.rule(REVIEW)
    tell.story(f"""
        2026-03-02 16:00 report_received by=foster_carer
        {STRATEGY}
    """)
    tell.at("2026-03-11 00:00", ["overdue"])
    tell.at("2026-03-17 23:59:58", ["overdue"])
    tell.at("2026-03-17 23:59:59", ["missed", "upcoming"], due="2026-03-17 23:59:59")
    tell.at("2026-03-18 00:00", ["missed", "overdue"], due="2026-03-17 23:59:59")


def test_until_the_child_is_found(tell: Telling) -> None:
    tell.rule(REVIEW)
    tell.story(f"""
        2026-03-02 16:00 report_received by=foster_carer
        {STRATEGY}
        2026-03-06 16:00 meeting_held kind=strategy_review
        2026-03-08 10:00 child_located
    """)
    tell.at("2026-04-08 10:00", ["met", "lapsed"])


def test_a_meeting_may_set_an_earlier_time_and_no_later_one(tell: Telling) -> None:
    tell.rule("""
        duty: strategy_meeting.review
        arises: {at: {event: meeting_held, where: {kind: strategy}}}
        due: {within: 7 days}
        met_by: [{event: meeting_held, where: {kind: strategy_review}}]
        repeats: {every: 7 days, may_be_set_by: {event: meeting_held, field: next_meeting_at}}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-03 16:00 meeting_held kind=strategy next_meeting_at=2026-03-06 12:00
        2026-03-06 11:00 meeting_held kind=strategy_review next_meeting_at=2026-03-30 12:00
    """)
    tell.at("2026-03-04 00:00", ["upcoming"], due="2026-03-06 12:00")
    tell.at("2026-03-07 00:00", ["met", "upcoming"], due="2026-03-13 23:59:59")


def test_the_first_time_may_differ_from_the_later_ones(tell: Telling) -> None:
    tell.rule("""
        duty: risk_review
        arises: {at: report_received}
        due: {within: 2 hours}
        met_by: [risk_reviewed]
        repeats: {every: 12 hours}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_reviewed by=duty_inspector
    """)
    tell.at("2026-03-02 16:30", ["upcoming"], due="2026-03-02 18:00")
    tell.at("2026-03-02 18:00", ["met", "upcoming"], due="2026-03-03 05:00")


def test_each_event_meets_one_instance_even_when_two_come_at_once(tell: Telling) -> None:
    tell.rule("duty: risk_review\narises: {at: report_received}\nmet_by: [risk_reviewed]\nrepeats: {every: 1 day}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_reviewed by=duty_inspector
        2026-03-02 17:00 risk_reviewed by=police_superintendent
    """)
    tell.at("2026-03-02 18:00", ["met", "met", "upcoming"])


def test_setting_it_aside_ends_the_repeating(tell: Telling) -> None:
    tell.rule("""
        duty: family_update
        arises: {at: report_received}
        due: {within: 24 hours}
        met_by: [family_updated]
        repeats: {every: 24 hours}
        set_aside: [{by: [team_manager]}]
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-03 10:00 family_updated by=police_officer
        2026-03-03 12:00 duty_set_aside duty=family_update by=team_manager
    """)
    tell.at("2026-03-20 00:00", ["met", "set_aside"])


def test_while_it_runs_another_trigger_starts_nothing(tell: Telling) -> None:
    tell.rule("""
        duty: risk_review
        arises: {at: {event: risk_graded, where: {level: high}}, each: true}
        due: {within: 12 hours}
        met_by: [risk_reviewed]
        repeats: {every: 12 hours}
        lapses: {if: {not: {risk: high}}}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=high by=duty_inspector
        2026-03-02 18:00 risk_graded level=high by=police_superintendent
        2026-03-02 20:00 risk_reviewed by=duty_inspector
        2026-03-02 22:00 risk_graded level=medium by=duty_inspector
        2026-03-02 23:00 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-02 21:00", ["met", "upcoming"], due="2026-03-03 08:00")
    tell.at("2026-03-02 22:30", ["met", "lapsed"])
    tell.at("2026-03-02 23:30", ["met", "lapsed", "upcoming"], due="2026-03-03 11:00")
