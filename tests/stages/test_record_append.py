"""The append path: order, chain, conflicts, repeats, secrecy of personal fields, refusals."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from lantern.access import context
from lantern.engine import log as engine_log
from lantern.record import load
from lantern.record.actor import Actor
from lantern.record.append import NewEvent, append, open_child, open_episode
from lantern.record.errors import BadEvent, Conflict, KeyReused
from lantern.record.models import LoggedEvent, PersonalPayload

AT = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
INSPECTOR = Actor(None, "duty_inspector", "met", source_kind="page", source_ref="test")
SOCIAL_WORKER = Actor(uuid4(), "social_worker", "kingston", source_kind="page", source_ref="test")


@pytest.fixture
def child(db):
    with context.system("test"):
        yield open_child(by=SOCIAL_WORKER, at=AT)


def seen(place="a bus stop"):
    return NewEvent("profile_recorded", AT, {"family_name": "Fennimore", "given_name": "Ash", "school": place})


def test_events_get_consecutive_numbers_and_each_hash_holds_the_one_before(child):
    first = append(child, [seen(), seen("another")], by=SOCIAL_WORKER, at=AT)
    second = append(child, [seen("a third")], by=SOCIAL_WORKER, at=AT)
    rows = list(LoggedEvent.objects.order_by("seq"))
    assert [row.seq for row in rows] == [1, 2, 3] == [event.seq for event in first.events + second.events]
    assert [row.prev_hash for row in rows] == ["", rows[0].hash, rows[1].hash]
    assert len({row.hash for row in rows}) == 3


def test_the_log_comes_back_as_the_engine_wants_it(child):
    episode = open_episode(child, by=SOCIAL_WORKER, at=AT)
    fields = {"level": "high", "rationale": "out of character", "factors": ["age"]}
    append(child, [NewEvent("risk_graded", AT, fields, episode)], by=INSPECTOR, at=AT + timedelta(minutes=1))
    (line,) = load.log_of([child.id])
    assert line | fields == line
    assert (line["event"], line["by_role"], line["agency"]) == ("risk_graded", "duty_inspector", "met")
    assert (line["occurred_at"], line["recorded_at"]) == (AT, AT + timedelta(minutes=1))
    assert (line["child"], line["episode"]) == (str(child.id), str(episode.id))
    assert len(engine_log.Log.of([line]).children[str(child.id)]) == 1


def test_personal_fields_are_nowhere_in_the_database_but_encrypted_and_on_the_card(child):
    append(child, [seen("Xyzzy Academy")], by=SOCIAL_WORKER, at=AT)
    assert LoggedEvent.objects.get().payload == {}
    payload = PersonalPayload.objects.get()
    assert b"Xyzzy" not in bytes(payload.ciphertext)
    assert load.log_of([child.id])[0]["school"] == "Xyzzy Academy"


def test_somebody_who_looked_before_another_wrote_is_told_who_wrote_what(child):
    append(child, [seen()], by=SOCIAL_WORKER, at=AT, expected_seq=0)
    episode = open_episode(child, by=SOCIAL_WORKER, at=AT)
    append(child, [NewEvent("risk_graded", AT, {"level": "low"}, episode)], by=INSPECTOR, at=AT)
    with pytest.raises(Conflict) as refused:
        append(child, [seen()], by=SOCIAL_WORKER, at=AT, expected_seq=1)
    (change,) = refused.value.since
    assert (change.seq, change.type, change.by_role, change.agency) == (2, "risk_graded", "duty_inspector", "met")
    assert append(child, [seen()], by=SOCIAL_WORKER, at=AT, expected_seq=2).events[0].seq == 3


def test_the_same_key_gives_the_same_answer_and_appends_nothing(child):
    first = append(child, [seen()], by=SOCIAL_WORKER, at=AT, idempotency_key="form 1")
    again = append(child, [seen()], by=SOCIAL_WORKER, at=AT + timedelta(days=1), idempotency_key="form 1")
    assert (first.repeated, again.repeated) == (False, True)
    assert first.events == again.events
    assert LoggedEvent.objects.count() == 1
    with pytest.raises(KeyReused):
        append(child, [seen("elsewhere")], by=SOCIAL_WORKER, at=AT, idempotency_key="form 1")


def test_two_children_may_use_the_same_key(child):
    other = open_child(by=SOCIAL_WORKER, at=AT)
    append(child, [seen()], by=SOCIAL_WORKER, at=AT, idempotency_key="form 1")
    assert not append(other, [seen()], by=SOCIAL_WORKER, at=AT, idempotency_key="form 1").repeated


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (NewEvent("child_vanished", AT), "unknown_event"),
        (NewEvent("profile_recorded", AT, {"shoe_size": 4}), "unknown_field"),
        (NewEvent("profile_recorded", AT, {"care_leaver": "perhaps"}), "bad_value"),
        (NewEvent("profile_recorded", AT, {"date_of_birth": "2011-02-30"}), "bad_date"),
        (NewEvent("profile_recorded", AT + timedelta(hours=1)), "in_the_future"),
        (NewEvent("profile_recorded", datetime(1, 1, 1, tzinfo=UTC)), "too_long_ago"),
        (NewEvent("profile_recorded", AT.replace(tzinfo=None)), "no_offset"),
        (NewEvent("profile_recorded", AT, {"responsible_authority": "Nor\x00folk"}), "unstorable"),
        (NewEvent("profile_recorded", AT, {"school": "\ud800"}), "unstorable"),
        (NewEvent("profile_recorded", AT, {"risk_factors": [1e300]}), "unstorable"),
        (NewEvent("profile_recorded", AT, {"school": "x" * 2_000_000}), "too_large"),
        (NewEvent("risk_graded", AT, {"level": "high"}), "missing_episode"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_the_vocabulary_or_the_database_would_not_keep_is_refused_before_anything_is_written(child, event, code):
    with pytest.raises(BadEvent) as refused:
        append(child, [seen(), event], by=SOCIAL_WORKER, at=AT)
    assert code in {problem.code for problem in refused.value.problems}
    assert {problem.index for problem in refused.value.problems} == {1}
    assert LoggedEvent.objects.count() == 0


def test_without_a_context_nothing_is_seen_and_nothing_is_taken(child):
    append(child, [seen()], by=SOCIAL_WORKER, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lantern.token', '', true)")
    assert load.log_of([child.id]) == []
    with pytest.raises(Exception, match="no such child"), transaction.atomic():
        append(child, [seen()], by=SOCIAL_WORKER, at=AT)


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_lose_nothing_and_repeat_nothing():
    with context.system("test"):
        child = open_child(by=SOCIAL_WORKER, at=AT)
    together = Barrier(8)
    failures = []

    def write(number):
        try:
            together.wait(20)
            for turn in range(5):
                with context.system("test"):
                    append(
                        child, [seen(f"{number}.{turn}")], by=SOCIAL_WORKER, at=AT, idempotency_key=f"{number}.{turn}"
                    )
        except Exception as problem:  # noqa: BLE001  whatever a thread raises must reach the test
            failures.append(problem)
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    with context.system("test"):
        lines = load.log_of([child.id])
        rows = list(LoggedEvent.objects.order_by("seq").values_list("seq", "prev_hash", "hash"))
    assert {line["school"] for line in lines} == {f"{number}.{turn}" for number in range(8) for turn in range(5)}
    assert [row[0] for row in rows] == list(range(1, 41))
    assert [row[1] for row in rows] == [""] + [row[2] for row in rows[:-1]]
