"""Where a clock starts

At what made the duty arise, unless `from` names another moment: noticed, reported, recorded, graded, located,
returned, found, closed, last_seen, known_missing, start, or an event. `taken: told` starts it when we were told
instead of when it happened. While the moment has not come there is no due time.
"""

from tests.spec.telling import Telling


def test_from_a_moment_before(tell: Telling) -> None:
    tell.rule("duty: police_record\narises: {at: risk_graded}\ndue: {within: 4 hours, from: reported}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 19:00 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-02 19:00", "upcoming", arose="2026-03-02 19:00", due="2026-03-02 20:00")


def test_from_a_moment_that_has_yet_to_come(tell: Telling) -> None:
    tell.rule("duty: safe_and_well_check\narises: {at: report_received}\ndue: {within: 3 hours, from: returned}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 21:00 child_returned
    """)
    tell.at("2026-03-02 20:00", "due_now", due=None)
    tell.at("2026-03-02 21:00", "upcoming", due="2026-03-03 00:00")


def test_from_when_the_child_was_last_seen(tell: Telling) -> None:
    tell.rule("duty: report_to_police\narises: {at: absence_noticed}\ndue: {within: 6 hours, from: last_seen}")
    tell.story("2026-03-02 16:00 absence_noticed last_seen_at=2026-03-02 12:30 by=foster_carer")
    tell.at("2026-03-02 16:00", "upcoming", due="2026-03-02 18:30")


def test_from_the_latest_such_event_before_it_arose(tell: Telling) -> None:
    tell.rule("""
        duty: supervisor_review
        arises: {at: {event: risk_graded, where: {level: high}}}
        due: {within: 2 hours, from: {event: police_recorded}}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 16:30 police_recorded system=Merlin
        2026-03-02 17:00 police_recorded system=COMPACT
        2026-03-02 18:00 risk_graded level=high by=duty_inspector
        2026-03-02 18:30 police_recorded system=Merlin
    """)
    tell.at("2026-03-02 19:00", "upcoming", due="2026-03-02 19:00")


def test_from_when_it_happened_or_from_when_we_were_told(tell: Telling) -> None:
    for name, taken in (("return_interview", "occurred"), ("carer_views", "told")):
        tell.rule(f"duty: {name}\narises: {{at: child_returned}}\ndue: {{within: 72 hours, taken: {taken}}}")
    tell.story("""
        2026-03-02 10:00 report_received by=foster_carer
        2026-03-02 16:00 child_returned told=2026-03-03 09:00
    """)
    tell.at("2026-03-03 10:00", {"return_interview": "upcoming", "carer_views": "upcoming"}, due="2026-03-06 09:00")
    tell.at("2026-03-05 20:00", {"return_interview": "overdue", "carer_views": "upcoming"})
