"""What takes its reason away

`lapses` names events, or a condition judged at every later event. The short words found, returned, ended and closed
also count what came before the duty arose: a child who is already back no longer needs the search.
"""

from tests.spec.telling import Telling


def test_the_short_words_also_count_what_came_before(tell: Telling) -> None:
    tell.rule("duty: media_decision\narises: {at: risk_graded}\nlapses: {on: found}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 child_located
        2026-03-02 21:00 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-02 22:00", "lapsed")


def test_written_events_count_from_when_it_arose(tell: Telling) -> None:
    tell.rule("duty: media_decision\narises: {at: risk_graded}\nlapses: {on: [child_located]}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 child_located
        2026-03-02 21:00 risk_graded level=high by=duty_inspector
        2026-03-02 23:00 child_located
    """)
    tell.at("2026-03-02 22:00", "due_now")
    tell.at("2026-03-02 23:00", "lapsed")


def test_ended_is_returned_or_closed(tell: Telling) -> None:
    tell.rule("duty: family_update\narises: {at: report_received}\nlapses: {on: ended}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 child_located
        2026-03-02 22:00 child_returned
    """)
    tell.at("2026-03-02 21:00", "due_now")
    tell.at("2026-03-02 22:00", "lapsed")


def test_a_condition_that_holds_at_a_later_event(tell: Telling) -> None:
    tell.rule("""
        duty: senior_review
        arises: {at: {event: risk_graded, where: {level: high}}}
        met_by: [risk_reviewed]
        lapses: {on: found, if: {not: {risk: high}}}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=high by=duty_inspector
        2026-03-02 18:00 risk_graded level=medium by=duty_inspector
        2026-03-02 19:00 risk_reviewed by=police_superintendent
    """)
    tell.at("2026-03-02 20:00", "lapsed", met=None)


def test_done_at_the_very_moment_at_which_the_reason_goes_away_is_done(tell: Telling) -> None:
    tell.rule("duty: risk_review\narises: {at: report_received}\nmet_by: [risk_reviewed]\nlapses: {on: found}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 child_located
        2026-03-02 20:00 risk_reviewed by=duty_inspector
    """)
    tell.at("2026-03-02 20:00", "met")
