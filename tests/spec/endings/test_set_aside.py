"""Who may set it aside

Nobody, unless the protocol names the roles. What must be recorded has to be recorded, and conditions have to hold;
otherwise the attempt is listed as a problem and the duty stays.
"""

from tests.spec.telling import Telling

REPORTED = "2026-03-02 16:00 report_received by=foster_carer"
MEETING = """
    duty: strategy_meeting
    arises: {at: report_received}
    set_aside: [{by: [team_manager, service_manager], requires: [reason]}]
"""


def test_by_a_role_that_may(tell: Telling) -> None:
    tell.rule(MEETING)
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 duty_set_aside duty=strategy_meeting reason=held authorised_by_role=team_manager by=carer
    """)
    tell.at("2026-03-02 18:00", "set_aside")
    tell.problems("2026-03-02 18:00")


def test_not_by_another_role(tell: Telling) -> None:
    tell.rule(MEETING)
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 duty_set_aside duty=strategy_meeting reason=superfluous by=social_worker
    """)
    tell.at("2026-03-02 18:00", "due_now")
    tell.problems("2026-03-02 18:00", "not_authorised")


def test_not_without_what_must_be_recorded(tell: Telling) -> None:
    tell.rule(MEETING)
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 duty_set_aside duty=strategy_meeting by=team_manager
    """)
    tell.at("2026-03-02 18:00", "due_now")
    tell.problems("2026-03-02 18:00", "not_authorised")


def test_not_where_the_protocol_lets_nobody(tell: Telling) -> None:
    tell.rule("duty: strategy_meeting\narises: {at: report_received}")
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 duty_set_aside duty=strategy_meeting reason=superfluous by=director_of_childrens_services
    """)
    tell.at("2026-03-02 18:00", "due_now")
    tell.problems("2026-03-02 18:00", "not_authorised")


def test_not_another_duty(tell: Telling) -> None:
    tell.rule(MEETING)
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 duty_set_aside duty=return_interview reason=superfluous by=team_manager
    """)
    tell.at("2026-03-02 18:00", "due_now")


CHECK = """
    duty: safe_and_well_check
    arises: {at: child_returned}
    met_by: [safe_and_well_done]
    set_aside:
      - event: safe_and_well_not_done
        by: [police_officer, police_sergeant]
        requires: [reason, agreed_with]
        if: {not: {risk: high}}
"""


def test_by_an_event_of_its_own_when_its_conditions_hold(tell: Telling) -> None:
    tell.rule(CHECK)
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 risk_graded level=medium by=duty_inspector
        2026-03-02 20:00 child_returned
        2026-03-02 21:00 safe_and_well_not_done reason="seen by carer" agreed_with=social_worker by=police_officer
    """)
    tell.at("2026-03-02 22:00", "set_aside")


def test_and_not_when_they_do_not(tell: Telling) -> None:
    tell.rule(CHECK)
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 risk_graded level=high by=duty_inspector
        2026-03-02 20:00 child_returned
        2026-03-02 21:00 safe_and_well_not_done reason="seen by carer" agreed_with=social_worker by=police_officer
    """)
    tell.at("2026-03-02 22:00", "due_now")
    tell.problems("2026-03-02 22:00", "not_authorised")


def test_of_several_variants_the_one_that_is_owed_decides(tell: Telling) -> None:
    tell.rule(MEETING)
    tell.rule("duty: strategy_meeting\nvariant: abroad\narises: {at: {event: child_returned, where: {to: abroad}}}")
    tell.rule("duty: strategy_meeting\nvariant: again\narises: {at: sighting_recorded}")
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 duty_set_aside duty=strategy_meeting reason=held by=team_manager
        2026-03-02 18:00 duty_set_aside duty=strategy_meeting reason=held by=social_worker
    """)
    tell.at("2026-03-02 17:30", "set_aside")
    tell.problems("2026-03-02 17:30")
    tell.problems("2026-03-02 18:30", "not_authorised")


INTERVIEW = """
    duty: return_interview
    arises: {at: child_returned}
    due: {within: 72 hours}
    met_by: [return_interview_held]
    set_aside: [{by: [return_interviewer], event: return_interview_declined}]
"""
DECLINED = f"""
    {REPORTED}
    2026-03-03 10:00 child_returned
    2026-03-04 10:00 return_interview_declined by=return_interviewer
"""


def test_what_is_done_by_its_due_time_all_the_same_is_met(tell: Telling) -> None:
    tell.rule(INTERVIEW)
    tell.story(f"{DECLINED}\n2026-03-06 10:00 return_interview_held by=return_interviewer")
    tell.at("2026-03-04 12:00", "set_aside")
    tell.at("2026-03-06 12:00", "met")


def test_what_is_done_after_its_due_time_stays_set_aside(tell: Telling) -> None:
    tell.rule(INTERVIEW)
    tell.story(f"{DECLINED}\n2026-03-06 10:01 return_interview_held by=return_interviewer")
    tell.at("2026-03-06 12:00", "set_aside")
