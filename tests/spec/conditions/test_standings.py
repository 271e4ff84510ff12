"""How the episode stands

Police and the authority each hold a category. A child is treated as missing once reported, until somebody decides,
and as long as any category held is more than a milder one; as away when only milder ones are held.
"""

from tests.spec.telling import Telling

REPORTED = "2026-03-02 16:00 report_received by=foster_carer"


def test_a_category_of_either_agency_or_of_one(tell: Telling) -> None:
    tell.rule("""
        duty: absence_review
        arises: {when: {category: absent}}
    """)
    tell.rule("""
        duty: risk_review
        arises: {when: {category: [missing, absent], held_by: authority}}
    """)
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 category_set agency=police category=absent by=police_officer
        2026-03-02 18:00 category_set agency=authority category=missing by=social_worker
    """)
    tell.at("2026-03-02 16:30", {"absence_review": "cannot_tell", "risk_review": "cannot_tell"})
    tell.at("2026-03-02 17:30", {"absence_review": "due_now", "risk_review": "cannot_tell"})
    tell.at("2026-03-02 18:30", {"absence_review": "due_now", "risk_review": "due_now"})
    tell.episode("2026-03-02 18:30", police=["absent"], authority=["missing"], state="missing")


def test_without_saying_so_a_category_is_held_by_the_side_that_decided(tell: Telling) -> None:
    tell.rule("duty: absence_review\narises: {when: {category: absent, held_by: police}}")
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 category_set category=absent decided_by_role=duty_inspector by=police_call_handler
        2026-03-02 18:00 category_set category=unauthorised_absence by=social_worker
    """)
    tell.at("2026-03-02 18:30", "due_now")
    tell.episode("2026-03-02 18:30", police=["absent"], authority=["unauthorised_absence"], state="away")


def test_several_categories_at_once(tell: Telling) -> None:
    tell.rule("duty: risk_review\narises: {when: {all: [{category: absconder}, {category: missing}]}}")
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 category_set agency=police category=[absconder, missing] by=police_officer
    """)
    tell.at("2026-03-02 18:30", "due_now")


def test_treated_as_missing_or_as_away(tell: Telling) -> None:
    tell.rule("duty: risk_review\narises: {when: {treated_as: missing}}")
    tell.rule("duty: absence_review\narises: {when: {treated_as: away}}")
    tell.story("""
        2026-03-02 15:00 absence_noticed by=foster_carer
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 category_set agency=police category=absent by=police_officer
    """)
    tell.at("2026-03-02 15:30", {"risk_review": None, "absence_review": None})
    tell.at("2026-03-02 16:30", {"risk_review": "due_now", "absence_review": None})
    tell.at("2026-03-02 17:30", {"risk_review": "due_now", "absence_review": "due_now"})


def test_the_grading_in_force(tell: Telling) -> None:
    tell.rule("duty: senior_review\narises: {at: information_received, each: true, if: {risk: [high, medium]}}")
    tell.story(f"""
        {REPORTED}
        2026-03-02 17:00 information_received source=school
        2026-03-02 18:00 risk_graded level=low by=duty_inspector
        2026-03-02 19:00 information_received source=friend
        2026-03-02 20:00 risk_graded level=high by=duty_inspector
        2026-03-02 21:00 information_received source=friend
    """)
    tell.at("2026-03-02 17:30", ["cannot_tell"])
    tell.at("2026-03-02 21:30", ["due_now"])
    tell.episode("2026-03-02 21:30", risk="high")


def test_how_far_the_episode_has_come(tell: Telling) -> None:
    tell.rule("duty: plan_for_return\narises: {when: {state: [located, returned]}}")
    tell.story(f"""
        {REPORTED}
        2026-03-02 20:00 child_located
        2026-03-02 22:00 child_returned
        2026-03-03 10:00 episode_closed by=police_officer
    """)
    tell.episode("2026-03-02 16:30", state="missing")
    tell.episode("2026-03-02 20:00", state="located")
    tell.episode("2026-03-02 22:00", state="returned")
    tell.episode("2026-03-03 10:00", state="closed")
    tell.at("2026-03-03 10:00", "due_now", arose="2026-03-02 20:00")
