"""Killing the database, the worker or whoever writes, at any moment, loses nothing that was acknowledged."""

import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lantern.plumbing import clock
from tests.faults.place import Place
from tests.faults.visitor import Visitor
from tests.faults.walker import STEPS

KILLS = 10
SEED = 20260302
ENOUGH_STEPS = 4 * len(STEPS)
PATIENCE_SECONDS = 90
PEOPLE = """
from lantern.commands.cli import django_setup
django_setup("people")
from lantern.access import context, grants, people
from lantern.plumbing import clock
from tests.personas import TOTP_SECRET
with context.system("people"):
    kingston = grants.add_agency("kingston", "Kingston", "authority", authority="Kingston")
    met = grants.add_agency("met", "Metropolitan Police", "police")
    email, password = "all.hats@kingston.example", people.random_password()
    person = people.add_person(email, "Ali Hats", password, totp_secret=TOTP_SECRET)
    for agency, role in ((kingston, "front_door"), (kingston, "social_worker"), (kingston, "return_interviewer"),
                         (kingston, "team_manager"), (met, "duty_inspector")):
        grants.give_role(person, agency, role, clock.now())
    print(email, password, TOTP_SECRET)
"""
DECIDED = {"decided_by_role": "duty_inspector", "rationale": "as the walk goes"}
ANSWERS = {
    "category_set": {"category": "missing", **DECIDED},
    "risk_graded": {"level": "high", **DECIDED},
    "child_located": {},
    "child_returned": {"to": "placement"},
    "safe_and_well_done": {"method": "in_person"},
    "return_interview_offered": {},
    "return_interview_held": {"interviewer_role": "return_interviewer"},
    "episode_closed": {"reason": "returned"},
}
EVENTS = """
from lantern.commands.cli import django_setup
django_setup("events")
from lantern.access import context
from lantern.record.models import LoggedEvent
with context.system("events"):
    print(*LoggedEvent.objects.values_list("type", flat=True))
"""
CHECK = """
from lantern.commands.cli import django_setup
django_setup("check")
from lantern.access import context
from lantern.record.models import Idempotency, LoggedEvent
from lantern.record.verify import verify
with context.system("check"):
    for kept in Idempotency.objects.order_by("key"):
        ids = [event[0] for event in kept.result]
        print(kept.key, LoggedEvent.objects.filter(id__in=ids).count() == len(ids))
    print("events", LoggedEvent.objects.count(), sum(len(kept.result) for kept in Idempotency.objects.all()))
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "var")
    yield place
    sys.stdout.write(place.logs())  # shown by pytest when the test failed
    place.close()


def test_nothing_acknowledged_is_lost(place: Place) -> None:
    dice = random.Random(SEED)
    place.start("walker")
    place.start("worker")
    deadline = clock.monotonic() + PATIENCE_SECONDS
    kills = 0
    while kills < KILLS or len(place.acknowledged) < ENOUGH_STEPS:
        assert place.all_well(), place.logs()
        assert clock.monotonic() < deadline, f"only {len(place.acknowledged)} steps and {kills} kills"
        clock.sleep(dice.uniform(0.1, 0.8))
        if place.acknowledged and kills < KILLS:
            place.kill_and_start(dice.choice(["database", "walker", "worker"]))
            kills += 1
    place.kill("walker")
    place.kill("worker")
    _everything_is_there(place)


def test_a_walk_through_the_pages_goes_on_through_kills(place: Place) -> None:
    email, password, secret = place.run("-c", PEOPLE).split()
    place.start("web")
    place.start("worker")
    visitor = Visitor(f"http://127.0.0.1:{place.door.getsockname()[1]}/")
    sign_in = visitor.send(visitor.get("/sign-in/").form("/sign-in/"), login=email, password=password)
    page = visitor.send(sign_in.form("/sign-in/code/"), code=_code(secret))
    assert urlsplit(page.url).path == "/", page.problem
    dice, child = (
        random.Random(SEED),
        {"given_name": "Ash", "family_name": "Walker", "legal_basis": "s20", "missing_from": "placement"},
    )
    child |= {"date_of_birth-day": "9", "date_of_birth-month": "5", "date_of_birth-year": "2012"}
    form = visitor.get("/report/new/").form("/report/new/")
    with _kill_meanwhile(place, dice):
        page = visitor.send(form, **child)
    episode = urlsplit(page.url).path
    assert episode.startswith("/episodes/"), page.problem
    for event, answers in ANSWERS.items():
        address = f"{episode}record/{event}/"
        form = visitor.get(address).form(address)
        with _kill_meanwhile(place, dice):
            page = visitor.send(form, **answers)
        assert urlsplit(page.url).path == episode, page.problem
    recorded = place.run("-c", EVENTS).split()
    assert Counter(recorded) == Counter(["profile_recorded", "absence_noticed", "report_received", *ANSWERS])
    place.lantern("verify")


@contextmanager
def _kill_meanwhile(place: Place, dice: random.Random) -> Iterator[None]:
    """Kill something at a moment of the block, or just after it."""
    victim = dice.choice(["web", "database", "worker"])
    timer = threading.Timer(dice.uniform(0, 0.15), place.kill_and_start, [victim])
    timer.start()
    try:
        yield
    finally:
        timer.join()


def _code(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))


def _everything_is_there(place: Place) -> None:
    *kept, totals = place.run("-c", CHECK).splitlines()
    found = dict(line.split() for line in kept)
    assert [step for step in place.acknowledged if found.get(f"walk-{step}") != "True"] == []
    # and nothing twice: as many events as the first answers named
    assert totals.split()[1] == totals.split()[2]
    place.lantern("worker", "--once")
    place.lantern("verify")
