"""The time of day

Office hours are Monday to Friday from 09:00 to 17:00 London time without bank holidays, unless pack.yaml says
otherwise. The time is judged at the event that made the duty arise, however late a lacking fact comes in.
"""

from tests.spec.telling import Telling

BOTH = ("notify.social_worker", "office_hours"), ("notify.out_of_hours", "out_of_hours")


def _rules(tell: Telling) -> None:
    for name, when in BOTH:
        tell.rule(f"duty: {name}\narises: {{at: report_received, if: {{time: {when}}}}}")


def test_within_office_hours(tell: Telling) -> None:
    _rules(tell)
    tell.story("2026-03-02 09:00 report_received by=foster_carer")
    tell.at("2026-03-03 00:00", {"notify.social_worker": "due_now", "notify.out_of_hours": None})


def test_outside_them(tell: Telling) -> None:
    _rules(tell)
    tell.story("2026-03-02 17:00 report_received by=foster_carer")
    tell.at("2026-03-03 00:00", {"notify.social_worker": None, "notify.out_of_hours": "due_now"})


def test_a_bank_holiday_is_outside_them(tell: Telling) -> None:
    _rules(tell)
    tell.story("2026-04-03 11:00 report_received by=foster_carer")
    tell.at("2026-04-04 00:00", {"notify.social_worker": None, "notify.out_of_hours": "due_now"})


def test_the_protocol_gives_its_own_hours(tell: Telling) -> None:
    tell.head('office_hours: {from: "08:45", to: "17:15", assumed: the hours of the front door}')
    _rules(tell)
    tell.story("2026-03-02 17:14 report_received by=foster_carer")
    tell.at("2026-03-03 00:00", {"notify.social_worker": "due_now", "notify.out_of_hours": None})


def test_between_two_times_over_midnight(tell: Telling) -> None:
    tell.rule("""
        duty: senior_notice
        arises: {at: report_received, if: {time: between, from: "23:00", to: "08:00"}, each: true}
    """)
    tell.story("""
        2026-03-02 22:59 report_received by=foster_carer
        2026-03-02 23:00 report_received by=foster_carer
        2026-03-03 07:59 report_received by=foster_carer
        2026-03-03 08:00 report_received by=foster_carer
    """)
    tell.at("2026-03-04 00:00", ["due_now", "due_now"])


def test_judged_at_the_event_and_not_when_a_fact_comes_in(tell: Telling) -> None:
    tell.rule("""
        duty: notify.out_of_hours
        arises: {at: report_received, if: {all: [{fact: looked_after}, {time: out_of_hours}]}}
    """)
    tell.story("""
        2026-03-02 22:00 report_received by=foster_carer
        2026-03-03 10:00 profile_recorded looked_after={legal_basis: s20}
    """)
    tell.at("2026-03-03 11:00", "due_now", arose="2026-03-02 22:00")
