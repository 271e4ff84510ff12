"""Reading the record: corrections, what was known when, the card, and rebuilding it byte for byte."""

from datetime import date, timedelta

import pytest
from django.db import connection

from lantern.access import context
from lantern.record import load, project
from lantern.record.append import NewEvent, append
from lantern.record.models import ChildCard, LoggedEvent
from tests.stages.record_world import AT, INSPECTOR, SOCIAL_WORKER, profile, reported_child


@pytest.fixture(autouse=True)
def _system(db):
    with context.system("test"):
        yield


def correct(child, event, better, at):
    fields = {"corrects": str(event.id)} | ({"corrected_event": better} if better else {})
    return append(child, [NewEvent("corrected", at, fields, event.episode)], by=SOCIAL_WORKER, at=at).events[0]


def item(child, event, **known):
    return next(item for item in load.timeline(child, **known) if item.id == event.id)


def test_a_correction_changes_how_an_event_reads_and_leaves_the_first_version_readable():
    child, _ = reported_child()
    grading = LoggedEvent.objects.get(type="risk_graded")
    better = {"event": "risk_graded", "level": "high", "rationale": "the wrong child was looked up"}
    correction = correct(child, grading, better, AT + timedelta(hours=4))
    shown = item(child, grading)
    assert (shown.fields["level"], shown.fields["rationale"]) == ("medium", "first time away")
    assert (shown.reads_now["level"], shown.reads_now["rationale"]) == ("high", "the wrong child was looked up")
    assert shown.corrected_by == correction.id
    stored = LoggedEvent.objects.get(id=correction.id).payload["corrected_event"]
    assert stored == {"event": "risk_graded", "level": "high"}


def test_before_the_correction_was_recorded_the_event_reads_as_it_did():
    child, _ = reported_child()
    grading = LoggedEvent.objects.get(type="risk_graded")
    correct(child, grading, {"event": "risk_graded", "level": "high"}, AT + timedelta(hours=4))
    before = item(child, grading, known_at=AT + timedelta(hours=3, minutes=59))
    assert (before.corrected_by, before.reads_now["level"]) == (None, "medium")
    assert item(child, grading, known_at=AT + timedelta(hours=4)).reads_now["level"] == "high"


def test_an_event_recorded_in_error_no_longer_reads_and_a_correction_can_be_corrected():
    child, _ = reported_child()
    grading = LoggedEvent.objects.get(type="risk_graded")
    first = correct(child, grading, None, AT + timedelta(hours=4))
    assert item(child, grading).reads_now is None
    again = LoggedEvent.objects.get(id=first.id)
    correct(child, again, {"event": "risk_graded", "level": "low"}, AT + timedelta(hours=5))
    assert item(child, grading).reads_now["level"] == "low"


def test_a_correction_that_is_withdrawn_brings_back_what_it_had_replaced():
    child, _ = reported_child()
    grading = LoggedEvent.objects.get(type="risk_graded")
    first = correct(child, grading, {"event": "risk_graded", "level": "high"}, AT + timedelta(hours=4))
    second = correct(child, grading, None, AT + timedelta(hours=5))
    assert item(child, grading).reads_now is None
    correct(child, LoggedEvent.objects.get(id=second.id), None, AT + timedelta(hours=6))
    assert item(child, grading).reads_now["level"] == "high"
    correct(child, LoggedEvent.objects.get(id=first.id), None, AT + timedelta(hours=7))
    assert item(child, grading).reads_now["level"] == "medium"


def test_the_record_can_be_read_as_it_was_known_at_any_instant():
    child, episode = reported_child()
    seen = [len(load.log_of([child.id], known_at=AT + timedelta(minutes=minutes))) for minutes in (-1, 0, 5, 179, 180)]
    assert seen == [0, 1, 4, 4, 5]
    assert [item.type for item in load.timeline(child, episode)][-1] == "child_located"
    assert "profile_recorded" not in {item.type for item in load.timeline(child, episode)}


def test_the_card_says_what_was_true_last_whenever_it_was_recorded():
    child, _ = reported_child()
    append(child, [profile(AT + timedelta(hours=2), given_name="Ashley", looked_after={"legal_basis": "none"})],
           by=SOCIAL_WORKER, at=AT + timedelta(hours=2))  # fmt: skip
    append(child, [NewEvent("profile_recorded", AT - timedelta(days=9), {"given_name": "A.", "school": "St Bede"})],
           by=SOCIAL_WORKER, at=AT + timedelta(hours=3))  # fmt: skip
    card = ChildCard.objects.get(child=child)
    assert (card.given_name, card.family_name, card.date_of_birth) == ("Ashley", "Fennimore", date(2011, 5, 9))
    assert (card.looked_after, card.legal_basis, card.police_references) == (False, "none", ["CMP26001"])


def test_what_nobody_said_is_unknown_on_the_card_and_not_no():
    child, _ = reported_child(looked_after=None)
    card = ChildCard.objects.get(child=child)
    assert (card.looked_after, card.legal_basis) == (None, "")


def test_rebuilding_the_cards_gives_the_same_bytes():
    for number in range(3):
        child, _ = reported_child(f"CMP/{number}", given_name=f"Ash{number}")
        telling = LoggedEvent.objects.get(child=child, type="profile_recorded")
        better = {"event": "profile_recorded", "family_name": "Ó Fearghail", "address": "1 Any Street"}
        correct(child, telling, better, AT + timedelta(hours=4))

    def rows():
        with connection.cursor() as cursor:
            cursor.execute("SELECT c::text FROM record_childcard c ORDER BY child_id")
            return cursor.fetchall()

    before = rows()
    ChildCard.objects.update(given_name="spoilt")
    assert rows() != before
    assert project.rebuild() == 3
    assert rows() == before
    assert "Ó Fearghail" in before[0][0]


def test_every_line_that_the_record_gives_is_one_that_the_engine_takes():
    from lantern.engine.log import Log

    child, _ = reported_child()
    grading = LoggedEvent.objects.get(type="risk_graded")
    correct(child, grading, {"event": "risk_graded", "level": "high"}, AT + timedelta(hours=4))
    append(child, [NewEvent("family_updated", AT, {"channel": "telephone"}, grading.episode)], by=INSPECTOR, at=AT)
    assert len(Log.of(load.log_of([child.id])).children[str(child.id)]) == 7
