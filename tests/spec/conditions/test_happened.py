"""What has happened

`happened` looks for an event in this episode, at or before now; in earlier episodes or on the whole record of the child
where it says so; within a time; and, with `unless_later`, only while nothing has undone it.
"""

from tests.spec.telling import Telling


def test_in_this_episode_at_or_before_now(tell: Telling) -> None:
    tell.rule("""
        duty: safe_and_well_check
        arises: {at: child_located, if: {happened: {event: risk_graded, where: {level: high}}}}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 child_located
        2026-03-02 21:00 risk_graded level=high by=duty_inspector
        2026-03-05 16:00 report_received by=foster_carer ep=E2
        2026-03-05 17:00 risk_graded level=high by=duty_inspector ep=E2
        2026-03-05 18:00 child_located ep=E2
    """)
    tell.at("2026-03-06 00:00", {"E1": None, "E2": "due_now"})


def test_within_a_time(tell: Telling) -> None:
    tell.rule("""
        duty: contact_attempts
        arises: {when: {not: {happened: contact_made, within: 6 hours}}, each: true}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 18:00 contact_made source=friend
    """)
    tell.at("2026-03-03 00:00", ["due_now"])
    tell.at("2026-03-03 00:00:00.000001", ["due_now", "due_now"])


def test_in_earlier_episodes_or_on_the_whole_record(tell: Telling) -> None:
    tell.rule("""
        duty: information_pack
        arises: {at: report_received, if: {happened: {event: plan_updated, where: {plan: trigger}}, in: child}}
    """)
    tell.rule("""
        duty: carer_views
        arises: {at: report_received, if: {happened: return_interview_declined, in: earlier_episodes}}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 child_returned
        2026-03-03 10:00 return_interview_declined by=return_interviewer
        2026-03-04 10:00 plan_updated plan=trigger
        2026-03-05 16:00 report_received by=foster_carer ep=E2
    """)
    tell.at("2026-03-06 00:00", {"information_pack": "due_now", "carer_views": "due_now"})
    tell.at("2026-03-06 00:00", {"E1": None, "E2": ["due_now", "due_now"]})


def test_a_later_event_may_undo_it(tell: Telling) -> None:
    tell.rule("""
        duty: plan_for_return
        arises:
          each: true
          when:
            happened: {event: whereabouts_updated, where: {whereabouts: confirmed}}
            unless_later: {event: whereabouts_updated, where: {whereabouts: unknown}}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 whereabouts_updated whereabouts=confirmed
        2026-03-02 18:00 whereabouts_updated whereabouts=unknown
        2026-03-02 19:00 whereabouts_updated whereabouts=confirmed
    """)
    tell.at("2026-03-02 20:00", ["due_now", "due_now"])


def test_a_field_of_the_event_that_made_it_arise(tell: Telling) -> None:
    tell.rule("""
        duty: section_47_consideration
        arises: {at: return_interview_held, if: {trigger: {field: harm, is: true}}, each: true}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 20:00 child_returned
        2026-03-03 10:00 return_interview_held harm=false
        2026-03-04 10:00 return_interview_held harm=true
        2026-03-05 10:00 return_interview_held
    """)
    tell.at("2026-03-04 12:00", "due_now", arose="2026-03-04 10:00")
    tell.at("2026-03-06 00:00", ["due_now", "cannot_tell"])
