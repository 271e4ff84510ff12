"""Finding a child outside one's scope: which agency to contact, and nothing of the child."""

import re
from datetime import timedelta

import pytest
import time_machine

from lantern.access import elsewhere, grants
from lantern.access.context import system
from lantern.access.models import Agency, CaseRole, ReadAudit
from tests.pages.browse import text_of
from tests.pages.scene import FACTS, NOW, reported_with

BORN = {"date_of_birth-day": "9", "date_of_birth-month": "5", "date_of_birth-year": "2011"}
SILENT = "No child whose record you may open fits. The child may be known to another agency."
TOLD = "This child is known to Kingston upon Thames. Contact: 020 7946 0412."


@pytest.fixture
def outside(scene, browse):
    """`outside(words, **born)`: what a social worker of Derby is answered; Kingston has said how it is reached."""
    with system("test"):
        Agency.objects.filter(code="kingston").update(contact="020 7946 0412")
    client = browse(scene.world.other_worker)
    return lambda words, **born: client.post("/find/", {"words": words, **born})


def without_what_was_typed(shown):
    """The page but for the token and what stands in the boxes of the search."""
    return re.sub(r'value="[^"]*"', "", shown.html)


def rows(scene, **wanted):
    with system("test"):
        found = ReadAudit.objects.filter(person_id=scene.world.other_worker.id, **wanted)
        return list(found.order_by("id").values("child_id", "purpose", "outcome", "agency_code", "role", "page"))


def test_the_whole_name_and_birth_are_answered_with_the_agency_and_nothing_else(scene, outside):
    for words in ("Juniper Ashdown", "Ashdown, Juniper", "JUNIPER ashdown"):
        shown = outside(words, **BORN)
        assert TOLD in shown.text, words
        said = without_what_was_typed(shown)
        for telling in ("Juniper", "Ashdown", "missing from", str(scene.child.id), scene.child.ref, scene.episode.ref):
            assert telling not in said, telling
        assert not [href for href in shown.links().values() if "/children/" in href or "/episodes/" in href]
    silent, told = (without_what_was_typed(outside(words, **BORN)) for words in ("Nobody Here", "Juniper Ashdown"))
    said = f'<p class="govuk-body">{TOLD}</p>'
    assert told.count(said) == 1
    assert told.replace(said, f'<p class="govuk-body">{SILENT}</p>').split() == silent.split()


def test_who_may_open_the_record_gets_the_record_and_no_such_answer(scene, outside, browse):
    shown = browse(scene.world.social_worker).post("/find/", {"words": "Juniper Ashdown", **BORN})
    assert shown.links()["Juniper Ashdown"] == f"/children/{scene.child.ref}/"
    assert "is known to" not in shown.text
    assert TOLD in outside("Juniper Ashdown", **BORN).text
    browse(scene.world.analyst).post("/find/", {"words": "Juniper Ashdown", **BORN}, 404)


def test_less_than_the_whole_is_answered_byte_for_byte_like_nobody(scene, outside):
    other_day = BORN | {"date_of_birth-day": "10"}
    absent = without_what_was_typed(outside("Nobody Here", **BORN))
    assert SILENT in absent
    for words, born in (
        ("Juniper Ashdown", {}),
        ("Ashdown", BORN),
        ("Juniper", BORN),
        ("Juniper Ashd", BORN),
        ("J Ashdown", BORN),
        ("Juniper Ashdown Elsewhere", BORN),
        ("Juniper Ashdown", other_day),
        ("26MIS/0412", BORN),
        ("", BORN),
    ):
        assert without_what_was_typed(outside(words, **born)) == absent, (words, born)


def test_a_restricted_child_stays_silent(scene, outside):
    absent = without_what_was_typed(outside("Nobody Here", **BORN))
    with system("test"):
        grants.restrict(scene.child.id, "a witness", [scene.world.social_worker], NOW)
    assert without_what_was_typed(outside("Juniper Ashdown", **BORN)) == absent
    assert rows(scene, child_id=scene.child.id) == []
    with system("test"):
        grants.lift_restriction(scene.child.id, NOW)
    assert TOLD in outside("Juniper Ashdown", **BORN).text


def test_a_child_whom_no_childrens_services_answer_for_stays_silent(scene, outside):
    with system("test"):
        grants.end_case_role(scene.child.id, scene.world.kingston, CaseRole.Part.RESPONSIBLE_AUTHORITY, NOW)
        grants.end_case_role(scene.child.id, scene.world.kingston, CaseRole.Part.HOST_AUTHORITY, NOW)
    assert SILENT in outside("Juniper Ashdown", **BORN).text


def test_two_children_with_one_name_and_birth_are_both_answered_for(scene, outside):
    with system("test"):
        third = grants.add_agency("surrey", "Surrey", "authority", authority="Surrey")
        twin = reported_with(scene.world, FACTS | {"given_name": "Juno"}).child
        grants.end_case_role(twin.id, scene.world.kingston, CaseRole.Part.RESPONSIBLE_AUTHORITY, NOW)
        grants.end_case_role(twin.id, scene.world.kingston, CaseRole.Part.HOST_AUTHORITY, NOW)
        grants.give_case_role(twin.id, third, CaseRole.Part.RESPONSIBLE_AUTHORITY, NOW)
        card = twin.card
        card.given_name, card.name_key = "Juniper", "ashdown|juniper"
        card.save()
    shown = outside("Juniper Ashdown", **BORN)
    assert TOLD in shown.text
    assert "This child is known to Surrey. Contact: their front door." in shown.text
    assert {row["child_id"] for row in rows(scene, outcome="told")} == {scene.child.id, twin.id}


def test_each_question_is_written_down_and_the_childs_agency_sees_it(scene, outside, browse):
    outside("Juniper Ashdown", **BORN)
    outside("Nobody Here", **BORN)
    outside("Ashdown", **BORN)
    asked = {"purpose": "which agency knows a child", "agency_code": "derby", "role": "social_worker", "page": "find"}
    assert rows(scene) == [
        {"child_id": scene.child.id, "outcome": "told", **asked},
        {"child_id": None, "outcome": "refused", **asked},
    ]
    seen = browse(scene.world.social_worker).get(f"/who-has-seen/{scene.child.ref}/")
    assert "which agency knows a child" in seen.text.lower()
    assert "were told which agency to contact and nothing else" in seen.text
    with system("test"):
        grants.give_case_role(scene.child.id, scene.world.derby, CaseRole.Part.HOST_AUTHORITY, NOW)
    browse(scene.world.other_worker).get(f"/children/{scene.child.ref}/")
    later = browse(scene.world.social_worker).get(f"/who-has-seen/{scene.child.ref}/").text
    assert "were told which agency to contact and nothing else" in later  # though they opened it the same day
    assert "Derby City Council was the child's host authority" in later
    assert "Olu Winter" in " ".join(text_of(each) for each in seen.find_all("td"))


def test_nobody_asks_about_a_list_of_children(scene, outside, browse, monkeypatch):
    monkeypatch.setattr(elsewhere, "MOST_IN_WINDOW", 3)
    for _ in range(2):
        outside("Nobody Here", **BORN)
    assert TOLD in outside("Juniper Ashdown", **BORN).text
    limited = without_what_was_typed(outside("Juniper Ashdown", **BORN))
    assert "You have searched for many children outside your cases" in limited
    assert "is known to" not in limited
    assert without_what_was_typed(outside("Nobody Here", **BORN)) == limited
    assert SILENT in outside("Ashdown", **BORN).text
    assert len(rows(scene, purpose="asked too often which agency knows a child")) == 2
    with time_machine.travel(NOW + timedelta(hours=1, minutes=1), tick=False):
        later = browse(scene.world.other_worker)  # the earlier session has ended meanwhile
        assert TOLD in later.post("/find/", {"words": "Juniper Ashdown", **BORN}).text
