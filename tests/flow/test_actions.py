"""Actions: reports join or open absences and survive repeats; parts follow facts; quarantine is released once."""

import pytest
from django.db import OperationalError

from lantern.access import context, grants
from lantern.access.may import may
from lantern.access.models import CaseRole, PartRequest, ReadAudit
from lantern.access.permissions import Permission
from lantern.actions import judge as judging
from lantern.actions import report_missing as reporting
from lantern.actions.adopt_pack import adopt_pack
from lantern.actions.answer_part_request import answer_part_request
from lantern.actions.receive_report import receive_report
from lantern.actions.record_event import record_event
from lantern.actions.release_from_quarantine import release_from_quarantine, set_aside_message
from lantern.actions.report_missing import report_missing
from lantern.actions.set_aside_duty import set_aside_duty
from lantern.actions.take_in import GATEWAY
from lantern.alerts.models import Message
from lantern.duties.models import Duty
from lantern.evaluations.models import Adoption, Evaluation
from lantern.plumbing import sql
from lantern.plumbing.errors import Refused
from lantern.record import load
from lantern.record.actor import Actor
from lantern.record.models import Child, LoggedEvent
from tests.flow.world import AT, DAY, FACTS, HOUR, MINUTE, happened, reported


def parts(child):
    with context.system("test"):
        held = CaseRole.objects.filter(child_id=child.id, until=None).select_related("agency")
        return {(role.part, role.agency.code) for role in held}


def test_a_report_gives_parts_to_those_whom_the_facts_name_and_to_who_reports(world):
    known = reported(world, host_authority="Surrey")
    assert parts(known.child) == {
        ("responsible_authority", "kingston"), ("host_authority", "surrey"), ("provider", "elms"), ("police", "met"),
    }  # fmt: skip


def test_a_person_moves_a_case_to_another_authority_and_a_machine_only_adds(world):
    known = reported(world)
    moved = {"responsible_authority": "Richmond"}
    machine = Actor(None, "police", "met", source_kind="feed", source_ref="test")
    record_event(known.child, None, "profile_recorded", AT + HOUR, moved, by=machine, at=AT + HOUR)
    assert {("responsible_authority", "kingston"), ("responsible_authority", "richmond")} <= parts(known.child)
    by = world.actor("kingston", "social_worker")
    record_event(known.child, None, "profile_recorded", AT + 2 * HOUR, moved, by=by, at=AT + 2 * HOUR)
    held = parts(known.child)
    assert ("responsible_authority", "richmond") in held
    assert ("responsible_authority", "kingston") not in held


def test_a_second_report_joins_the_absence_that_goes_on_and_opens_another_once_the_child_was_found(world):
    first = reported(world)
    again = reported(world, at=AT + HOUR)
    assert (again.child, again.episode, again.joined) == (first.child, first.episode, True)
    happened(world, first, "child_located", "met", "police_officer", AT + 2 * HOUR)
    later = reported(world, at=AT + DAY)
    assert later.child == first.child
    assert (later.episode != first.episode, later.joined) == (True, False)


def test_who_knows_a_name_and_a_birthday_may_report_the_child_and_opens_no_record_by_it(world):
    """The police who took the report and the provider of the placement come into the case; a stranger asks."""
    known = reported(world)
    said = {"responsible_authority": "Surrey", "placement": {"kind": "residential", "provider": "The Cedars"}}
    before = parts(known.child)
    for agency, role in (("surrey", "front_door"), ("cedars", "residential_manager")):
        outside = reported(world, at=AT + HOUR, by=world.actor(agency, role), **said)
        assert (outside.child, outside.outside, outside.contact) == (known.child, True, "kingston")
        assert parts(known.child) == before
        person = world.people[agency, role]
        with context.acting(person):
            assert not may(person, Permission.SEE_CHILD, known.child.id).allowed
    with context.system("test"):
        lines = load.log_of([known.child.id])
        assert sum(line["event"] == "report_received" for line in lines) == 3
        assert [line["responsible_authority"] for line in lines if line["event"] == "profile_recorded"] == ["Kingston"]
        told = Message.objects.filter(level="part_asked").select_related("recipient")
        assert {message.recipient for message in told} == {world.people["kingston", "front_door"]}
        noted = ReadAudit.objects.filter(child_id=known.child.id, outcome=ReadAudit.Outcome.TOLD)
        assert noted.count() == 2
        held = CaseRole.objects.filter(child_id=known.child.id, agency__code__in=("met", "elms"))
        held.update(until=AT + 2 * HOUR)
    for agency, role in (("elms", "residential_manager"), ("met", "police_officer")):
        assert not reported(world, at=AT + 3 * HOUR, by=world.actor(agency, role), **said).outside
    assert parts(known.child) == before
    with context.system("test"):
        grants.restrict(known.child.id, "a relative works there", [], AT)
    silent = reported(world, at=AT + 4 * HOUR, by=world.actor("surrey", "front_door"))
    assert (silent.outside, silent.contact) == (True, "")


def test_the_responsible_authority_gives_or_refuses_a_part_once(world):
    known = reported(world)
    for agency in ("surrey", "richmond"):
        reported(world, at=AT + HOUR, by=world.actor(agency, "front_door"))
    with context.system("test"):
        surrey, richmond = PartRequest.objects.select_related("agency").order_by("asked_at", "id")

    def answer(asked, agency, *, given):
        by = world.actor(agency, "front_door")
        answer_part_request(request=asked, given=given, by=by, at=AT + 2 * HOUR)

    with pytest.raises(Refused):
        answer(surrey, "richmond", given=True)
    answer(surrey, "kingston", given=True)
    answer(richmond, "kingston", given=False)
    with pytest.raises(Refused):
        answer(richmond, "kingston", given=True)
    held = parts(known.child)
    assert ("host_authority", "surrey") in held
    assert "richmond" not in {code for _, code in held}


def test_the_same_form_sent_twice_is_one_report_and_nobody_is_merged_by_half_a_match(world):
    def send(key, **changes):
        return report_missing(
            child=None, facts={"given_name": "Rowan"} | changes, occurred_at=AT, absence={"whereabouts": "unknown"},
            report=None,
            by=world.actor("kingston", "front_door"), at=AT, idempotency_key=key,
        )  # fmt: skip

    first, again = send("form 1"), send("form 1")
    assert (again.child, again.episode, again.repeated, again.events) == (
        first.child,
        first.episode,
        True,
        first.events,
    )
    other = send("form 2")
    assert other.child != first.child
    with context.system("test"):
        assert Child.objects.count() == 2
    with pytest.raises(Refused):
        report_missing(child=None, facts={}, occurred_at=AT, absence=None, report=None,
                       by=world.actor("kingston", "front_door"), at=AT)  # fmt: skip


def test_a_record_that_was_erased_is_not_brought_back(world, monkeypatch):
    found = reporting.match.Match("suppressed", because="erased")
    monkeypatch.setattr(reporting.match, "find", lambda identity: found)
    with pytest.raises(reporting.WasErased):
        reported(world)
    with context.system("test"):
        assert Child.objects.count() == 0


def test_adopting_a_pack_looks_again_at_children_who_are_away_and_at_no_others(world):
    away, closed = reported(world), reported(world, given_name="Wren", date_of_birth="2012-01-01")
    happened(world, closed, "episode_closed", "kingston", "social_worker", AT + HOUR)
    with context.system("test"):
        before = Evaluation.objects.count()
    by = world.actor("kingston", "head_of_service")
    adopt_pack(authority="Kingston", pack="dfe-2014", edition="2014-01", since=AT, by=by, at=AT + 3 * HOUR)
    with context.system("test"):
        assert Adoption.objects.get().authority == "Kingston"
        assert [each.child_id for each in Evaluation.objects.order_by("created_at")[before:]] == [away.child.id]


def test_setting_aside_what_the_pack_does_not_allow_changes_nothing(world):
    known = reported(world)
    with context.system("test"):
        duty = Duty.objects.select_related("child", "episode").get()
    by = world.actor("met", "police_sergeant")
    set_aside_duty(duty=duty, reason="busy", authorised_by_role="police_sergeant", by=by, at=AT + MINUTE)
    with context.system("test"):
        assert Duty.objects.get().stage == "open"
        assert LoggedEvent.objects.filter(child=known.child, type="duty_set_aside").exists()


def test_a_person_releases_a_report_from_quarantine_once(world):
    waiting = receive_report("police_email", b"From: somebody\n\nA boy is missing.", by=GATEWAY, at=AT).message
    by = world.actor("kingston", "front_door")

    def release():
        return release_from_quarantine(
            message=waiting, child=None, facts=FACTS, occurred_at=AT, absence=None, report={"received_by": "police"},
            by=by, at=AT + HOUR,
        )  # fmt: skip

    with pytest.raises(Refused):
        set_aside_message(message=waiting, by=GATEWAY, at=AT)
    released = release()
    with context.system("test"):
        waiting.refresh_from_db()
    assert (waiting.state, waiting.child_id) == ("translated", released.child.id)
    assert waiting.events == [str(event) for event in released.events]
    with pytest.raises(Refused):
        release()
    with pytest.raises(Refused):
        set_aside_message(message=waiting, by=by, at=AT + HOUR)


def test_a_report_that_holds_nothing_is_set_aside_and_stays_kept(world):
    waiting = receive_report("police_email", b"From: somebody\n\nLunch?", by=GATEWAY, at=AT).message
    set_aside_message(message=waiting, by=world.actor("kingston", "front_door"), at=AT + HOUR)
    with context.system("test"):
        waiting.refresh_from_db()
    assert (waiting.state, waiting.raw) == ("set_aside", b"From: somebody\n\nLunch?")


@pytest.mark.parametrize("judged", [True, False])
def test_what_is_acknowledged_is_on_disk_even_where_it_could_not_be_judged(committed_world, monkeypatch, judged):
    world, judge_in_use = committed_world, judging.judge
    known = reported(world)
    ends = []

    def judge(child, *, at):
        ends.append(one("SELECT pg_current_wal_insert_lsn()"))
        if not judged:
            raise OperationalError
        return judge_in_use(child, at=at)

    monkeypatch.setattr(judging, "judge", judge)
    by = world.actor("met", "duty_inspector")
    record_event(known.child, known.episode, "risk_graded", AT + MINUTE, {"level": "high"}, by=by, at=AT + MINUTE)
    assert one("SELECT pg_current_wal_flush_lsn() >= %s::pg_lsn", ends[0])


def one(question, *values):
    with sql.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]
