"""The page of a child."""

from tests.pages.scene import NOW


def test_the_child_is_shown_to_agencies_of_the_case_and_to_nobody_else(scene, browse):
    address = f"/children/{scene.child.ref}/"
    shown = browse(scene.world.social_worker).get(address)
    assert shown.heading == "Child's record"
    assert "Juniper Ashdown" in shown.html
    assert "Yes, section 20, by agreement, since 5 January 2024" in shown.text
    assert "Foster care, Harbour Fostering, since 1 February 2024" in shown.text
    assert "Exploitation Not known" in shown.text  # unknown is never no
    assert "Left after an argument on the telephone" in shown.text
    refused = browse(scene.world.other_worker).get(address, 404)
    absent = browse(scene.world.other_worker).get("/children/BCDFGHJK/", 404)
    assert refused.text == absent.text


def test_a_corrected_event_shows_how_it_reads_now_and_how_it_first_read(scene, browse):
    from lantern.actions.correct_event import correct_event
    from tests.pages.scene import actor

    said = scene.record("information_received", NOW, place="the pier", source="a friend")
    right = {"event": "information_received", "occurred_at": NOW.isoformat(), "place": "the park", "source": "a friend"}
    by = actor(scene.world, "social_worker")
    correct_event(scene.child, scene.episode, said.events[0].id, right, by=by, at=NOW)
    text = browse(scene.world.social_worker).get(f"/children/{scene.child.ref}/").text
    assert "Place: the park" in text
    assert "First recorded as: Place: the pier" in text


def test_what_is_owed_to_the_child_whether_away_or_not_stands_on_the_child_alone(scene, browse):
    from lantern.actions.record_event import record_event
    from tests.pages.scene import actor

    address, says = f"/children/{scene.child.ref}/", "Assess the background, the reasons for coming"
    assert "What is owed besides" not in browse(scene.world.social_worker).get(address).text
    by = actor(scene.world, "social_worker")
    record_event(scene.child, None, "profile_recorded", NOW, {"trafficking_concern": True}, by=by, at=NOW)
    shown = browse(scene.world.social_worker).get(address)
    assert "What is owed besides" in shown.text
    assert says in shown.text
    assert says not in browse(scene.world.social_worker).get(f"/episodes/{scene.episode.ref}/").text
    browse(scene.world.other_worker).get(address, 404)


def test_the_number_of_questions_stays_small(scene, browse, questions):
    client = browse(scene.world.social_worker)
    client.get(f"/children/{scene.child.ref}/")
    with questions() as asked:
        client.get(f"/children/{scene.child.ref}/")
    assert len(asked) <= 24
