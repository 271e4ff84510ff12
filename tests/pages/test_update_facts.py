"""Recording facts about a child."""

from tests.pages.test_record_event import events_of


def test_only_what_is_changed_is_recorded(scene, browse):
    client, address = browse(scene.world.social_worker), f"/children/{scene.child.ref}/facts/"
    form = client.get(address).form(address)
    assert (form["given_name"], form["legal_basis"], form["placement_kind"]) == ("Juniper", "s20", "foster")
    shown = client.post(address, form | {"exploitation_level": "suspected", "disability": "no"})
    assert "The facts are recorded." in shown.text
    latest = events_of(scene, "profile_recorded")[-1]
    said = {
        name for name in latest if name in ("given_name", "looked_after", "placement", "exploitation", "disability")
    }
    assert said == {"exploitation", "disability"}
    assert latest["disability"] is False
    assert "Exploitation Suspected" in shown.text
    browse(scene.world.other_worker).get(address, 404)


def test_nothing_changed_records_nothing(scene, browse):
    client, address = browse(scene.world.social_worker), f"/children/{scene.child.ref}/facts/"
    before = len(events_of(scene, "profile_recorded"))
    client.post(address, client.get(address).form(address))
    assert len(events_of(scene, "profile_recorded")) == before


def test_what_was_known_of_a_placement_and_is_not_asked_stays_known(scene, browse):
    client, address = browse(scene.world.social_worker), f"/children/{scene.child.ref}/facts/"
    form = client.get(address).form(address)
    assert form["placement_since-year"] == "2024"
    client.post(address, form | {"placement_since-day": "3"})
    same = events_of(scene, "profile_recorded")[-1]["placement"]
    assert same == {"kind": "foster", "provider": "Harbour Fostering", "since": "2024-02-03", "independent": True}
    form = client.get(address).form(address)
    client.post(address, form | {"placement_provider": "The Elms"})
    other = events_of(scene, "profile_recorded")[-1]["placement"]
    assert other == {"kind": "foster", "provider": "The Elms", "since": "2024-02-03"}
