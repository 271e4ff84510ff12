"""The synthetic county: children away now with duties upcoming and overdue, past absences, people who can sign in."""

from lantern.access import context
from lantern.access.models import Person
from lantern.actions import build_county, rebuild, tend
from lantern.duties.models import Duty
from lantern.duties.queries import missing_now, my_duties
from lantern.evaluations.models import EpisodeNow, Evaluation
from lantern.record.models import Child, LoggedEvent
from tests.flow.world import AT


def test_a_county_has_children_away_now_and_duties_of_every_kind(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    people = build_county.build(size=12, at=AT)
    tend.tend(AT)
    with context.system("test"):
        assert Child.objects.count() == 12
        assert not Evaluation.objects.filter(failed=True).exists()
        assert set(EpisodeNow.objects.values_list("state", flat=True)) >= {"missing", "away", "located", "closed"}
        assert set(Duty.objects.values_list("stage", flat=True)) >= {"open", "met", "met_late"}
        open_ = Duty.objects.filter(stage="open", due_at__isnull=False)
        assert open_.filter(due_at__gt=AT).exists()
        assert open_.filter(due_at__lt=AT).exists()
        events = LoggedEvent.objects.count()
        assert not LoggedEvent.objects.filter(recorded_at__gt=AT).exists()
        inspector = Person.objects.get(email="duty-inspector@police.example")
        social_worker = Person.objects.get(email="social-worker@kingston.example")
    for person in (inspector, social_worker):
        assert person.check_password(next(each["password"] for each in people if each["email"] == person.email))
        with context.acting(person):
            assert missing_now(person, AT)
            assert my_duties(person, AT)
    again = build_county.build(size=12, at=AT)
    assert [each["email"] for each in again] == [each["email"] for each in people]
    with context.system("test"):
        assert LoggedEvent.objects.count() == events


def test_what_was_looked_at_step_by_step_is_byte_for_byte_what_the_record_gives_at_once(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    build_county.build(size=5, at=AT)
    assert rebuild.compare(at=AT).differing == []
