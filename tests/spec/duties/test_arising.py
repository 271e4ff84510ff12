"""What makes a duty arise

`arises` names events (`at`) or a condition (`when`). With `at` the first event that satisfies `if` makes the duty
arise, with `each: true` every one. With `when` it arises at the instant at which the condition becomes true, though
nothing happens then. The event that makes a duty arise never meets it.
"""

from tests.spec.telling import Telling


def test_the_first_event_that_satisfies_the_condition(tell: Telling) -> None:
    tell.rule("""
        duty: senior_review
        arises: {at: risk_graded, if: {risk: high}}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 risk_graded level=medium by=duty_inspector
        2026-03-02 18:00 risk_graded level=high by=duty_inspector
        2026-03-02 19:00 risk_graded level=high by=duty_inspector
    """)
    tell.at("2026-03-02 17:30", None)
    tell.at("2026-03-02 20:00", "due_now", arose="2026-03-02 18:00")


def test_each_event_gives_an_instance(tell: Telling) -> None:
    tell.rule("""
        duty: risk_review
        arises: {at: {event: information_received, where: {raises_risk: true}}, each: true}
        met_by: [risk_reviewed]
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 information_received raises_risk=true
        2026-03-02 18:00 information_received raises_risk=false
        2026-03-02 19:00 risk_reviewed by=duty_inspector
        2026-03-02 20:00 information_received raises_risk=true
    """)
    tell.at("2026-03-02 21:00", ["met", "due_now"])


def test_it_may_arise_again_once_its_reason_has_gone(tell: Telling) -> None:
    tell.rule("""
        duty: strategy_meeting
        arises: {at: {event: category_set, where: {category: missing}}, each: after_lapse}
        due: {within: 24 hours}
        met_by: [meeting_held]
        lapses: {on: {event: category_set, where: {category: absent}}}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 category_set category=missing agency=police by=duty_inspector
        2026-03-02 18:00 category_set category=missing agency=police by=duty_inspector
        2026-03-02 19:00 category_set category=absent agency=police by=duty_inspector
        2026-03-02 20:00 category_set category=missing agency=police by=duty_inspector
        2026-03-02 21:00 meeting_held kind=strategy
        2026-03-02 22:00 category_set category=missing agency=police by=duty_inspector
    """)
    tell.at("2026-03-02 18:30", "upcoming", due="2026-03-03 17:00")
    tell.at("2026-03-02 19:30", "lapsed")
    tell.at("2026-03-02 20:30", ["lapsed", "upcoming"])
    tell.at("2026-03-03 00:00", ["lapsed", "met"])


def test_any_of_several_events(tell: Telling) -> None:
    tell.rule("""
        duty: return_interview.offer
        arises: {at: [child_located, child_returned]}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 21:00 child_located
        2026-03-02 22:00 child_returned
    """)
    tell.at("2026-03-03 00:00", "due_now", arose="2026-03-02 21:00")


def test_the_event_that_makes_it_arise_does_not_meet_it(tell: Telling) -> None:
    tell.rule("""
        duty: strategy_meeting.review
        arises: {at: {event: meeting_held, where: {kind: strategy}}}
        due: {within: 7 days}
        met_by: [{event: meeting_held, where: {kind: [strategy, strategy_review]}}]
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-03 16:00 meeting_held kind=strategy
        2026-03-09 16:00 meeting_held kind=strategy_review
    """)
    tell.at("2026-03-04 00:00", "upcoming", due="2026-03-10 23:59:59")
    tell.at("2026-03-10 00:00", "met", met="2026-03-09 16:00")


def test_a_field_is_held_against_a_value_a_list_or_another_test(tell: Telling) -> None:
    tell.rule("""
        duty: assessment
        arises:
          each: true
          at:
            - {event: referral_made, where: {kind: [s17, s47]}}
            - {event: party_notified, where: {channel: {not: [email, letter]}}}
            - {event: meeting_held, where: {chair_role: {present: true}}}
            - {event: extract_shared, where: {with: police}}
    """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 referral_made kind=s47
        2026-03-02 17:10 referral_made kind=lado
        2026-03-02 17:20 party_notified party=parent channel=telephone
        2026-03-02 17:25 party_notified party=parent
        2026-03-02 17:30 party_notified party=parent channel=email
        2026-03-02 17:40 meeting_held kind=panel chair_role=head_of_service
        2026-03-02 17:50 meeting_held kind=panel
        2026-03-02 18:00 extract_shared with=[police, panel]
    """)
    tell.at("2026-03-02 20:00", ["due_now", "due_now", "due_now", "due_now", "due_now"])


def test_when_a_condition_becomes_true_though_nothing_happens(tell: Telling) -> None:
    tell.rule("""
        duty: strategy_meeting
        arises: {when: {lasted: 24 hours, of: missing}}
    """)
    tell.story("2026-03-02 16:00 report_received by=foster_carer")
    tell.at("2026-03-03 15:59:59", None)
    tell.at("2026-03-03 16:00", "due_now", arose="2026-03-03 16:00")
    assert tell.answer("2026-03-02 17:00").next_change_at == tell.answer("2026-03-03 16:00").duties[0].arose_at


def test_once_an_episode_or_every_time_it_becomes_true_again(tell: Telling) -> None:
    for name, each in (("absence_review", "false"), ("risk_review", "true")):
        tell.rule(f"""
            duty: {name}
            arises: {{when: {{category: absent}}, each: {each}}}
        """)
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 category_set agency=police category=absent by=police_officer
        2026-03-02 18:00 category_set agency=police category=missing by=police_officer
        2026-03-02 19:00 category_set agency=police category=absent by=police_officer
    """)
    tell.at("2026-03-02 20:00", {"absence_review": "due_now", "risk_review": ["due_now", "due_now"]})


def test_several_rules_under_one_name_are_variants_and_each_counts_its_own_instances(tell: Telling) -> None:
    for variant, event in (("new_information", "information_received"), ("sighting", "sighting_recorded")):
        tell.rule(f"duty: risk_review\nvariant: {variant}\narises: {{at: {event}, each: true}}")
    tell.story("""
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 sighting_recorded source=friend
        2026-03-02 18:00 information_received source=school
        2026-03-02 19:00 sighting_recorded source=friend
    """)
    tell.at("2026-03-02 20:00", ["due_now", "due_now", "due_now"])
    keys = [(duty.variant, duty.instance) for duty in tell.answer("2026-03-02 20:00").duties]
    assert sorted(keys) == [("new_information", 1), ("sighting", 1), ("sighting", 2)]


def test_a_fact_that_comes_in_later_gives_what_it_would_have_given_from_the_start(tell: Telling) -> None:
    tell.rule("""
        duty: notify.independent_reviewing_officer
        arises:
          at: report_received
          if: {all: [{fact: looked_after}, {fact: age, under: 18}, {treated_as: missing}]}
    """)
    tell.story("""
        2026-03-01 10:00 profile_recorded date_of_birth=2008-03-03
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 18:00 category_set agency=police category=absent by=police_officer
        2026-03-04 10:00 profile_recorded looked_after={legal_basis: s20}
    """)
    tell.at("2026-03-03 12:00", "cannot_tell")
    tell.at("2026-03-04 10:00", "due_now", arose="2026-03-02 16:00")


def test_telling_of_the_return_is_a_notice_like_any_other_to_whoever_asks(tell: Telling) -> None:
    tell.rule("duty: notify.police\narises: {at: absence_noticed}\nmet_by: [report_received]")
    tell.rule("duty: return_notice.police\narises: {at: child_returned}")
    tell.story("""
        2026-03-02 16:00 absence_noticed
        2026-03-02 17:00 report_received by=foster_carer
        2026-03-02 21:00 child_returned
    """)
    tell.at("2026-03-02 20:00", {"notify.police": "met"})
    tell.at("2026-03-02 22:00", {"notify.police": "met", "return_notice.police": "due_now"})
    before, after = (tell.answer(f"2026-03-02 {when}").to_json()["duties"] for when in ("20:00", "22:00"))
    assert [duty.get("variant") for duty in before if duty["duty"] == "notify.police"] == [None]
    assert [duty.get("variant") for duty in after if duty["duty"] == "notify.police"] == [None, "return"]
