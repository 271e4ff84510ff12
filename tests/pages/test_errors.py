"""Pages of errors."""

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from lantern.pages.errors.view import failed


def test_a_page_that_is_not_there_looks_the_same_to_everybody(scene, browse):
    shown = browse(scene.world.inspector).get("/nowhere/", 404)
    assert shown.heading == "Page not found"


def test_a_form_without_its_token_is_refused_in_words(scene):
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "a"})
    assert answer.status_code == 403
    assert b"You cannot do that" in answer.content


def test_a_failure_says_what_to_do_and_asks_nothing_of_the_database(scene, browse, monkeypatch):
    def breaks(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr("lantern.pages.missing_now.view.who_is_missing", breaks)
    client = browse(scene.world.inspector)
    client.client.raise_request_exception = False
    shown = client.get("/", 500)
    assert shown.heading == "Sorry, something went wrong"
    assert "call 999" in shown.text


@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (ValueError, 500)])
def test_a_database_that_is_away_is_told_from_a_fault_of_ours(error, status):
    try:
        raise error("secret words")
    except error:
        answer = failed(RequestFactory().get("/"))
    assert answer.status_code == status
    assert b"secret words" not in answer.content
