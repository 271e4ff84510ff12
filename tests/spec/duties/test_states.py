"""How a duty stands

Every duty that has arisen is in one of nine states. What is done in time stays done in time, and what was done late
stays late. A limit is closed: what happens at the very last second is in time, and the first instant after it is
late.
"""

from tests.spec.telling import Telling

GRADING = """
    duty: initial_risk_grading
    arises: {at: report_received}
    due: {within: 2 hours}
    met_by: [risk_graded]
"""


def test_before_its_trigger_a_duty_is_not_there(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story("2026-03-02 15:00 absence_noticed by=foster_carer")
    tell.at("2026-03-02 16:00", None)
    assert [(duty.duty, duty.state) for duty in tell.answer("2026-03-02 16:00").not_due] == [
        ("initial_risk_grading", "not_due")
    ]


def test_it_is_upcoming_until_its_limit_and_overdue_from_the_first_instant_after(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story("2026-03-02 16:00 report_received by=foster_carer")
    tell.at("2026-03-02 16:00", "upcoming", due="2026-03-02 18:00", arose="2026-03-02 16:00")
    tell.at("2026-03-02 18:00", "upcoming")
    tell.at("2026-03-02 18:00:00.000001", "overdue")
    tell.says(
        "2026-03-02 19:00",
        "Police duty inspector must do what is asked. Overdue: it was due by 6pm on Monday 2 March 2026."
        " Because report received happened.",
    )


def test_done_at_the_last_second_is_done_in_time(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 18:00 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-02 19:00", "met", met="2026-03-02 18:00")


def test_done_one_second_after_is_done_late(tell: Telling) -> None:
    tell.rule(GRADING)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 18:00:01 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-02 19:00", "met_late", met="2026-03-02 18:00:01")


def test_without_a_due_time_it_is_due_now(tell: Telling) -> None:
    tell.rule("""
        duty: immediate_strategy
        arises: {at: report_received}
        met_by: [meeting_held]
    """)
    tell.story("2026-03-02 16:00 report_received by=foster_carer")
    tell.at("2026-03-02 16:00", "due_now", due=None)
    tell.at("2027-03-02 16:00", "due_now", due=None)


def test_when_its_reason_goes_away_in_time_it_lapses_and_afterwards_it_was_missed(tell: Telling) -> None:
    tell.rule("""
        duty: initial_risk_grading
        arises: {at: report_received, each: true}
        due: {within: 2 hours}
        met_by: [risk_graded]
        lapses: {on: found}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 18:30 report_received by=foster_carer
        2026-03-02 19:00 child_located
    """)
    tell.at("2026-03-02 20:00", ["missed", "lapsed"])


def test_it_is_set_aside_by_whom_the_protocol_lets(tell: Telling) -> None:
    tell.rule("""
        duty: strategy_meeting
        arises: {at: report_received}
        set_aside: [{by: [team_manager], requires: [reason]}]
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 duty_set_aside duty=strategy_meeting reason="held yesterday" by=team_manager
    """)
    tell.at("2026-03-02 16:30", "due_now")
    tell.at("2026-03-02 17:00", "set_aside")


def test_a_fact_that_nobody_recorded_leaves_it_in_doubt_until_somebody_does(tell: Telling) -> None:
    tell.rule("""
        duty: notify.independent_reviewing_officer
        arises: {at: report_received, if: {fact: looked_after}}
        due: {within: 24 hours}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 profile_recorded looked_after={legal_basis: s20}
    """)
    tell.at("2026-03-02 19:00", "cannot_tell", arose=None)
    tell.at("2026-03-02 20:00", "upcoming", arose="2026-03-02 16:00", due="2026-03-03 16:00")
    doubtful = tell.answer("2026-03-02 19:00").duties[0]
    assert doubtful.missing_facts == [{"fact": "looked_after", "who": "social_worker"}]
