"""From a police e-mail to a closed episode, through the real protocol and every stage of the house."""

import threading

import pytest
from django.db import connections

from lantern.access import context
from lantern.actions import receive_report as receiving
from lantern.actions import take_in, tend
from lantern.actions.receive_report import receive_report
from lantern.actions.record_event import record_event
from lantern.alerts import deliver
from lantern.alerts.models import Message
from lantern.duties.models import Duty
from lantern.duties.queries import missing_now, of_episode
from lantern.evaluations.adopt import adopt
from lantern.evaluations.models import EpisodeNow, Standing
from lantern.intake.feeds.police_email.compose import GATEWAY, SENDER, compose
from lantern.intake.models import InboundMessage
from lantern.record.models import Child, LoggedEvent
from tests.flow.world import AT, DAY, HOUR, MINUTE, SURNAME, build

FIELDS = {
    "Message type": "Report",
    "Force": "Metropolitan Police",
    "System": "Merlin",
    "Reference": "26MIS/0412",
    "Surname": SURNAME,
    "Forenames": "Rowan",
    "Date of birth": "09/05/2011",
    "Legal status": "Section 20",
    "Local authority": "Kingston",
    "Host authority": "Kingston",
    "Missing from": "Children's home",
    "Last seen": "02/03/2026 19:30",
    "Last seen location": "the bus station",
    "Reported": "02/03/2026 20:50",
    "Reported by": "Residential worker",
    "Circumstances": "Left after supper and does not answer the telephone.",
}


@pytest.fixture(autouse=True)
def trusted(settings):
    settings.POLICE_SENDERS, settings.MAIL_GATEWAY = [SENDER], GATEWAY


def mail(number="1", **changes):
    fields = {label: value for label, value in (FIELDS | changes).items() if value}
    return compose(fields, sent_at=AT, message_id=f"{number}@police.example")


def received(raw, at=AT):
    return receive_report("police_email", raw, by=take_in.GATEWAY, at=at)


def duties(episode, at):
    with context.system("test"):
        return {(now.duty.duty, now.duty.variant): now for now in of_episode(episode, at)}


def stages(episode, *names):
    with context.system("test"):
        return {duty.duty: duty.stage for duty in Duty.objects.filter(episode=episode, duty__in=names)}


def test_a_police_email_is_followed_from_missing_now_to_a_closed_episode(db, mailbox, settings):
    world = build()
    with context.system("test"):
        adopt("Kingston", "kingston-richmond-2023", None, since=AT - 100 * DAY)
    child = received(mail()).child

    front_door, inspector = world.people["kingston", "front_door"], world.people["met", "duty_inspector"]
    with context.acting(front_door):
        (away,) = missing_now(front_door, AT)
    assert (away.card.family_name, away.episode.state, away.episode.risk_level) == (SURNAME, "missing", "")
    with context.acting(world.people["surrey", "front_door"]):
        assert missing_now(world.people["surrey", "front_door"], AT) == []
    episode = away.episode.episode
    with context.acting(inspector):
        graded_by = {now.duty.duty: now for now in of_episode(episode, AT)}["initial_risk_grading"]
    told_at = AT - 10 * MINUTE
    assert (graded_by.state, graded_by.duty.due_at, graded_by.duty.owner_agency) == (
        "upcoming",
        told_at + 2 * HOUR,
        "met",
    )
    assert "Because" in graded_by.duty.in_words
    assert graded_by.duty.cites[0]["source"]
    assert graded_by.duty.because["parts"]

    def happens(type_, agency, role, at, **fields):
        record_event(child, episode, type_, at, fields, by=world.actor(agency, role), at=at)

    happens("risk_graded", "met", "duty_inspector", AT + HOUR, level="high", rationale="out of character")
    now = duties(episode, AT + HOUR)
    assert now["initial_risk_grading", ""].state == "met"
    assert {"senior_review", "supervisor_review", "notify.parent"} <= {name for name, _ in now}
    assert all(each.duty.in_words and each.duty.cites for each in now.values())
    with context.acting(front_door):
        assert missing_now(front_door, AT + HOUR)[0].episode.risk_level == "high"

    happens("child_located", "met", "police_officer", AT + 3 * HOUR, place="a friend's home")
    with context.acting(front_door):
        assert missing_now(front_door, AT + 3 * HOUR) == []
    check = duties(episode, AT + 3 * HOUR)["safe_and_well_check", "high"]
    assert (check.state, check.duty.due_at) == ("due_now", None)
    assert deliver.deliver(AT + 3 * HOUR) > 0
    happens("child_returned", "elms", "residential_manager", AT + 3.5 * HOUR, to="placement")
    check = duties(episode, AT + 3.5 * HOUR)["safe_and_well_check", "high"]
    assert (check.state, check.duty.due_at) == ("upcoming", AT + 4.5 * HOUR)
    happens("safe_and_well_done", "met", "police_officer", AT + 3.7 * HOUR, method="in_person")
    happens("return_interview_offered", "kingston", "return_interviewer", AT + DAY, independent=True)
    happens("return_interview_held", "kingston", "return_interviewer", AT + 2 * DAY, independent=True)
    assert stages(episode, "safe_and_well_check", "return_interview") == {
        "safe_and_well_check": "met", "return_interview": "met",
    }  # fmt: skip
    happens("episode_closed", "kingston", "social_worker", AT + 5 * DAY)
    with context.system("test"):
        assert EpisodeNow.objects.get().state == "closed"
    for _, each in mailbox.mails:
        assert SURNAME.lower() not in each.as_string().lower()


@pytest.mark.usefixtures("world")
def test_the_same_message_twice_is_one_intake_and_the_same_id_with_other_words_is_shown(world):
    first = received(mail())
    again = received(mail(), AT + HOUR)
    assert (first.repeated, again.repeated) == (False, True)
    other = received(mail(Circumstances="She came home by herself."), AT + 2 * HOUR)
    assert (other.child, other.message.state) == (None, "quarantined")
    with context.system("test"):
        assert InboundMessage.objects.count() == 2
        assert Child.objects.count() == 1
        (told,) = {message.recipient.email for message in Message.objects.filter(about="intake", channel="email",
                   recipient__email__startswith="front_door@kingston")}  # fmt: skip
    assert told == "front_door@kingston.example"
    assert world.people


@pytest.mark.usefixtures("world")
def test_what_cannot_be_read_or_placed_waits_for_a_person_and_makes_no_child():
    unread = received(b"no mail at all")
    stranger = received(mail("2", **{"Message type": "Located", "Located": "02/03/2026 20:59"}))
    with context.system("test"):
        states = dict(InboundMessage.objects.values_list("id", "state"))
        assert states == {unread.message.id: "quarantined", stranger.message.id: "quarantined"}
        assert "no_such_child" in [each["code"] for each in InboundMessage.objects.get(pk=stranger.message.id).problems]
        assert Child.objects.count() == 0


@pytest.mark.usefixtures("world")
def test_a_second_report_of_a_known_child_opens_an_absence_and_one_that_goes_on_joins_it():
    first = received(mail()).child
    update = received(
        mail("2", **{"Message type": "Update", "Risk level": "High", "Risk graded by": "Inspector"}), AT + HOUR
    )
    assert update.child == first
    located = {"Message type": "Located", "Located": "02/03/2026 23:30"}
    assert received(mail("3", **located), AT + 3 * HOUR).child == first
    next_day = {"Reference": "26MIS/0444", "Reported": "03/03/2026 20:50", "Last seen": "03/03/2026 18:00"}
    assert received(mail("4", **next_day), AT + DAY).child == first
    with context.system("test"):
        assert {now.state for now in EpisodeNow.objects.all()} == {"located", "missing"}


class Killed(BaseException):
    """Somebody pulls the plug."""


POINTS = ("translate", "append", "judge_what_was_recorded")


@pytest.mark.usefixtures("committed_world")
def test_killed_between_the_commits_nothing_that_was_kept_is_lost(monkeypatch):
    for number, point in enumerate(POINTS):
        raw = mail(str(number), Reference=f"26MIS/{number}", Forenames=f"Rowan {point}")
        with monkeypatch.context() as doomed:
            owner = receiving.receive if point == "translate" else receiving
            doomed.setattr(owner, point, lambda *arguments, **named: (_ for _ in ()).throw(Killed()))
            with pytest.raises(Killed):
                received(raw)
        connections.close_all()
        appended = point == "judge_what_was_recorded"
        with context.system("test"):
            assert InboundMessage.objects.count() == number + 1
            assert LoggedEvent.objects.count() == 4 * (number + appended)
            assert Duty.objects.count() == number
        take_in.finish(AT + MINUTE)
        assert tend.tend(AT + MINUTE).healed == appended
        with context.system("test"):
            assert set(InboundMessage.objects.values_list("state", flat=True)) == {"translated"}
            assert set(Standing.objects.values_list("log_seq", flat=True)) == {4}
            assert Duty.objects.filter(duty="initial_risk_grading", stage="open").count() == number + 1
        assert received(raw, AT + HOUR).repeated


@pytest.mark.usefixtures("committed_world")
def test_the_same_message_by_many_at_once_is_one_intake():
    receipts, barrier = [], threading.Barrier(4)

    def work():
        barrier.wait()
        try:
            receipts.append(received(mail()))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(receipt.repeated for receipt in receipts) == [False, True, True, True]
    with context.system("test"):
        assert (InboundMessage.objects.get().deliveries, Child.objects.count(), LoggedEvent.objects.count()) == (
            4,
            1,
            4,
        )
