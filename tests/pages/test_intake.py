"""Reports that could not be read."""

import pytest

from tests.pages.scene import NOW
from tests.pages.test_record_event import events_of

MAIL = b"From: somebody@example.org\r\nSubject: report\r\n\r\nJuniper went from the home again at two.\r\n"


@pytest.fixture
def message(scene):
    from lantern.actions import take_in
    from lantern.actions.receive_report import receive_report

    return receive_report("police_email", MAIL, by=take_in.GATEWAY, at=NOW).message


def test_an_unread_report_is_announced_listed_and_shown_as_it_arrived(scene, browse, message):
    client = browse(scene.world.front_door)
    assert client.get("/").links()["1 report could not be read. Open it now"] == "/intake/"
    assert "1 report to read." in client.get("/intake/").text
    shown = client.get(f"/intake/{message.id}/")
    assert "Juniper went from the home again at two." in shown.text
    assert "What could not be read" in shown.text
    for person in (scene.world.social_worker, scene.world.other_worker, scene.world.inspector):
        browse(person).get("/intake/", 404)
        browse(person).get(f"/intake/{message.id}/", 404)


def looks_at_messages():
    from lantern.access.context import system
    from lantern.access.models import ReadAudit

    with system("test"):
        return list(ReadAudit.objects.exclude(message_id=None))


def test_who_opens_an_unread_report_is_written_down_and_who_may_not_is_shown_nothing(scene, browse, message):
    from lantern.access.context import system
    from lantern.access.seen import looks_by_agency

    address, absent = f"/intake/{message.id}/", f"/intake/{scene.child.id}/"
    for person in (scene.world.social_worker, scene.world.other_worker, scene.world.inspector):
        refused = browse(person).get(address, 404)
        assert refused.text == browse(person).get(absent, 404).text
        assert "Juniper" not in refused.html
    assert looks_at_messages() == []
    browse(scene.world.front_door).get(address)
    (look,) = looks_at_messages()
    assert (look.person_id, look.message_id, look.at) == (scene.world.front_door.id, message.id, NOW)
    assert (look.purpose, look.outcome, look.child_id) == ("unread report", "shown", None)
    with system("test"):
        (said,) = [each for each in looks_by_agency(look.agency_code) if each.purpose == "unread report"]
    assert "takes in reports" in said.why


def test_an_unread_report_is_not_shown_when_the_look_cannot_be_written(scene, message, monkeypatch):
    from lantern.access import gate
    from tests.personas import signed_in_client

    client = signed_in_client(scene.world.front_door)
    client.raise_request_exception = False
    monkeypatch.setattr(gate, "_NOTE", gate._NOTE.replace("access_readaudit", "no_such_table"))
    answer = client.get(f"/intake/{message.id}/")
    assert answer.status_code == 500
    assert b"Juniper" not in answer.content


def test_a_person_makes_a_report_of_it(scene, browse, message):
    client, address = browse(scene.world.front_door), f"/intake/{message.id}/"
    form = client.get(address).form(address)
    assert "Enter the given name" in client.post(address, form).errors()
    answers = {"given_name": "Juniper", "family_name": "Ashdown", "missing_from": "placement"}
    born = {"date_of_birth-day": "9", "date_of_birth-month": "5", "date_of_birth-year": "2011"}
    shown = client.post(address, form | answers | born)
    assert shown.address == f"/episodes/{scene.episode.ref}/"
    assert len(events_of(scene, "absence_noticed")) == 2
    assert "Nothing waits to be read." in client.get("/intake/").text
    client.get(address, 404)


def test_a_message_that_holds_no_report_is_set_aside_and_stays_kept(scene, browse, message):
    from lantern.access.context import system
    from lantern.intake.models import InboundMessage

    client, address = browse(scene.world.front_door), f"/intake/{message.id}/no-report/"
    shown = client.post(address, client.get(f"/intake/{message.id}/").form(address))
    assert "The message is set aside." in shown.text
    with system("test"):
        assert InboundMessage.objects.get(pk=message.id).state == "set_aside"
