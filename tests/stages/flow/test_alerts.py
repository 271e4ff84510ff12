"""Alerts: who is told what, once; retries; crashes; climbing. Delivery goes to a real SMTP server."""

import threading

import pytest
from django.db import connections

from lantern.access import context, grants
from lantern.actions import tend
from lantern.actions.acknowledge_duty import acknowledge_duty
from lantern.alerts import deliver
from lantern.alerts.channels.email import Email
from lantern.alerts.channels.outcome import SENT, Outcome
from lantern.alerts.models import Attempt, Message
from lantern.duties.models import Duty
from tests.flow.world import AT, DAY, HOUR, MINUTE, SURNAME, happened, reported

SECOND = MINUTE / 60


def messages(**fields):
    with context.system("test"):
        return {
            (message.level, message.recipient and message.recipient.email): message.state
            for message in Message.objects.filter(**fields).select_related("recipient")
        }


def located(world):
    """A child who was located at AT + 1 hour: a serious duty of the police, another of the social worker."""
    known = reported(world)
    happened(world, known, "risk_graded", "met", "duty_inspector", AT + 30 * MINUTE, level="low")
    happened(world, known, "child_located", "met", "police_officer", AT + HOUR)
    return known


def test_a_serious_duty_is_told_to_its_owner_when_it_arises_and_others_when_they_fall_due(world):
    located(world)
    assert messages() == {("arisen", "police_officer@met.example"): "waiting"}
    tend.tend(AT + 3.9 * HOUR)
    tend.tend(AT + 72 * HOUR)
    tend.tend(AT + 74 * HOUR)
    owner = {level for level, who in messages() if who == "social_worker@kingston.example"}
    assert owner == {"due_soon", "overdue"}
    assert ("overdue", "police_officer@met.example") in messages()


def test_nobody_is_told_twice_however_often_and_by_how_many_it_is_looked_at(world):
    located(world)
    for minutes in (200, 200, 250, 250):
        tend.tend(AT + minutes * MINUTE)
    with context.system("test"):
        Duty.objects.filter(stage="open").update(next_look_at=AT)
    before = messages()
    assert tend.tend(AT + 250 * MINUTE).told == 0
    assert messages() == before
    with context.system("test"):
        assert Message.objects.count() == len(before)


def test_an_unanswered_hand_over_climbs_one_step_at_a_time_and_an_answer_stops_it(world):
    known = located(world)
    steps = []
    for minutes in (31, 61):
        tend.tend(AT + HOUR + minutes * MINUTE)
        steps.append({who for level, who in messages() if level.startswith("climb")})
    assert steps == [{"police_sergeant@met.example"}, {"police_sergeant@met.example", "duty_inspector@met.example"}]
    with context.system("test"):
        duty = Duty.objects.select_related("child", "episode").get(duty="safe_and_well_check")
    acknowledge_duty(duty=duty, by=world.actor("met", "police_officer"), at=AT + HOUR + 65 * MINUTE)
    tend.tend(AT + HOUR + 91 * MINUTE)
    assert {who for level, who in messages() if level.startswith("climb")} == steps[1]
    assert known.child


def test_where_nobody_holds_a_role_the_next_above_is_told_and_where_nobody_at_all_it_shows(world):
    with context.system("test"):
        for role in ("police_officer", "police_sergeant"):
            grants.end_role(world.people["met", role].memberships.get(), AT - DAY)
    located(world)
    assert ("arisen", "duty_inspector@met.example") in messages()
    with context.system("test"):
        for role in ("duty_inspector", "police_superintendent"):
            grants.end_role(world.people["met", role].memberships.get(), AT - DAY)
    tend.tend(AT + 5 * HOUR)
    assert messages()["overdue", None] == "nobody"


def test_a_real_server_gets_a_level_and_a_link_and_no_name_or_story(world, mailbox, settings):
    settings.ADDRESS = "https://lantern.example"
    located(world)
    assert deliver.deliver(AT + HOUR + MINUTE) == 1
    ((address, mail),) = mailbox.mails
    with context.system("test"):
        duty = Duty.objects.get(duty="safe_and_well_check")
        message = Message.objects.get()
    assert address == "police_officer@met.example"
    assert mail["Subject"] == "Lantern: A new duty needs your answer"
    assert f"https://lantern.example/duties/{duty.id}/" in mail.get_content()
    assert mail["Message-ID"].startswith(f"<{message.id}@")
    everything = mail.as_string().lower()
    for word in (SURNAME, "rowan", "kingston", "elms", "well check", duty.says):
        assert word.lower() not in everything
    assert (message.state, message.sent_at, message.repeated) == ("sent", AT + HOUR + MINUTE, False)
    assert deliver.deliver(AT + 2 * HOUR) == 0
    assert len(mailbox.mails) == 1


def test_a_passing_failure_is_tried_again_later_each_time_and_a_permanent_one_is_given_up(world, mailbox):
    located(world)
    mailbox.refuse["police_officer@met.example"] = "451 try later"
    tries = [AT + HOUR, AT + HOUR + 59 * SECOND, AT + HOUR + MINUTE, AT + HOUR + 2 * MINUTE, AT + HOUR + 3 * MINUTE]
    for at in tries:
        deliver.deliver(at)
    with context.system("test"):
        assert [attempt.code for attempt in Attempt.objects.all()] == ["451"] * 3
        assert Message.objects.get().next_try_at == AT + HOUR + 7 * MINUTE
    mailbox.refuse["police_officer@met.example"] = "550 no such mailbox"
    deliver.deliver(AT + 2 * HOUR)
    assert messages() == {("arisen", "police_officer@met.example"): "given_up"}
    assert mailbox.mails == []


def test_a_server_that_is_away_delays_and_loses_nothing(world, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    located(world)
    assert deliver.deliver(AT + HOUR) == 0
    with context.system("test"):
        assert Attempt.objects.get().code == "ConnectionRefusedError"
        assert Message.objects.get().state == "waiting"


def test_a_message_about_a_duty_that_is_done_meanwhile_is_not_sent(world, mailbox):
    known = located(world)
    happened(world, known, "safe_and_well_done", "met", "police_officer", AT + 80 * MINUTE, method="in_person")
    assert deliver.deliver(AT + 90 * MINUTE) == 0
    assert messages() == {("arisen", "police_officer@met.example"): "not_needed"}
    assert mailbox.mails == []


class Killed(BaseException):
    """The worker is killed."""


def test_killed_between_sending_and_noting_leads_to_one_repeat_that_says_so(world, mailbox, monkeypatch):
    located(world)
    with monkeypatch.context() as doomed:
        doomed.setattr(deliver, "_note", lambda *arguments: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            deliver.deliver(AT + HOUR)
    for minutes in (1, 4):
        assert deliver.deliver(AT + HOUR + minutes * MINUTE) == 0
    for minutes in (5, 6, 60):
        deliver.deliver(AT + HOUR + minutes * MINUTE)
    first, repeat = (mail for _, mail in mailbox.mails)
    assert first["Message-ID"] == repeat["Message-ID"]
    assert "may have had this message before" not in first.get_content()
    assert "may have had this message before" in repeat.get_content()
    with context.system("test"):
        assert [attempt.outcome for attempt in Attempt.objects.order_by("began_at")] == ["unknown", "sent"]


@pytest.mark.usefixtures("committed_world")
def test_several_workers_at_once_send_each_message_once(committed_world):
    for number in range(8):
        known = reported(committed_world, given_name=f"Child {number}", date_of_birth=f"2012-01-0{number + 1}")
        happened(committed_world, known, "child_located", "met", "police_officer", AT + HOUR)
    sent, barrier = [], threading.Barrier(3)

    class Slow(Email):
        def send(self, parcel):
            sent.append(parcel.message_id)
            return Outcome(SENT)

    def work():
        barrier.wait()
        try:
            deliver.deliver(AT + 2 * HOUR, {"email": Slow()})
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(sent) == len(set(sent)) == 8
    assert set(messages().values()) == {"sent"}
