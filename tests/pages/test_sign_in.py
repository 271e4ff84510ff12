"""The pages of sign-in, restyled."""

import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time

from tests.pages.browse import Browse
from tests.personas import PASSWORD, TOTP_SECRET


@pytest.fixture
def with_factor(world):
    from allauth.mfa.totp.internal.auth import TOTP

    from lantern.access.context import system

    with system("test"):
        TOTP.activate(world.inspector, TOTP_SECRET)
    return world.inspector


def code_now() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return f"{hotp_value(TOTP_SECRET, counter):06}"


def test_a_person_signs_in_with_password_and_code_and_locks_again(with_factor, client):
    browse = Browse(client)
    page = browse.get("/sign-in/")
    assert page.heading == "Sign in"
    form = page.form("/sign-in/")
    wrong = browse.post("/sign-in/", form | {"login": with_factor.email, "password": "not the password"})
    assert wrong.errors()
    page = browse.post("/sign-in/", form | {"login": with_factor.email, "password": PASSWORD})
    assert page.heading == "Enter your code"
    bad = browse.post("/sign-in/code/", page_form(page, "/sign-in/code/") | {"code": "000000"})
    assert bad.errors()
    home = browse.post("/sign-in/code/", page_form(page, "/sign-in/code/") | {"code": code_now()})
    assert home.heading == "Missing now"
    assert not home.find_all("div", class_="govuk-notification-banner")
    assert str(with_factor.pk) not in home.html
    assert browse.post("/sign-out/", home.form("/sign-out/")).heading == "Sign in"
    assert browse.get("/").heading == "Sign in"


def test_an_empty_answer_is_refused_in_words(world, client):
    browse = Browse(client)
    form = browse.get("/sign-in/").form("/sign-in/")
    assert browse.post("/sign-in/", form).errors() == ["Enter your work e-mail address", "Enter your password"]


def test_without_a_second_factor_one_is_set_up_first(world, client):
    browse = Browse(client)
    form = browse.get("/sign-in/").form("/sign-in/")
    page = browse.post("/sign-in/", form | {"login": world.inspector.email, "password": PASSWORD})
    assert page.heading == "Set up your authenticator app"
    assert page.find_all("img")[-1].get("alt")


@pytest.mark.parametrize(
    "address",
    [
        "/account/second-factor/",
        "/account/second-factor/keys/",
        "/account/second-factor/codes/new/",
        "/account/password/",
        "/sign-out/",
    ],
)
def test_the_pages_of_ones_own_account_are_in_order(with_factor, browse, address):
    assert browse(with_factor).get(address).heading


def page_form(page, action):
    from tests.pages.browse import sent

    return dict(sent(next(each for each in page.find_all("form") if each.get("action") == action)))
