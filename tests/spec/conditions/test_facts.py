"""Facts about the child

Facts are recorded by `profile_recorded`, in part and at different times; each holds from when it was noted, or from
its own `since`. A date of birth has always been so.
"""

from tests.spec.telling import Telling

REPORTED = "2026-03-02 16:00 report_received by=foster_carer"


def test_a_fact_is_so_or_is_not(tell: Telling) -> None:
    tell.rule("""
        duty: notify.independent_reviewing_officer
        arises: {at: report_received, if: {fact: looked_after}, each: true}
    """)
    tell.story("""
        2026-03-01 10:00 profile_recorded looked_after={legal_basis: none}
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-03 10:00 profile_recorded looked_after={legal_basis: s31}
        2026-03-04 16:00 report_received by=foster_carer
    """)
    tell.at("2026-03-03 00:00", None)
    tell.at("2026-03-05 00:00", "due_now", arose="2026-03-04 16:00")


def test_a_part_of_a_fact_is_held_against_values(tell: Telling) -> None:
    tell.rule("""
        duty: notify.ofsted
        arises: {at: report_received, if: {fact: placement.kind, is: [residential, secure]}}
    """)
    tell.rule("""
        duty: notify.fostering_service
        arises: {at: report_received, if: {fact: placement.kind, not: residential}}
    """)
    tell.story(f"""
        2026-03-01 10:00 profile_recorded placement={{kind: residential}}
        {REPORTED}
    """)
    tell.at("2026-03-03 00:00", {"notify.ofsted": "due_now", "notify.fostering_service": None})


def test_a_part_that_is_recorded_later_leaves_the_other_parts_as_they_were(tell: Telling) -> None:
    tell.rule("""
        duty: notify.ofsted
        arises: {at: report_received, if: {all: [{fact: placement.kind, is: secure}, {fact: placement.independent}]}}
    """)
    tell.story(f"""
        2026-03-01 10:00 profile_recorded placement={{kind: secure}}
        2026-03-01 11:00 profile_recorded placement={{independent: true}}
        {REPORTED}
    """)
    tell.at("2026-03-03 00:00", "due_now")


def test_a_fact_holds_from_its_since_even_when_it_is_noted_later(tell: Telling) -> None:
    tell.rule("""
        duty: notify.independent_reviewing_officer
        arises: {at: report_received, if: {fact: looked_after}}
    """)
    tell.story(f"""
        2026-02-01 10:00 profile_recorded looked_after={{legal_basis: none}}
        {REPORTED}
        2026-03-04 10:00 profile_recorded looked_after={{legal_basis: s20, since: "2026-02-20"}}
    """)
    tell.at("2026-03-03 00:00", None)
    tell.at("2026-03-04 10:00", "due_now", arose="2026-03-02 16:00")


def test_two_facts_differ(tell: Telling) -> None:
    tell.rule("""
        duty: host_letter
        arises: {at: report_received, if: {fact: host_authority, differs_from: responsible_authority}}
    """)
    tell.story(f"""
        2026-03-01 10:00 profile_recorded responsible_authority=Kingston
        {REPORTED}
        2026-03-03 10:00 profile_recorded host_authority=Richmond
    """)
    tell.at("2026-03-03 00:00", "cannot_tell")
    tell.at("2026-03-03 10:00", "due_now")


def test_an_age_is_reached_at_the_start_of_the_birthday_in_london(tell: Telling) -> None:
    tell.rule("""
        duty: senior_notice
        arises: {at: report_received, if: {fact: age, under: 13}, each: true}
    """)
    tell.story("""
        2026-03-01 10:00 profile_recorded date_of_birth=2013-06-10
        2026-06-09 23:59:59 report_received by=foster_carer
        2026-06-10 00:00 report_received by=foster_carer
    """)
    tell.at("2026-06-11 00:00", "due_now", arose="2026-06-09 23:59:59")


def test_a_child_born_on_a_leap_day_turns_older_on_the_first_of_march(tell: Telling) -> None:
    tell.rule("""
        duty: senior_notice
        arises: {at: report_received, if: {fact: age, at_least: 16, under: 18}, each: true}
    """)
    tell.story("""
        2026-02-01 10:00 profile_recorded date_of_birth=2008-02-29
        2026-02-28 23:59 report_received by=foster_carer
        2026-03-01 00:00 report_received by=foster_carer
    """)
    tell.at("2026-03-02 00:00", "due_now", arose="2026-02-28 23:59")


def test_an_eighteenth_birthday_passes_while_the_child_is_away(tell: Telling) -> None:
    tell.rule("""
        duty: filing_decision
        arises: {when: {all: [{fact: age, at_least: 18}, {treated_as: missing}]}}
    """)
    tell.story("""
        2026-03-01 10:00 profile_recorded date_of_birth=2008-03-29
        2026-03-28 20:00 report_received by=foster_carer
    """)
    tell.at("2026-03-28 23:59:59", None)
    tell.at("2026-03-29 00:00", "due_now", arose="2026-03-29 00:00")


def test_the_protocol_may_say_what_an_unrecorded_fact_counts_as(tell: Telling) -> None:
    tell.rule("""
        duty: referral.nrm
        arises: {at: report_received, if: {fact: trafficking_concern, if_unknown: no, assumed: asked where noted}}
    """)
    tell.rule("""
        duty: notify.parent
        arises: {at: report_received, if: {not: {fact: withhold_from_parents, if_unknown: no, assumed: they are told}}}
    """)
    tell.story(REPORTED)
    tell.at("2026-03-03 00:00", {"referral.nrm": None, "notify.parent": "due_now"})
