"""What the tests of the record share: who acts, when, and a child with a small log."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from lantern.record.actor import Actor
from lantern.record.append import NewEvent, append, open_child, open_episode

AT = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
INSPECTOR = Actor(None, "duty_inspector", "met", source_kind="page", source_ref="test")
SOCIAL_WORKER = Actor(uuid4(), "social_worker", "kingston", source_kind="page", source_ref="test")
PROFILE = {
    "given_name": "Ash",
    "family_name": "Fennimore",
    "date_of_birth": "2011-05-09",
    "responsible_authority": "Kingston",
    "looked_after": {"legal_basis": "s20", "since": "2024-01-05"},
}


def profile(at=AT, **changes):
    """A `profile_recorded` event with the usual facts."""
    return NewEvent("profile_recorded", at, PROFILE | changes)


def reported_child(reference="CMP/26/001", **changes):
    """(child, episode) with five events: profile, report, police record, grading, location."""
    child = open_child(by=SOCIAL_WORKER, at=AT)
    episode = open_episode(child, by=SOCIAL_WORKER, at=AT)
    append(child, [profile(**changes)], by=SOCIAL_WORKER, at=AT)
    told = [
        NewEvent("report_received", AT, {"received_by": "police", "circumstances": "left after supper"}, episode),
        NewEvent("police_recorded", AT, {"system": "COMPACT", "reference": reference}, episode),
        NewEvent("risk_graded", AT, {"level": "medium", "rationale": "first time away"}, episode),
    ]
    append(child, told, by=INSPECTOR, at=AT + timedelta(minutes=5))
    found = NewEvent("child_located", AT + timedelta(hours=3), {"place": "a friend's home"}, episode)
    append(child, [found], by=INSPECTOR, at=AT + timedelta(hours=3))
    return child, episode
