"""Whom a protocol is for

`applies` in pack.yaml is a condition for every duty of the pack.
"""

from tests.spec.telling import Telling


def test_only_for_some_children(tell: Telling) -> None:
    tell.head("applies: {any: [{fact: looked_after}, {fact: age, under: 16}]}")
    tell.rule("duty: notify.parent\narises: {at: report_received}")
    tell.rule("duty: strategy_meeting\narises: {when: {lasted: 2 hours, of: missing}}")
    tell.story("""
        2026-03-01 10:00 profile_recorded looked_after={legal_basis: none} date_of_birth=2008-06-01
        2026-03-01 10:00 profile_recorded looked_after={legal_basis: s20} child=C2
        2026-03-02 16:00 report_received by=parent
        2026-03-02 16:00 report_received by=foster_carer child=C2
        2026-03-02 16:00 report_received by=parent child=C3
    """)
    tell.at("2026-03-02 17:00", {"C1/E1": None, "C2/E1": "due_now", "C3/E1": "cannot_tell"})
    tell.at("2026-03-02 18:00", {"C1/E1": None, "C2/E1": ["due_now", "due_now"]})
