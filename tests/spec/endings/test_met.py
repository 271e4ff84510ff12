"""What meets it, and from when

An event meets a duty when it happens at or after the start of the duty's clock, in the same episode. `counts_from` lets
earlier events count, `serves_episodes` lets one event serve several episodes.
"""

from tests.spec.telling import Telling


def test_not_what_was_done_before_the_clock_started(tell: Telling) -> None:
    tell.rule("duty: strategy_meeting\narises: {at: risk_graded}\ndue: {within: 24 hours}\nmet_by: [meeting_held]")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 meeting_held kind=strategy
        2026-03-02 18:00 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-02 19:00", "upcoming")


def test_a_clock_that_starts_before_the_duty_arises_lets_earlier_events_count(tell: Telling) -> None:
    tell.rule("""
        duty: strategy_meeting
        arises: {at: risk_graded}
        due: {within: 24 hours, from: reported}
        met_by: [meeting_held]
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 meeting_held kind=strategy
        2026-03-02 18:00 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-02 19:00", "met", met="2026-03-02 17:00")


def test_from_the_trigger_only(tell: Telling) -> None:
    tell.rule("""
        duty: strategy_meeting
        arises: {at: risk_graded}
        due: {within: 24 hours, from: reported}
        met_by: [meeting_held]
        counts_from: trigger
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 meeting_held kind=strategy
        2026-03-02 18:00 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-02 19:00", "upcoming", due="2026-03-03 16:00")


def test_anywhere_earlier_in_the_episode(tell: Telling) -> None:
    tell.rule("""
        duty: strategy_meeting
        arises: {when: {lasted: 24 hours, of: missing}}
        met_by: [meeting_held]
        counts_from: episode
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 meeting_held kind=strategy
    """)
    tell.at("2026-03-04 00:00", "met", arose="2026-03-03 16:00", met="2026-03-02 17:00")


def test_in_whichever_episode_from_the_trigger_on(tell: Telling) -> None:
    tell.rule("""
        duty: strategy_meeting
        arises: {at: report_received}
        due: {within: 5 days}
        met_by: [meeting_held]
        counts_from: any_episode
    """)
    tell.story("""
        2026-03-01 10:00 meeting_held kind=strategy
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 child_returned
        2026-03-04 10:00 report_received by=foster_carer ep=E2
        2026-03-05 10:00 meeting_held kind=strategy ep=E2
    """)
    tell.at("2026-03-04 12:00", {"E1": "upcoming", "E2": "upcoming"})
    tell.at("2026-03-06 00:00", {"E1": "met", "E2": "met"})


def test_anywhere_on_the_record_of_the_child(tell: Telling) -> None:
    tell.rule("""
        duty: trigger_plan
        arises: {at: report_received, if: {count: episodes, at_least: 2}}
        met_by: [{event: plan_updated, where: {plan: trigger}}]
        counts_from: child
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 child_returned
        2026-03-03 10:00 plan_updated plan=trigger
        2026-03-05 16:00 report_received by=foster_carer ep=E2
    """)
    tell.at("2026-03-06 00:00", {"E2": "met"}, met="2026-03-03 10:00")


def test_not_what_was_done_in_another_episode(tell: Telling) -> None:
    tell.rule("duty: return_interview.offer\narises: {at: child_returned}\nmet_by: [return_interview_offered]")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 child_returned
        2026-03-04 16:00 report_received by=foster_carer ep=E2
        2026-03-04 20:00 child_returned ep=E2
        2026-03-05 10:00 return_interview_offered ep=E2
    """)
    tell.at("2026-03-06 00:00", {"E1": "due_now", "E2": "met"})


ONE_FOR_TWO = """
    2026-03-02 16:00 report_received by=foster_carer
    2026-03-02 20:00 child_returned
    2026-03-03 16:00 report_received by=foster_carer ep=E2
    2026-03-03 20:00 child_returned ep=E2
    2026-03-05 10:00 return_interview_held ep=E2 episodes=[E1, E2]
"""


def test_one_interview_serves_several_episodes(tell: Telling) -> None:
    tell.rule("""
        duty: return_interview
        arises: {at: child_returned}
        due: {within: 72 hours}
        met_by: [return_interview_held]
        serves_episodes: true
    """)
    tell.story(ONE_FOR_TWO)
    tell.at("2026-03-06 00:00", {"E1": "met", "E2": "met"}, met="2026-03-05 10:00")


def test_and_without_saying_so_only_its_own(tell: Telling) -> None:
    tell.rule("duty: return_interview\narises: {at: child_returned}\nmet_by: [return_interview_held]")
    tell.rule("duty: return_interview.review\narises: {at: return_interview_held, each: true}")
    tell.story(ONE_FOR_TWO)
    tell.at("2026-03-06 00:00", {"E1": "due_now", "E2": ["met", "due_now"]})
