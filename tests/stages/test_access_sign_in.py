"""Signing in: two factors, limits that hold across processes, sessions that end."""

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from lantern.access import people
from lantern.access.context import signing_in, system
from lantern.access.models import Person
from lantern.plumbing import clock
from tests.personas import NOON, PASSWORD, TOTP_SECRET, World, signed_in_client

EMAIL = "sam@kingston.example"
SIGN_IN, CODE, SIGN_OUT = reverse("account_login"), reverse("mfa_authenticate"), reverse("account_logout")
ADD_APP, REMOVE_APP = reverse("mfa_activate_totp"), reverse("mfa_deactivate_totp")
HOME = reverse("account_change_password")  # a page that asks for nothing but having signed in


@pytest.fixture(autouse=True)
def _start_of_a_code(time_machine: Any) -> None:
    """A code changes every thirty seconds: begin at such a change, so that none happens within a test."""
    time_machine.move_to(NOON)


@pytest.fixture
def sam(db: None) -> Person:
    with system("test"):
        return people.add_person(EMAIL, "Sam Okafor", PASSWORD, totp_secret=TOTP_SECRET)


def code() -> str:
    return totp.format_hotp_value(totp.hotp_value(TOTP_SECRET, int(clock.now().timestamp()) // 30))


def give_password(client: Client, email: str = EMAIL, password: str = PASSWORD) -> Any:
    return client.post(SIGN_IN, {"login": email, "password": password})


def test_a_password_alone_opens_nothing_and_the_code_opens_the_door(sam: Person, client: Client) -> None:
    assert client.get(HOME).headers["Location"].startswith(SIGN_IN)
    before = give_password(client)
    assert before.headers["Location"].startswith(CODE)
    assert client.get(HOME).headers["Location"].startswith(SIGN_IN)
    first_number = client.session.session_key
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert client.get(HOME).status_code == 302
    assert client.post(CODE, {"code": code()}).headers["Location"] == "/"
    assert client.get(HOME).status_code == 200
    assert client.session.session_key != first_number


def test_a_code_is_good_once_for_as_long_as_it_is_valid(sam: Person, time_machine: Any) -> None:
    shown = code()
    for seconds, accepted in ((0, True), (1, False), (29, False), (59, False)):
        time_machine.move_to(NOON + timedelta(seconds=seconds))
        client = Client()
        give_password(client)
        answer = client.post(CODE, {"code": shown})
        assert (answer.status_code == 302) is accepted, seconds


def test_somebody_without_a_second_factor_can_only_add_one(db: None, client: Client) -> None:
    with system("test"):
        people.add_person(EMAIL, "Sam Okafor", PASSWORD)
    give_password(client)
    add = ADD_APP
    assert client.get(HOME).headers["Location"] == add
    page = client.get(add)
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    counter = int(clock.now().timestamp()) // 30
    assert client.post(add, {"code": "000000"}).status_code == 200
    assert client.get(HOME).headers["Location"] == add
    number = client.session.session_key
    answer = client.post(add, {"code": totp.format_hotp_value(totp.hotp_value(secret, counter))})
    assert answer.status_code == 302
    assert client.session.session_key != number
    assert client.get(HOME).status_code == 200


def test_the_last_second_factor_cannot_be_removed(sam: Person) -> None:
    client = signed_in_client(sam)
    client.post(REMOVE_APP)
    assert Authenticator.objects.filter(user=sam, type="totp").exists()


def test_secrets_of_second_factors_are_encrypted_in_the_database(sam: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        (kept,) = cursor.fetchone()
    assert TOTP_SECRET not in kept


def test_nobody_can_sign_up(db: None, client: Client) -> None:
    for address in ("/sign-up/", "/accounts/signup/", "/signup/", "/account/signup/"):
        assert client.get(address).status_code == 404


def test_unknown_closed_and_wrong_are_answered_alike(sam: Person) -> None:
    with system("test"):
        closed = people.add_person("closed@kingston.example", "C", PASSWORD, totp_secret=TOTP_SECRET)
        Person.objects.filter(id=closed.id).update(is_active=False)
    answers = set()
    for email, password in (
        (EMAIL, "wrong password"),
        ("nobody@kingston.example", PASSWORD),
        ("closed@kingston.example", PASSWORD),
    ):
        page = give_password(Client(), email, password)
        text = page.content.decode().replace(email, "")
        answers.add((page.status_code, re.sub(r'value="[\w-]*"', "", text)))
    assert len(answers) == 1


def test_guessing_is_stopped_and_counted_where_every_process_sees_it(sam: Person) -> None:
    evaluated = sum("too many" not in _text(give_password(Client(), password=f"guess {n}")) for n in range(14))
    assert evaluated == 10
    assert "too many" in _text(give_password(Client()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_counts WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] > 0
    # another account is not held up from another address
    with system("test"):
        people.add_person("other@kingston.example", "Other", PASSWORD, totp_secret=TOTP_SECRET)
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert give_password(other, "other@kingston.example").status_code == 302


def _text(response: Any) -> str:
    return response.content.decode().lower()


def test_a_session_ends_when_idle_and_after_a_long_shift(world: World, time_machine: Any) -> None:
    start = clock.now()
    for steps, alive in (((29, 29, 29), True), ((31,), False), ((25,) * 28, True), ((25,) * 29, False)):
        time_machine.move_to(start, tick=False)
        client = signed_in_client(world.social_worker)
        assert client.get(HOME).status_code == 200
        moment = start
        for minutes in steps:
            moment += timedelta(minutes=minutes)
            time_machine.move_to(moment, tick=False)
            last = client.get(HOME).status_code
        assert (last == 200) is alive, steps


def test_a_closed_account_is_shut_at_the_next_request(world: World) -> None:
    client = signed_in_client(world.social_worker)
    assert client.get(HOME).status_code == 200
    with system("test"):
        Person.objects.filter(id=world.social_worker.id).update(is_active=False)
    assert client.get(HOME).status_code == 302


def test_signing_out_ends_the_session_and_clears_the_browser(world: World) -> None:
    client = signed_in_client(world.social_worker)
    key = client.session.session_key
    assert client.get(SIGN_OUT).status_code == 200
    assert client.get(HOME).status_code == 200
    answer = client.post(SIGN_OUT)
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get(HOME).status_code == 302


def test_only_ones_own_account_can_be_changed(world: World) -> None:
    from lantern.access.context import acting

    with acting(world.social_worker):
        assert Person.objects.filter(id=world.inspector.id).update(password="x") == 0
        assert Person.objects.filter(id=world.social_worker.id).update(name="Sam O") == 1
    assert Person.objects.filter(id=world.inspector.id).update(password="x") == 0
    with signing_in():
        assert Person.objects.filter(id=world.inspector.id).update(last_login=clock.now()) == 1


@override_settings(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_NAME="__Host-lantern_session")
def test_the_session_cookie_is_shut_to_scripts_other_sites_and_plain_http(sam: Person, client: Client) -> None:
    give_password(client)
    cookie = client.cookies["__Host-lantern_session"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "Lax", "/")
    assert cookie["domain"] == ""


def test_who_reads_or_copies_the_table_of_sessions_gets_into_none(world: World) -> None:
    client = signed_in_client(world.social_worker)
    assert client.get(HOME).status_code == 200
    kept = Session.objects.get()
    assert client.session.session_key not in (kept.session_key, kept.session_data)
    thief = Client()
    Session.objects.create(
        session_key=hashlib.sha256(b"a number of my own").hexdigest()[:40],
        session_data=kept.session_data,
        expire_date=kept.expire_date,
    )
    for number in (kept.session_key, "a number of my own"):
        thief.cookies[settings.SESSION_COOKIE_NAME] = number
        assert thief.get(HOME).status_code == 302
    assert client.get(HOME).status_code == 200
