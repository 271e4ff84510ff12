"""Every address as every persona: what is allowed and what is refused, in one test for each address."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.test import Client
from django.urls import reverse

from lantern.access.context import system
from tests.gates.access_table import OPENS, PERSONAS, REFUSED, SEES, TABLE, Row
from tests.gates.case import Case, make_case
from tests.personas import TOTP_SECRET, World

ANYBODY = {"account_login", "mfa_authenticate", "account_logout", "account_inactive"}


@pytest.fixture
def case(world: World, settings: Any) -> Case:
    """The case that the pages are about; every persona has an authenticator app and recovery codes."""
    with system("test scene"):
        for persona in PERSONAS:
            TOTP.activate(getattr(world, persona), TOTP_SECRET)
            RecoveryCodes.activate(getattr(world, persona))
    return make_case(world, settings)


def without_token(answer: Any) -> bytes:
    """The page without the random value that guards its forms."""
    return re.sub(rb'(name="csrfmiddlewaretoken" value=)"\w+"', rb"\1", answer.content)


def got(client: Client, row: Row, case: Case) -> str:
    """What the address answered; a page that opens never shows the child without being expected to."""
    address = reverse(row.name, args=row.arguments(case))
    answer = client.post(address) if row.post else client.get(address)
    assert answer.status_code < 500 or answer.status_code == 404, (row.name, answer.status_code)
    if answer.status_code == 404:
        assert not any(token in answer.content for token in case.tokens())
        return REFUSED
    return SEES if any(token in answer.content for token in case.tokens()) else OPENS


def test_each_address_gives_each_persona_what_the_table_says(case: Case, browse_as: Callable[[Any], Client]) -> None:
    clients = {persona: browse_as(getattr(case.world, persona)) for persona in PERSONAS}
    wrong = {}
    for row in TABLE:
        for persona, client in clients.items():
            with transaction.atomic():
                answer = got(client, row, case)
                transaction.set_rollback(True)
            if answer != row.expected[persona]:
                wrong[row.name, row.is_for, persona] = answer
    assert wrong == {}


def test_a_stranger_gets_the_sign_in_pages_and_nothing_else(case: Case) -> None:
    for row in TABLE:
        answer = Client().get(reverse(row.name, args=row.arguments(case)))
        if row.name in ANYBODY:
            assert answer.status_code in (200, 302), row.name
        else:
            assert answer.status_code == 302, row.name
            assert answer.headers["Location"].startswith(reverse("account_login")), row.name
        assert not any(token in answer.content for token in case.tokens()), row.name


def test_every_refusal_is_the_same_page(case: Case, browse_as: Callable[[Any], Client]) -> None:
    client = browse_as(case.world.other_worker)
    absent = without_token(client.get("/no/such/page/"))
    refused = [row for row in TABLE if row.expected["other_worker"] == REFUSED and not row.post]
    assert len(refused) >= 10
    for row in refused:
        assert without_token(client.get(reverse(row.name, args=row.arguments(case)))) == absent, row.name
