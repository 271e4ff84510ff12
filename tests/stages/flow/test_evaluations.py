"""Evaluations: which pack governs and why; an answer is kept once; a failure is kept, told and healed."""

from dataclasses import replace

import pytest

from lantern.access import context
from lantern.actions.judge import judge
from lantern.alerts.models import Message
from lantern.duties.models import Duty
from lantern.duties.queries import my_duties
from lantern.evaluations import run, which_pack
from lantern.evaluations.adopt import adopt
from lantern.evaluations.models import EpisodeNow, Evaluation, Standing
from tests.flow.world import AT, DAY, HOUR, MINUTE, happened, reported

KINGSTON = {"event": "profile_recorded", "id": "1", "child": "C", "occurred_at": AT, "recorded_at": AT,
            "responsible_authority": "Kingston", "host_authority": "Kingston"}  # fmt: skip


def governing(lines, at=AT):
    packs, why = which_pack.packs_for(lines, which_pack.adoptions_at(at))
    return [pack.name for pack in packs], why


@pytest.fixture
def named_packs(monkeypatch):
    """Packs that are told apart by their names alone."""
    one = which_pack.pack("dfe-2014")
    monkeypatch.setattr(which_pack, "pack", lambda name, edition=None: replace(one, name=name, edition=edition or "1"))


@pytest.mark.usefixtures("world", "named_packs")
def test_the_responsible_authoritys_pack_comes_first_and_the_hosts_second_where_the_child_is_placed_elsewhere():
    with context.system("test"):
        adopt("Kingston", "kingston-richmond-2023", "2023-12", since=AT - DAY)
        names, why = governing([KINGSTON | {"host_authority": "Surrey"}])
        assert names == ["kingston-richmond-2023", "dfe-2014"]
        assert "Kingston is responsible and has adopted kingston-richmond-2023@2023-12" in why
        assert "Surrey is where the child is placed and has adopted no pack" in why
        assert governing([KINGSTON])[0] == ["kingston-richmond-2023"]
        assert governing([])[0] == ["dfe-2014"]
        assert "no responsible authority is known" in governing([])[1]


@pytest.mark.usefixtures("world", "named_packs")
def test_an_adoption_governs_from_its_instant_until_the_next():
    with context.system("test"):
        adopt("Kingston", "first", "1", since=AT)
        adopt("Kingston", "second", "1", since=AT + DAY)
        adopt("Kingston", "second", "1", since=AT + 2 * DAY)
        found = [governing([KINGSTON], at)[0] for at in (AT - MINUTE, AT, AT + DAY - MINUTE, AT + DAY)]
        assert found == [["dfe-2014"], ["first"], ["first"], ["second"]]
        with pytest.raises(which_pack.NotAnEdition):
            adopt("Kingston", "first", "1", since=AT)


@pytest.mark.usefixtures("world", "named_packs")
def test_a_corrected_fact_decides_as_corrected():
    wrong = KINGSTON | {"responsible_authority": "Richmond"}
    correction = {"event": "corrected", "id": "2", "child": "C", "occurred_at": AT, "recorded_at": AT, "corrects": "1",
                  "corrected_event": {"event": "profile_recorded", "responsible_authority": "Kingston"}}  # fmt: skip
    with context.system("test"):
        adopt("Kingston", "local", "1", since=AT - DAY)
        assert governing([wrong])[0] == ["dfe-2014", "local"]
        assert governing([wrong, correction])[0] == ["local"]


def test_an_evaluation_says_by_which_pack_and_how_much_of_the_log_it_saw(world):
    known = reported(world)
    with context.system("test"):
        kept = Evaluation.objects.get()
        now = EpisodeNow.objects.get()
    assert (kept.child_id, kept.log_seq, kept.as_of, kept.failed) == (known.child.id, 3, AT, False)
    assert kept.packs[0]["name"] == "dfe-2014"
    assert len(kept.packs[0]["hash"]) == 64
    assert [duty[1] for duty in kept.result["duties"]] == ["upcoming"]
    assert (now.state, now.began_at, now.last_seen_at) == ("missing", AT, AT - HOUR)


def test_looking_again_when_nothing_changed_writes_no_row(world):
    known = reported(world)
    with context.system("test"):
        before = rows("duties_duty")
        again = judge(known.child, at=AT + MINUTE)
        assert again.repeated
        assert Evaluation.objects.count() == 1
        assert rows("duties_duty") == before
        assert Standing.objects.get().as_of == AT + MINUTE


def test_a_failed_evaluation_is_kept_and_told_once_and_the_last_good_duties_stay_marked_stale(world, monkeypatch):
    known = reported(world)
    inspector = world.people["met", "duty_inspector"]
    with monkeypatch.context() as broken:
        broken.setattr(run.engine, "evaluate", failing)
        happened(world, known, "child_located", "met", "police_officer", AT + HOUR, place="the bus station")
        for minutes in (1, 2):
            judge(known.child, at=AT + HOUR + minutes * MINUTE)
    with context.system("test"):
        failed = Evaluation.objects.get(failed=True)
        assert failed.problem["code"] == "ZeroDivisionError"
        assert "secret words" not in str(failed.problem)
        assert Standing.objects.get().failures == 3
        (told,) = Message.objects.filter(level="failed")
        assert told.recipient == world.people["kingston", "front_door"]
    with context.acting(inspector):
        (stale,) = my_duties(inspector, AT + HOUR)
    assert (stale.duty.duty, stale.stale) == ("initial_risk_grading", True)
    judge(known.child, at=AT + 2 * HOUR)
    with context.system("test"):
        assert Standing.objects.get().failed_since is None
        assert {duty.duty: duty.stage for duty in Duty.objects.all()} == {
            "initial_risk_grading": "lapsed", "safe_and_well_check": "open", "return_interview": "open",
        }  # fmt: skip


def failing(*arguments):
    raise ZeroDivisionError("secret words of the record")


def rows(table):
    """Every row of a table with the transaction that wrote it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin, ctid, * FROM {table} ORDER BY id")
        return cursor.fetchall()
