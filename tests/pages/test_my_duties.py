"""What is owed, by whom."""

from datetime import timedelta

import time_machine

from tests.pages.browse import text_of
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


def test_the_number_of_questions_does_not_grow_with_the_duties(scene, browse, questions):
    client = browse(scene.world.social_worker)
    client.get("/duties/")
    with questions() as asked:
        client.get("/duties/")
    assert len(asked) <= 16


UNREADABLE = b"From: somebody@example.org\r\nSubject: report\r\n\r\nJuniper went from the home again at two.\r\n"


def deliver(number=1):
    from lantern.actions import take_in
    from lantern.actions.receive_report import receive_report

    at = NOW - timedelta(minutes=25)
    mails = [UNREADABLE + f"{each}\r\n".encode() for each in range(number)]
    return [receive_report("police_email", mail, by=take_in.GATEWAY, at=at).message for mail in mails]


def test_a_message_that_could_not_be_read_is_a_duty_of_whoever_handles_reports_alone(scene, browse):
    (message,) = deliver()
    world = scene.world
    for person in (world.front_door, world.team_manager):
        for address in ("/duties/", "/duties/agency/"):
            shown = browse(person).get(address)
            read = [words for words, href in shown.links().items() if href == f"/intake/{message.id}/"]
            assert read == ["Read a police message that could not be understood, 2:35pm today"], address
            assert "1 message to read." in shown.text
            assert "Waits since 2:35pm today, 25 minutes ago" in shown.text
            assert "This sender is not on the list of those who may report" in shown.text
            assert "went from the home again" not in shown.html
            assert [text_of(each) for each in shown.find_all("h2")][:1] == ["Messages to read"]
    nothing_else = "1 message to read. Nothing else is owed at the moment."
    assert nothing_else in browse(world.team_manager).get("/duties/").text
    assert nothing_else not in browse(world.team_manager).get("/duties/agency/").text
    browse(world.front_door).get(f"/intake/{message.id}/")
    for person in (world.social_worker, world.inspector, world.foster_carer, world.other_worker):
        shown = browse(person).get("/duties/")
        assert "message" not in shown.text
        assert str(message.id) not in shown.html
        browse(person).get(f"/intake/{message.id}/", 404)


def test_a_message_is_no_duty_any_more_once_a_person_has_dealt_with_it(scene, browse):
    first, second = deliver(2)
    client = browse(scene.world.front_door)
    assert "2 messages to read." in client.get("/duties/").text
    for message, left in ((first, "1 message to read."), (second, "")):
        address = f"/intake/{message.id}/no-report/"
        client.post(address, client.get(f"/intake/{message.id}/").form(address))
        shown = client.get("/duties/")
        assert left in shown.text
        assert str(message.id) not in shown.html
    assert "to read" not in client.get("/duties/").text


def test_many_messages_do_not_bury_the_duties(scene, browse):
    deliver(23)
    shown = browse(scene.world.front_door).get("/duties/")
    assert shown.html.count("Read a police message that could not be understood") == 20
    assert shown.links()["3 more to read"] == "/intake/"
    assert "23 messages to read." in shown.text


def test_messages_cost_one_question_and_none_for_who_handles_no_reports(scene, browse):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def questions(person):
        client = browse(person)
        client.get("/duties/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/duties/")
        return len(asked), sum("intake_inboundmessage" in each["sql"] for each in asked.captured_queries)

    world = scene.world
    quiet = {person: questions(person) for person in (world.front_door, world.social_worker)}
    deliver(5)
    assert quiet[world.front_door][1] == 1
    assert questions(world.front_door) == quiet[world.front_door]
    assert quiet[world.social_worker][1] == 0
    assert questions(world.social_worker) == quiet[world.social_worker]
