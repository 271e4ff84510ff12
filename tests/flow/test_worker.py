"""The worker's round: heals, looks again, raises levels, delivers, seals, beats; shares the work with others."""

import threading

import psycopg
import pytest
from click.testing import CliRunner
from django.db import OperationalError, connections

from lantern.access import context
from lantern.actions import judge, tend
from lantern.actions.record_event import append_events
from lantern.alerts.heartbeat import last_beat
from lantern.alerts.models import Message
from lantern.commands import worker
from lantern.commands.worker import one_round
from lantern.duties.models import Duty
from lantern.evaluations import store
from lantern.evaluations.models import Evaluation, Standing
from lantern.plumbing import clock, doorbell
from lantern.plumbing.errors import Misconfigured
from lantern.plumbing.postgres import prepare
from lantern.record.append import NewEvent
from tests.flow.world import AT, DAY, HOUR, MINUTE, happened, reported


def children(world, number):
    return [
        reported(world, given_name=f"Child {each}", date_of_birth=f"2012-01-{each + 1:02}") for each in range(number)
    ]


def test_a_log_that_ran_ahead_of_its_evaluation_is_looked_at_again(world):
    known = reported(world)
    located = NewEvent("child_located", AT + HOUR, {}, known.episode)
    append_events(known.child, [located], by=world.actor("met", "police_officer"), at=AT + HOUR)
    assert tend.tend(AT + HOUR).healed == 1
    assert tend.tend(AT + HOUR).healed == 0
    with context.system("test"):
        assert Duty.objects.filter(duty="safe_and_well_check", stage="open").exists()


def test_time_alone_changes_what_is_owed_and_lateness_is_measured(world):
    reported(world)
    early = tend.tend(AT + 2 * HOUR)
    assert (early.looked, early.told) == (0, 1)
    late = tend.tend(AT + 2 * HOUR + 10 * MINUTE)
    assert (late.looked, late.told) == (1, 1)
    assert late.late_seconds == pytest.approx(600, abs=1)
    with context.system("test"):
        assert "Overdue" in Duty.objects.get().in_words
        assert set(Message.objects.values_list("level", flat=True)) == {"due_soon", "overdue"}


def test_after_an_outage_every_alert_that_fell_due_is_raised(world):
    for known in children(world, 12):
        happened(world, known, "child_located", "met", "police_officer", AT + HOUR)
    tend.tend(AT + 3 * DAY)
    tend.tend(AT + 3 * DAY + 2 * HOUR)
    with context.system("test"):
        told = Message.objects.filter(level="overdue").values_list("duty", flat=True).distinct()
        assert set(told) == set(Duty.objects.filter(stage="open", due_at__lt=AT + 4 * DAY).values_list("id", flat=True))
        assert len(told) == 24


def test_one_bad_child_is_pushed_forward_and_reported_and_keeps_nobody_waiting(world, monkeypatch):
    bad, *good = children(world, 4)
    apply = judge.differ.apply

    def broken(judged, at, **named):
        if judged.child_id == bad.child.id:
            raise RuntimeError("something of ours")
        return apply(judged, at, **named)

    late = AT + 2 * HOUR + MINUTE
    with monkeypatch.context() as wrong:
        wrong.setattr(judge.differ, "apply", broken)
        tended = tend.tend(late)
        assert (tended.failed, tended.looked) == (1, 3)
        with context.system("test"):
            stands = Standing.objects.get(child=bad.child)
        assert (stands.failed_since, stands.next_look_at) == (late, late + MINUTE / 2)
        assert tend.tend(late + MINUTE / 3).failed == 0
    assert tend.tend(late + MINUTE).looked == 1
    with context.system("test"):
        assert not Standing.objects.filter(failed_since__isnull=False).exists()
        assert Message.objects.filter(level="overdue").count() == 4
    assert good


def test_levels_of_one_bad_child_are_postponed_and_the_others_told(world, monkeypatch):
    bad, *_ = children(world, 3)
    reached = tend.looking.reached

    def broken(duties, at):
        if any(duty.child_id == bad.child.id for duty in duties):
            raise RuntimeError("something of ours")
        return reached(duties, at)

    monkeypatch.setattr(tend.looking, "reached", broken)
    tended = tend.tend(AT + 2 * HOUR)
    assert (tended.told, tended.failed) == (2, 1)
    with context.system("test"):
        assert Duty.objects.get(child=bad.child).next_look_at > AT + 2 * HOUR


def test_a_round_ends_when_all_that_is_due_is_held_by_other_workers(world, monkeypatch):
    children(world, 3)
    monkeypatch.setattr(tend, "AT_ONCE", 2)
    monkeypatch.setattr(tend.plan, "plan_looks", lambda reached, at: 0)
    with monkeypatch.context() as held:
        held.setattr(tend.queries, "claim", lambda child_id, at: False)
        held.setattr(tend.looking, "take", lambda children, at: [])
        assert not tend.tend(AT + 2 * HOUR + 10 * MINUTE).more
    assert tend.tend(AT + 2 * HOUR + 10 * MINUTE).more


def test_the_worker_refuses_an_unsafe_database_and_waits_for_one_that_is_away(monkeypatch, settings, tmp_path):
    settings.VAR, rounds = tmp_path, []
    answers = [OperationalError("starting"), None, Misconfigured("fsync is off")]

    def check():
        if answer := answers.pop(0):
            raise answer

    def ends_the_loop(folder):
        rounds.append(folder)
        raise SystemExit(0)

    monkeypatch.setattr(prepare, "check", check)
    monkeypatch.setattr(worker, "one_round", ends_the_loop)
    monkeypatch.setattr(worker, "_wait", lambda seconds: None)
    monkeypatch.setattr(worker.signal, "signal", lambda number, handler: None)
    monkeypatch.setattr(worker.clock, "sleep", lambda seconds: None)
    assert CliRunner().invoke(worker.command).exit_code == 0
    assert rounds == [tmp_path / "intake"]
    assert isinstance(CliRunner().invoke(worker.command).exception, Misconfigured)
    assert len(rounds) == 1


@pytest.mark.usefixtures("committed_world")
def test_two_workers_at_once_share_the_work_and_do_nothing_twice(committed_world):
    for known in children(committed_world, 6):
        event = NewEvent("child_located", AT + HOUR, {}, known.episode)
        append_events(known.child, [event], by=committed_world.actor("met", "police_officer"), at=AT + HOUR)
    rounds, barrier = [], threading.Barrier(2)

    def work():
        barrier.wait()
        try:
            rounds.extend(tend.tend(at) for at in (AT + HOUR, AT + 5 * HOUR))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for _ in range(2):
        rounds.append(tend.tend(AT + 5 * HOUR))
    # each child once behind its log and once because time passed; a slower worker may find both at once
    assert sum(tended.healed + tended.looked for tended in rounds) == 12
    with context.system("test"):
        assert Evaluation.objects.filter(log_seq=4).count() == 12
        assert Message.objects.filter(level="overdue").count() == 6
        assert Message.objects.filter(level="arisen").count() == 6
        assert sum(tended.told for tended in rounds) == Message.objects.exclude(level="arisen").count()


@pytest.mark.usefixtures("committed_world")
def test_a_round_does_everything_and_leaves_a_heartbeat(committed_world, settings, tmp_path, mailbox):
    settings.CHECKPOINTS = tmp_path / "checkpoints"
    known = reported(committed_world)
    happened(committed_world, known, "child_located", "met", "police_officer", AT + HOUR)
    before = clock.now()
    one_round(tmp_path)
    beat = last_beat()
    assert before <= beat.beat_at <= clock.now()
    assert (beat.sent > 0, beat.failed) == (True, 0)
    assert mailbox.mails
    assert (tmp_path / "checkpoints" / "checkpoints.jsonl").exists()


@pytest.mark.usefixtures("committed_world")
def test_a_ring_wakes_whoever_listens(committed_world):
    def ring():
        doorbell.ring()
        connections.close_all()

    assert doorbell.listen(0) is False
    ringer = threading.Thread(target=ring)
    ringer.start()
    assert doorbell.listen(20) is True
    ringer.join()
    assert committed_world


def test_a_child_whom_a_faster_clock_recorded_is_looked_at_when_that_moment_comes(world):
    known = reported(world)
    ahead = AT + 3 * MINUTE
    event = NewEvent("child_located", AT, {}, known.episode)
    append_events(known.child, [event], by=world.actor("met", "police_officer"), at=ahead)
    tend.tend(AT + MINUTE)
    with context.system("test"):
        assert not Duty.objects.filter(duty="safe_and_well_check").exists()
    tend.tend(ahead)
    with context.system("test"):
        assert Duty.objects.filter(duty="safe_and_well_check").exists()


def test_retries_of_a_failed_look_wait_longer_each_time_up_to_half_an_hour():
    waits = [min(store.FIRST_RETRY * 2**failures, store.LAST_RETRY) for failures in range(8)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (MINUTE / 2, 30 * MINUTE)


@pytest.mark.parametrize("away", [psycopg.OperationalError, OperationalError])
def test_a_database_that_goes_away_ends_the_round_and_is_nobodys_fault(world, monkeypatch, away):
    reported(world)
    with monkeypatch.context() as lost:
        lost.setattr(tend, "judge", lambda *arguments, **named: (_ for _ in ()).throw(away()))
        with pytest.raises(away):
            tend.tend(AT + 2 * HOUR + MINUTE)
    with context.system("test"):
        assert not Standing.objects.filter(failed_since__isnull=False).exists()
