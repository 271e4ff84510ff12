"""Reporting a child missing."""

from tests.pages.test_record_event import events_of

NEW = "/report/new/"


def test_a_child_who_is_known_is_reported_in_a_few_answers(scene, browse):
    scene.record("child_returned", scene_now(), to="placement")
    client, address = browse(scene.world.foster_carer), f"/report/{scene.child.ref}/"
    form = client.get(address).form(address)
    assert "given_name" not in form
    assert form["reported_by_role"] == "foster_carer"
    answers = {"missing_from": "school", "police_told": "no", "last_seen_at-time": "2pm"}
    shown = client.post(address, form | answers)
    assert "The report is recorded." in shown.text
    assert shown.address != f"/episodes/{scene.episode.ref}/"
    latest = events_of(scene, "absence_noticed")[-1]
    assert latest["missing_from"] == "school"
    assert latest["last_seen_at"].endswith("14:00:00+00:00")  # a time alone is today's
    assert events_of(scene, "report_received")[-1]["received_by"] == "front_door"
    browse(scene.world.other_worker).get(address, 404)


def test_a_child_who_is_not_known_is_reported_and_shown_to_the_responsible_authority(scene, browse):
    client = browse(scene.world.inspector)
    form = client.get(NEW).form(NEW)
    assert form["police_told"] == "yes"
    answers = {
        "given_name": "Wren",
        "family_name": "Hollis",
        "date_of_birth-day": "1",
        "date_of_birth-month": "2",
        "date_of_birth-year": "2012",
        "responsible_authority": "Kingston",
        "legal_basis": "none",
        "missing_from": "home",
        "reference": "26MIS/0999",
        "reported_by_role": "parent",
    }
    shown = client.post(NEW, form | answers)
    assert "Wren Hollis" in shown.html
    assert "Not looked after" in shown.html
    assert "Wren Hollis" in browse(scene.world.social_worker).get("/").links()
    assert "Wren Hollis" not in browse(scene.world.foster_carer).get("/").links()


def test_a_stranger_who_knows_the_name_gets_a_receipt_and_the_front_door_gives_a_part_or_not(scene, browse):
    stranger = browse(scene.world.other_worker)
    answers = {"given_name": scene.names[0], "family_name": scene.names[1], "missing_from": "home", "police_told": "no"}
    answers |= {f"date_of_birth-{part}": said for part, said in (("day", "9"), ("month", "5"), ("year", "2011"))}
    shown = stranger.post(NEW, stranger.get(NEW).form(NEW) | answers | {"reported_by_role": "social_worker"})
    assert shown.address == "/report/received/kingston/"
    assert "Kingston upon Thames" in shown.text
    assert scene.episode.ref not in shown.html
    stranger.get(f"/episodes/{scene.episode.ref}/", 404)
    stranger.get(f"/children/{scene.child.ref}/parts/", 404)
    front_door = browse(scene.world.front_door)
    assert "1 agency outside this case reported the child" in front_door.get(f"/children/{scene.child.ref}/").text
    waits = "Answer Derby City Council, outside the case of Juniper Ashdown, 3:00pm today"
    assert front_door.get("/duties/").links()[waits] == f"/children/{scene.child.ref}/parts/"
    assert "Derby" not in browse(scene.world.social_worker).get("/duties/").text
    asked = front_door.get(f"/children/{scene.child.ref}/parts/")
    assert "Derby City Council" in asked.text
    (address,) = [form.get("action") for form in asked.find_all("form") if "/parts/" in form.get("action", "")]
    said = front_door.post(address, asked.form(address) | {"answer": "give"})
    assert "Derby City Council has a part in this case now" in said.text
    assert "No agency waits for an answer." in said.text
    assert "Derby" not in front_door.get("/duties/").text
    late = front_door.post(address, asked.form(address) | {"answer": "refuse"})
    assert "Somebody has answered this already." in late.text
    stranger.get(f"/episodes/{scene.episode.ref}/")


def test_sending_the_report_twice_opens_one_episode(scene, browse):
    from lantern.access.context import system
    from lantern.record.models import Episode

    client = browse(scene.world.front_door)
    form = client.get(NEW).form(NEW)
    form |= {"given_name": "Ash", "family_name": "Vale", "missing_from": "home", "police_told": "no"}
    first = client.post(NEW, form | {"reported_by_role": "parent"})
    again = client.post(NEW, form | {"reported_by_role": "parent"})
    assert first.address == again.address
    with system("test"):
        assert Episode.objects.count() == 2


def test_a_report_of_a_child_already_away_joins_the_open_absence(scene, browse):
    client, address = browse(scene.world.social_worker), f"/report/{scene.child.ref}/"
    form = client.get(address).form(address) | {"missing_from": "placement", "police_told": "yes"}
    shown = client.post(address, form | {"reported_by_role": "social_worker"})
    assert "added to an absence that is already open" in shown.text
    assert shown.address == f"/episodes/{scene.episode.ref}/"


def test_a_child_may_be_only_away(scene, browse):
    scene.record("child_returned", scene_now(), to="placement")
    before = len(events_of(scene, "report_received"))
    client, address = browse(scene.world.foster_carer), f"/report/{scene.child.ref}/"
    form = client.get(address).form(address) | {"kind": "away", "missing_from": "placement", "police_told": "no"}
    client.post(address, form)
    assert len(events_of(scene, "report_received")) == before
    assert len(events_of(scene, "absence_noticed")) == 2


def test_what_is_wrong_is_said_beside_the_question(scene, browse):
    shown = browse(scene.world.front_door).post(NEW, browse(scene.world.front_door).get(NEW).form(NEW))
    assert "Enter given name" in shown.errors()
    assert "Select an answer: Where is the child missing from?" in shown.errors()


def test_the_analyst_reports_nobody(scene, browse):
    browse(scene.world.analyst).get("/report/", 404)
    browse(scene.world.analyst).get(NEW, 404)


def scene_now():
    from tests.pages.scene import NOW

    return NOW
