"""Putting an event right."""

from tests.pages.scene import NOW
from tests.pages.test_record_event import events_of


def graded(scene):
    said = scene.record(
        "risk_graded", NOW, "inspector", level="low", decided_by_role="duty_inspector", rationale="Usual."
    )
    return f"/episodes/{scene.episode.ref}/correct/{said.events[0].id}/"


def test_a_correction_changes_how_the_event_reads(scene, browse):
    address = graded(scene)
    client = browse(scene.world.inspector)
    form = forms(client.get(address), address)[0]
    assert form["rationale"] == "Usual."
    shown = client.post(address, form | {"level": "high", "occurred_at-time": "2:45pm"})
    assert "The correction is saved." in shown.text
    assert "High risk" in shown.text
    assert "First recorded as" in shown.text
    assert "2:45pm today" in shown.text
    assert forms(client.get(address), address)[0]["occurred_at-time"] == "2:45pm"
    browse(scene.world.foster_carer).get(address, 404)
    browse(scene.world.other_worker).get(address, 404)


def test_an_event_that_never_happened_is_struck_through_and_stays(scene, browse):
    address = graded(scene)
    client = browse(scene.world.inspector)
    shown = client.post(address, forms(client.get(address), address)[1] | {"in_error": "yes"})
    assert "Risk not graded yet" in shown.text
    assert "Recorded in error" in shown.text
    assert shown.find_all("div", class_="lantern-struck")
    assert len(events_of(scene, "corrected")) == 1
    client.get(address, 404)


def forms(shown, address):
    from tests.pages.browse import sent

    return [dict(sent(each)) for each in shown.find_all("form") if each.get("action") == address]
