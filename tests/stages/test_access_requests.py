"""What surrounds every request: sign-in, the rule, the context, the audit, the headers."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from lantern.access import context, gate
from lantern.access.context import system
from lantern.access.models import ReadAudit
from lantern.plumbing.errors import Misconfigured
from lantern.record.models import Child
from tests.personas import World

Browse = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.stages.request_views"


def audits() -> list[ReadAudit]:
    with system("test"):
        return list(ReadAudit.objects.order_by("id"))


def test_a_stranger_gets_what_is_public_and_is_sent_to_sign_in_for_the_rest(world: World, client: Client) -> None:
    assert client.get("/public/").content == b"public"
    for address in ("/inside/", "/figures/", f"/children/{world.child.ref}/", "/careless/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={address}")
    assert client.get("/forgotten/").status_code == 404


def test_an_address_without_a_rule_is_shut_to_everybody(world: World, browse_as: Browse) -> None:
    for person in (world.social_worker, world.administrator):
        assert browse_as(person).get("/forgotten/").status_code == 404


def test_a_permission_opens_and_its_lack_looks_like_nothing_there(world: World, browse_as: Browse) -> None:
    assert browse_as(world.analyst).get("/figures/").content == b"figures"
    refused = browse_as(world.social_worker).get("/figures/")
    absent = browse_as(world.social_worker).get("/no-such-address/")
    assert (refused.status_code, refused.content) == (absent.status_code, absent.content)
    assert refused.status_code == 404


def test_absent_and_refused_children_are_answered_with_the_same_bytes(world: World, browse_as: Browse) -> None:
    assert browse_as(world.inspector).get(f"/children/{world.child.ref}/").content == world.child.ref.encode()
    stranger = browse_as(world.other_worker)
    answers = [stranger.get(f"/children/{ref}/") for ref in (world.child.ref, "K7Q2M9XD")] + [stranger.get("/absent/")]
    assert len({(answer.status_code, answer.content, tuple(sorted(answer.headers.items()))) for answer in answers}) == 1
    assert answers[0].status_code == 404


def test_a_refusal_is_kept_and_says_which_page_and_request(world: World, browse_as: Browse) -> None:
    browse_as(world.inspector).get(f"/children/{world.child.ref}/?page=forged&purpose=forged")
    browse_as(world.other_worker).get(f"/children/{world.child.ref}/", headers={"X-Request-Id": "forged"})
    shown, refused = audits()
    assert (shown.outcome, shown.page, shown.purpose) == ("shown", "child", "child page")
    assert (refused.outcome, refused.page, refused.child_id) == ("refused", "child", None)
    assert len({shown.request_id, refused.request_id}) == 2
    assert "forged" not in shown.request_id + refused.request_id
    assert len(shown.request_id) == 36


def test_a_page_that_fails_shows_nothing_and_keeps_nothing(world: World, browse_as: Browse) -> None:
    client = browse_as(world.inspector)
    client.raise_request_exception = False
    answer = client.get(f"/fails/{world.child.ref}/")
    assert answer.status_code == 500
    assert world.child.ref.encode() not in answer.content
    assert audits() == []


def test_no_data_leaves_when_the_look_cannot_be_written(
    world: World, browse_as: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "_NOTE", gate._NOTE.replace("access_readaudit", "no_such_table"))
    client = browse_as(world.inspector)
    client.raise_request_exception = False
    answer = client.get(f"/children/{world.child.ref}/")
    assert answer.status_code == 500
    assert world.child.ref.encode() not in answer.content


def test_a_careless_view_still_sees_only_what_its_person_may(world: World, browse_as: Browse) -> None:
    assert browse_as(world.inspector).get("/careless/").content == b"1 0"
    assert browse_as(world.other_worker).get("/careless/").content == b"0 0"


def test_no_context_outlives_its_request(world: World, browse_as: Browse) -> None:
    browse_as(world.inspector).get("/careless/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lantern.token', true)")
        assert cursor.fetchone()[0] in ("", None)
    assert not Child.objects.exists()


def test_every_answer_has_the_headers_that_keep_it_from_others(world: World, browse_as: Browse) -> None:
    client = browse_as(world.inspector)
    client.raise_request_exception = False
    answers = {
        200: client.get("/inside/"),
        302: Client().get("/inside/"),
        404: client.get("/absent/"),
        500: client.get(f"/fails/{world.child.ref}/"),
    }
    expected = {
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert {name: answer.headers.get(name) for name in expected} == expected, status
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "geolocation=()" in answer.headers["Permissions-Policy"]


def test_a_key_that_the_database_does_not_know_opens_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "proof", lambda *asked: bytes(32))
    for held in (nullcontext(), system("test")):
        with pytest.raises(Misconfigured, match="lantern migrate"), held, system("test"):
            pass
