"""Taken together

`all`, `any` and `not` keep three answers: no beats cannot tell in `all`, yes beats it in `any`, and the opposite of
cannot tell is cannot tell. Several duties share a condition as a term; `always` holds whatever happens.
"""

from tests.spec.telling import Telling

REPORTED = "2026-03-02 16:00 report_received by=foster_carer"


def test_one_no_settles_all_of_them(tell: Telling) -> None:
    tell.rule("""
        duty: notify.parent
        arises: {at: report_received, if: {all: [{fact: looked_after}, {risk: high}]}}
    """)
    tell.story(f"""
        2026-03-01 10:00 profile_recorded looked_after={{legal_basis: none}}
        {REPORTED}
    """)
    tell.at("2026-03-03 00:00", None)


def test_one_yes_settles_any_of_them(tell: Telling) -> None:
    tell.rule("""
        duty: notify.parent
        arises: {at: report_received, if: {any: [{fact: looked_after}, {treated_as: missing}]}}
    """)
    tell.story(REPORTED)
    tell.at("2026-03-03 00:00", "due_now")


def test_what_stays_open_is_named(tell: Telling) -> None:
    tell.rule("""
        duty: notify.parent
        arises: {at: report_received, if: {any: [{fact: looked_after}, {not: {fact: school}}, {treated_as: away}]}}
    """)
    tell.story(REPORTED)
    tell.at("2026-03-03 00:00", "cannot_tell")
    facts = [missing["fact"] for missing in tell.answer("2026-03-03 00:00").duties[0].missing_facts]
    assert facts == ["looked_after", "school"]


def test_a_term_is_a_condition_with_a_name(tell: Telling) -> None:
    tell.beside("""
        terms:
          in_care:
            says: the child is looked after
            if: {fact: looked_after}
          missing_from_care:
            says: the child is missing from care
            if: {all: [{term: in_care}, {treated_as: missing}]}
    """)
    tell.rule("""
        duty: notify.parent
        arises: {at: report_received, if: {term: missing_from_care}}
    """)
    tell.story(f"""
        2026-03-01 10:00 profile_recorded looked_after={{legal_basis: s20}}
        {REPORTED}
    """)
    tell.at("2026-03-03 00:00", "due_now")
    tell.says(
        "2026-03-03 00:00",
        "Police duty inspector must do what is asked. Due now, as soon as possible."
        " Because report received happened; the child is missing from care.",
    )


def test_always(tell: Telling) -> None:
    tell.rule("""
        duty: record_in_case_file
        arises: {at: report_received, if: always}
    """)
    tell.story(REPORTED)
    tell.at("2026-03-03 00:00", "due_now")
