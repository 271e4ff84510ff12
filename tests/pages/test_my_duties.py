"""What is owed, by whom."""

from datetime import timedelta

import time_machine

from tests.pages.scene import NOW


def test_my_duties_shows_what_my_roles_owe_and_not_what_others_owe(scene, browse):
    shown = browse(scene.world.social_worker).get("/duties/")
    assert shown.heading == "My duties"
    assert "Juniper Ashdown" in shown.links()
    assert "Tell the independent reviewing officer" in shown.text
    assert "Create the Merlin record" not in shown.text
    assert "Nothing is owed at the moment." in browse(scene.world.other_worker).get("/duties/").text
    browse(scene.world.analyst).get("/duties/", 404)


def test_the_whole_agencys_duties_name_their_owners(scene, browse):
    shown = browse(scene.world.social_worker).get("/duties/agency/")
    assert shown.heading == "Duties of my agency"
    assert "Must be done by: Social worker, Kingston upon Thames" in shown.text
    assert "Juniper" not in browse(scene.world.other_worker).get("/duties/agency/").text


def test_each_state_is_said_in_words(scene, browse):
    inspector = browse(scene.world.inspector)
    grading = inspector.get("/duties/").text
    assert "Due in 59 minutes, by 4:00pm today" in grading or "Due in 1 hour, by 4:00pm today" in grading
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        late = browse(scene.world.inspector).get("/duties/")
    assert "Overdue by 2 hours: it was due by 4:00pm today" in late.text
    assert "1 overdue" in late.text


def test_a_reason_and_its_citation_are_one_click_away(scene, browse):
    shown = browse(scene.world.inspector).get("/duties/")
    assert "Why, and where it is written" in shown.text
    assert "Joint Protocol for Safeguarding Missing Children" in shown.links()


def test_the_number_of_questions_does_not_grow_with_the_duties(scene, browse, django_assert_max_num_queries):
    client = browse(scene.world.social_worker)
    client.get("/duties/")
    with django_assert_max_num_queries(20):
        client.get("/duties/")
