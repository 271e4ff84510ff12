"""Erasing a child, and finding a known one."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from lantern.access import context
from lantern.record import load, project
from lantern.record.append import append
from lantern.record.erase import erase
from lantern.record.errors import Erased
from lantern.record.match import Identity, find
from lantern.record.models import ChildCard, Suppression
from lantern.record.verify import verify
from tests.stages.record_world import AT, SOCIAL_WORKER, profile, reported_child

ASH = Identity("Ash", "Fennimore", date(2011, 5, 9))
LATER = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def _system(request, db, settings, tmp_path):
    settings.CHECKPOINTS = tmp_path
    if request.node.get_closest_marker("django_db"):
        yield  # its threads open contexts of their own
        return
    with context.system("test"):
        yield


def everything_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'record_%'")
        tables = [name for (name,) in cursor.fetchall()]
        found = ""
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")
            found += "".join(row for (row,) in cursor.fetchall())
    return found


def test_after_erasure_nothing_personal_can_be_read_and_the_log_still_verifies():
    child, _ = reported_child(given_name="Quillon")
    before = load.log_of([child.id])
    assert "Quillon" in everything_in_the_database()
    erase(child, by=SOCIAL_WORKER, at=LATER, reason="retention")
    after = load.log_of([child.id])
    assert [line["id"] for line in after] == [line["id"] for line in before]
    assert [line["level"] for line in after if line["event"] == "risk_graded"] == ["medium"]
    assert not {"given_name", "circumstances", "rationale", "place"} & {name for line in after for name in line}
    assert all(item.erased for item in load.timeline(child) if item.type == "child_located")
    assert "Quillon" not in everything_in_the_database()
    assert verify().ok


def test_an_erased_child_takes_no_more_events_is_erased_once_and_stays_away_from_a_rebuild():
    child, _ = reported_child()
    erase(child, by=SOCIAL_WORKER, at=LATER, reason="retention")
    with pytest.raises(Erased):
        append(child, [profile()], by=SOCIAL_WORKER, at=LATER)
    with pytest.raises(Erased):
        erase(child, by=SOCIAL_WORKER, at=LATER, reason="retention")
    assert project.rebuild() == 0
    assert not ChildCard.objects.exists()


def test_an_erased_child_is_recognised_by_every_name_and_reference_and_a_stranger_is_not():
    child, _ = reported_child()
    append(child, [profile(family_name="O'Dowd")], by=SOCIAL_WORKER, at=LATER)
    assert find(ASH).kind == "new"
    erase(child, by=SOCIAL_WORKER, at=LATER, reason="retention")
    for identity in (ASH, Identity("ASH", "o`dowd", date(2011, 5, 9)), Identity(police_reference="cmp 26 001")):
        assert find(identity).kind == "suppressed"
    assert find(Identity("Ash", "Fennimore", date(2011, 5, 10))).kind == "new"
    assert not any("Fennimore" in row.digest for row in Suppression.objects.all())


def test_a_known_child_is_found_by_reference_or_by_whole_name_and_birth_alone():
    child, _ = reported_child()
    assert find(Identity(police_reference="CMP-26-001")).children == (child.id,)
    assert find(Identity("ásh", "FENNIMORE", date(2011, 5, 9))).kind == "known"
    for other in (Identity("Ash", "Fennimore"), Identity("Al", "Fennimore", date(2011, 5, 9)), Identity()):
        assert find(other).kind == "new"


def test_two_who_fit_and_a_report_that_contradicts_are_left_to_a_person():
    first, _ = reported_child("CMP/1")
    second, _ = reported_child("CMP/2")
    both = find(ASH)
    assert (both.kind, set(both.children)) == ("ambiguous", {first.id, second.id})
    twin = find(Identity("Alex", "Fennimore", date(2011, 5, 9), "CMP/1"))
    assert (twin.kind, twin.children) == ("ambiguous", (first.id,))


@pytest.mark.django_db(transaction=True)
def test_two_who_report_the_same_new_child_at_once_open_one_record():
    together = Barrier(2)
    found = []

    def report():
        together.wait(20)
        with context.system("test"):
            match = find(ASH)
            found.append(match.kind)
            if match.kind == "new":
                reported_child("CMP/26/009")
        connections.close_all()

    threads = [Thread(target=report) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == ["known", "new"]
