"""The first screen."""

from tests.pages.scene import NOW


def test_missing_now_shows_the_child_to_those_who_need_to_know_and_to_nobody_else(scene, browse):
    shown = browse(scene.world.social_worker).get("/")
    assert shown.heading == "Missing now"
    assert "1 child is missing." in shown.text
    assert shown.links()["Juniper Ashdown"] == f"/episodes/{scene.episode.ref}/"
    assert "14 years old" in shown.text
    assert "1:00pm today" in shown.text  # last seen
    assert "Risk not graded yet" in shown.text
    assert "Juniper" not in browse(scene.world.other_worker).get("/").text
    assert "Juniper" not in browse(scene.world.former_worker).get("/").text


def test_who_may_see_no_child_starts_at_their_own_first_page(scene, browse):
    assert browse(scene.world.analyst).get("/").heading == "SSDA903: missing from care"
    assert browse(scene.world.auditor).get("/").heading == "Protocols"


def test_the_gravest_risk_comes_first_and_a_found_child_moves_down(scene, browse):
    scene.record("risk_graded", NOW, "inspector", level="high", decided_by_role="duty_inspector", rationale="x")
    assert "High risk" in browse(scene.world.inspector).get("/").text
    scene.record("child_located", NOW, "inspector", place="the park")
    shown = browse(scene.world.inspector).get("/")
    assert "No child whose record you may open is missing." in shown.text
    assert "Found, and not closed yet" in shown.text
    assert "Juniper Ashdown" in shown.links()


def test_every_look_at_the_list_is_noted(scene, browse):
    from lantern.access.context import system
    from lantern.access.models import ReadAudit

    browse(scene.world.front_door).get("/")
    with system("test"):
        (look,) = ReadAudit.objects.filter(person_id=scene.world.front_door.id)
    assert (look.child_id, look.purpose) == (scene.child.id, "missing now")


def test_nothing_is_asked_of_the_database_for_each_child(scene, browse, questions):
    client = browse(scene.world.social_worker)
    client.get("/")
    with questions() as asked:
        client.get("/")
    assert len(asked) <= 17
