"""Keeping: byte for byte, once, never lost, never trusted; quarantine; erasure."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from lantern.access import context
from lantern.intake import erase, keep, quarantine, receive
from lantern.intake.models import InboundMessage
from lantern.intake.translation import Problem
from lantern.plumbing.errors import Refused
from tests.stages.police_mail import AT, mail

LATER = AT + timedelta(hours=1)


@pytest.fixture
def _system(db, settings):
    settings.POLICE_SENDERS = ["@police.example"]
    settings.MAIL_GATEWAY = "mx.lantern.example"
    with context.system("test"):
        yield


@pytest.mark.usefixtures("_system")
def test_a_message_is_kept_byte_for_byte_and_unreadable_in_the_database():
    for raw in (mail(), b"", b"\x00\xff not a mail at all \r\n\n"):
        message, repeated = keep.keep("police_email", raw, AT)
        assert not repeated
        assert InboundMessage.objects.get(id=message.id).raw == raw
        assert b"Fennimore" not in bytes(message.ciphertext)


@pytest.mark.usefixtures("_system")
def test_the_same_message_twice_is_one_intake():
    first, _ = keep.keep("police_email", mail(), AT)
    second, repeated = keep.keep("police_email", mail(), LATER)
    assert (second.id, repeated, second.deliveries, second.received_at) == (first.id, True, 2, AT)
    assert InboundMessage.objects.count() == 1


@pytest.mark.usefixtures("_system")
def test_the_same_message_id_with_other_content_is_kept_too_and_shown():
    genuine = mail(attach="", message_id="same@police.example")
    forged = mail(attach="", message_id="same@police.example", Risk_level="Low")
    (first, _), (second, repeated) = keep.keep("police_email", forged, AT), keep.keep("police_email", genuine, LATER)
    assert (first.same_id_other_content, second.same_id_other_content, repeated) == (False, True, False)
    assert receive.translate(first).problems == ()
    assert [problem.code for problem in receive.translate(second).problems] == ["same_id_other_content"]


@pytest.mark.usefixtures("_system")
def test_what_cannot_be_translated_waits_for_a_person_with_its_reason_and_place():
    message, _ = keep.keep("police_email", b"not a report", AT)
    assert quarantine.waiting() == []
    quarantine.put(message, receive.translate(message).problems, AT)
    (waiting,) = quarantine.waiting()
    assert waiting.raw == b"not a report"
    assert {"unverified_sender", "no_report"} <= {problem["code"] for problem in waiting.problems}
    child, event, person = uuid4(), uuid4(), uuid4()
    quarantine.resolve(message, child_id=child, events=[event], by=person, at=LATER)
    assert quarantine.waiting() == []
    done = InboundMessage.objects.get()
    assert (done.state, done.child_id, done.events, done.decided_by) == ("translated", child, [str(event)], person)


@pytest.mark.usefixtures("_system")
def test_a_message_set_aside_stays_kept_and_one_left_by_a_crash_is_found_again():
    left, _ = keep.keep("police_email", b"left", AT)
    spam, _ = keep.keep("police_email", b"spam", AT)
    quarantine.put(spam, [Problem("no_report", "message", "no report")], AT)
    quarantine.set_aside(spam, by=uuid4(), at=LATER)
    assert keep.unfinished() == [left]
    assert (quarantine.waiting(), InboundMessage.objects.get(id=spam.id).raw) == ([], b"spam")


@pytest.mark.usefixtures("_system")
@pytest.mark.parametrize(
    "change",
    ["ciphertext = '\\x00'", "received_at = now()", "content_hash = ''", "wrapped_key = '\\x01'", "deliveries = 0"],
)
def test_what_it_was_is_never_written_again(change):
    keep.keep("police_email", mail(), AT)
    with pytest.raises(DatabaseError, match="only grows older"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE intake_inboundmessage SET {change}")
    with (
        pytest.raises(DatabaseError, match=r"only grows|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM intake_inboundmessage")


@pytest.mark.usefixtures("_system")
def test_erasing_a_child_takes_the_messages_words_and_the_same_message_is_not_taken_in_again():
    message, _ = keep.keep("police_email", mail(), AT)
    other, _ = keep.keep("police_email", b"another", AT)
    child = uuid4()
    keep.translated(message, child, [uuid4()], AT)
    assert erase.forget(child) == 1
    with pytest.raises(Refused):
        _ = InboundMessage.objects.get(id=message.id).raw
    assert InboundMessage.objects.get(id=other.id).raw == b"another"
    assert keep.keep("police_email", mail(), LATER)[1]


def test_without_a_context_no_message_is_seen(db):
    with context.system("test"):
        keep.keep("police_email", mail(), AT)
    assert not InboundMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_message_delivered_by_eight_at_once_is_one_intake_and_eight_deliveries():
    together = Barrier(8)
    failures = []

    def deliver():
        try:
            together.wait(20)
            with context.system("test"):
                keep.keep("police_email", b"Message-ID: <a@b>\r\n\r\nthe same", AT)
        except Exception as problem:  # noqa: BLE001  whatever a thread raises must reach the test
            failures.append(problem)
        finally:
            connections.close_all()

    threads = [Thread(target=deliver) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    with context.system("test"):
        assert [message.deliveries for message in InboundMessage.objects.all()] == [8]
