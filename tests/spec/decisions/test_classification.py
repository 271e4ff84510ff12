"""What facts make of an absence

`classification` says which facts make an absence be of a category, whatever anybody chose. `classified` is true while
any such rule holds.
"""

from tests.spec.telling import Telling


def test_facts_against_the_category_chosen(tell: Telling) -> None:
    tell.beside("""
        classification:
          - id: exploitation
            category: missing
            says: a child at risk of exploitation is missing, never absent
            if: {fact: exploitation.level, is: [suspected, known]}
            cite: {source: text, at: line 3}
          - id: young
            category: missing
            says: a child under 13 is missing
            if: {fact: age, under: 13}
            cite: {source: text, at: line 4}
    """)
    tell.rule("""
        duty: treat_as_missing
        arises: {when: {all: [{category: absent}, {classified: missing}]}}
    """)
    tell.story("""
        2026-03-01 10:00 profile_recorded date_of_birth=2010-05-01 exploitation={level: none}
        2026-03-02 16:00 report_received by=foster_carer
        2026-03-02 17:00 category_set agency=police category=absent by=police_officer
        2026-03-02 19:00 profile_recorded exploitation={level: suspected}
    """)
    tell.at("2026-03-02 18:00", None)
    tell.at("2026-03-02 19:00", "due_now", arose="2026-03-02 19:00")
