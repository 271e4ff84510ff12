"""How long and how often

`lasted` says that the child has been away for a time and was not found before it was up. `count` counts episodes by the
London date of their start, up to the one that is looked at, whose start is the last day of the window.
"""

from tests.spec.telling import Telling


def test_the_time_is_up_at_its_last_instant(tell: Telling) -> None:
    tell.rule("duty: strategy_meeting\narises: {when: {lasted: 24 hours, of: missing}}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-03 16:00 child_located
    """)
    tell.at("2026-03-04 00:00", "due_now", arose="2026-03-03 16:00")


def test_a_child_found_before_has_not_been_away_that_long(tell: Telling) -> None:
    tell.rule("duty: strategy_meeting\narises: {when: {lasted: 24 hours, of: missing}}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-03 15:59:59 child_located
    """)
    tell.at("2026-03-04 00:00", None)


def test_counted_from_the_report_from_the_absence_or_from_the_category(tell: Telling) -> None:
    for name, of in (
        ("strategy_meeting", "missing"),
        ("absence_review", "absence"),
        ("senior_review", "known_missing"),
    ):
        tell.rule(f"duty: {name}\narises: {{when: {{lasted: 6 hours, of: {of}}}}}")
    tell.rule("duty: filing_decision\narises: {when: {lasted: 6 hours, from: last_seen}}")
    tell.story("""
        2026-03-02 12:00 absence_noticed by=foster_carer last_seen_at=2026-03-02 09:00
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 category_set agency=police category=missing by=police_officer
    """)
    tell.at("2026-03-02 15:00", {"filing_decision": "due_now", "absence_review": None})
    tell.at("2026-03-02 18:00", {"absence_review": "due_now", "strategy_meeting": None})
    tell.at("2026-03-02 22:00", {"strategy_meeting": "due_now", "senior_review": None})
    tell.at("2026-03-02 23:00", {"senior_review": "due_now"})


def test_a_day_of_twenty_four_hours_over_the_clock_change(tell: Telling) -> None:
    tell.rule("duty: strategy_meeting\narises: {when: {lasted: 24 hours, of: missing}}")
    tell.story("2026-03-28 16:00 report_received by=foster_carer")
    tell.at("2026-03-29 16:59:59", None)
    tell.at("2026-03-29 17:00", "due_now")


THREE_IN_NINETY = """
    duty: strategy_meeting
    arises: {when: {count: episodes, of: missing, within: 90 days, at_least: 3}}
"""


def test_the_first_of_three_may_lie_eighty_nine_days_back(tell: Telling) -> None:
    tell.rule(THREE_IN_NINETY)
    tell.story("""
        2026-01-01 23:59 report_received by=foster_carer
        2026-01-02 10:00 child_returned
        2026-02-01 10:00 report_received by=foster_carer ep=E2
        2026-02-01 12:00 child_returned ep=E2
        2026-03-31 00:01 report_received by=foster_carer ep=E3
    """)
    tell.at("2026-03-31 12:00", {"E1": None, "E2": None, "E3": "due_now"})


def test_and_not_ninety(tell: Telling) -> None:
    tell.rule(THREE_IN_NINETY)
    tell.story("""
        2026-01-01 23:59 report_received by=foster_carer
        2026-01-02 10:00 child_returned
        2026-02-01 10:00 report_received by=foster_carer ep=E2
        2026-02-01 12:00 child_returned ep=E2
        2026-04-01 00:01 report_received by=foster_carer ep=E3
    """)
    tell.at("2026-04-01 12:00", {"E1": None, "E2": None, "E3": None})


def test_only_episodes_of_the_kind_are_counted(tell: Telling) -> None:
    tell.rule("duty: repeat_flag\narises: {at: report_received, if: {count: episodes, of: missing, at_least: 2}}")
    tell.rule("duty: repeat_discussion\narises: {at: report_received, if: {count: episodes, of: any, exactly: 2}}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 category_set agency=police category=absent by=police_officer
        2026-03-02 20:00 child_returned
        2026-03-04 16:00 report_received by=foster_carer ep=E2
    """)
    tell.at("2026-03-05 00:00", {"repeat_flag": None, "repeat_discussion": "due_now"})


def test_episodes_from_one_home(tell: Telling) -> None:
    tell.rule("duty: regulation_report\narises: {at: report_received, if: {count: episodes, by: home, at_least: 2}}")
    tell.story("""
        2026-02-01 10:00 profile_recorded placement={kind: residential, address: 1 High Street}
        2026-02-01 10:00 profile_recorded placement={kind: residential, address: 1 High Street} child=C2
        2026-02-01 10:00 profile_recorded placement={kind: residential, address: 9 Low Road} child=C3
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-03 16:00 report_received by=foster_carer child=C3
        2026-03-04 16:00 report_received by=foster_carer child=C2
    """)
    tell.at("2026-03-05 00:00", {"C1/E1": None, "C2/E1": "due_now", "C3/E1": None})
