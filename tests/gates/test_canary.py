"""A surname that nobody bears goes through the whole house, and must not stand where names do not belong."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lantern.access import gate
from lantern.access.context import acting, system
from lantern.access.models import ReadAudit
from lantern.actions.record_event import record_event
from lantern.actions.tend import tend
from lantern.alerts.deliver import deliver
from lantern.alerts.models import Message
from lantern.plumbing import logs
from lantern.plumbing.postgres import home_for
from lantern.record.actor import Actor
from lantern.record.models import ChildCard
from tests.gates import canary
from tests.gates.access_table import TABLE
from tests.gates.canary import SURNAME
from tests.gates.case import Case, make_case
from tests.personas import NOON, World


class ServerLog:
    """What the database server writes from now on."""

    def __init__(self, path: Path) -> None:
        self.path, self.begin = path, path.stat().st_size

    def since(self) -> bytes:
        return self.path.read_bytes()[self.begin :]


@pytest.fixture
def server_log(db: None) -> ServerLog:
    """The log of the server that this test works on."""
    return ServerLog(home_for(settings.VAR).log)


@pytest.fixture
def driven(world: World, settings: Any) -> tuple[Case, list[str]]:
    """Reports came in, the inspector looked and graded, alerts went out. The case, and the lines of the log."""
    with canary.log_lines() as stream:
        case = make_case(world, settings)
        with acting(world.inspector):
            gate.child_for(world.inspector, case.child.ref, "child page", NOON)
        fields = {"level": "high", "decided_by_role": "duty_inspector", "rationale": f"{SURNAME} is at risk."}
        inspector = Actor(world.inspector.id, "duty_inspector", "met")
        record_event(case.child, case.episode, "risk_graded", NOON, fields, by=inspector, at=NOON)
        for later in (timedelta(hours=1), timedelta(hours=5), timedelta(hours=30)):
            tend(NOON + later)
            deliver(NOON + later)
    return case, stream.getvalue().splitlines()


def test_the_surname_stands_only_where_names_belong(server_log: ServerLog, driven: tuple[Case, list[str]]) -> None:
    case, lines = driven
    with system("test"):
        # the sweep is not blind: it finds the surname where it must be
        assert ChildCard.objects.get(child=case.child).family_name == SURNAME
        assert "record_childcard" in canary.tables_that_hold_it()
        assert canary.tables_that_hold_it() <= canary.MAY_HOLD_IT.keys()
        assert canary.fields_that_must_not_hold_it() == set()
        assert Message.objects.exists()
    assert mail.outbox
    assert canary.mails_that_hold_it() == []
    assert len(lines) >= 4
    assert canary.lines_that_hold_it(lines) == []
    assert not canary.holds(server_log.since())


def test_no_address_title_or_header_carries_the_surname(
    driven: tuple[Case, list[str]], browse_as: Callable[[Any], Client]
) -> None:
    case, _ = driven
    client = browse_as(case.world.front_door)
    shown = 0
    with canary.log_lines() as stream:
        for row in TABLE:
            if row.post:
                continue
            answer = client.get(reverse(row.name, args=row.arguments(case)))
            shown += canary.holds(answer.content)
            assert canary.leaks_of_a_page(answer) == [], row.name
    assert shown >= 5
    assert canary.lines_that_hold_it(stream.getvalue().splitlines()) == []


def test_a_page_that_leaks_is_found() -> None:
    for leak in (
        f"<title>{SURNAME}</title>",
        f"<a href='/children/?name={SURNAME.lower()}'>x</a>",
        f"<form action='/find/{SURNAME}/'></form>",
    ):
        assert len(canary.leaks_of_a_page(HttpResponse(f"<html><body>{leak}</body></html>"))) == 1
    assert len(canary.leaks_of_a_page(HttpResponse("", headers={"Location": f"/find/?q={SURNAME}"}))) == 1
    assert canary.leaks_of_a_page(HttpResponse(f"<title>Child</title><p>{SURNAME}</p>")) == []


def test_an_error_of_the_database_prints_no_row(driven: tuple[Case, list[str]], server_log: ServerLog) -> None:
    case, _ = driven
    with system("test"), canary.log_lines() as stream, connection.cursor() as cursor:
        for statement in (
            "INSERT INTO record_childcard SELECT * FROM record_childcard",
            "UPDATE record_childcard SET family_name = NULL",
            "SELECT family_name::int FROM record_childcard",
        ):
            with pytest.raises(DatabaseError) as refused, transaction.atomic():
                cursor.execute(statement)
            logs.get("test").error("failed", problem=refused.value, child=case.child.id)
    assert "error=" in stream.getvalue()
    assert canary.lines_that_hold_it(stream.getvalue().splitlines()) == []
    assert not canary.holds(server_log.since())


def test_each_leak_that_is_planted_is_found(driven: tuple[Case, list[str]]) -> None:
    case, _ = driven
    with system("test"):
        ReadAudit.objects.create(
            person_id=case.world.inspector.id, page="child", purpose=f"to find {SURNAME}", outcome="shown", at=NOON
        )
        assert canary.fields_that_must_not_hold_it() == {"access.ReadAudit.purpose"}
        assert canary.tables_that_hold_it() - canary.MAY_HOLD_IT.keys() == {"access_readaudit"}
    mail.send_mail("A child is missing", f"{SURNAME} is missing.", None, ["front.door@kingston.example"])
    mail.send_mail(SURNAME.upper(), "See Lantern.", None, ["front.door@kingston.example"])
    assert canary.mails_that_hold_it() == ["A child is missing", SURNAME.upper()]
    for written in (SURNAME, SURNAME.upper(), f"name={SURNAME.lower()}", SURNAME[::-1]):
        assert canary.holds(f"line {written} of a log")
    assert not canary.holds("a line of a log")


def test_the_log_prints_no_name_however_it_is_asked_to() -> None:
    with canary.log_lines() as stream:
        logs.get("test").info("child.shown", name=f"Robin {SURNAME}", colour=SURNAME)
        try:
            raise ValueError(SURNAME)
        except ValueError as problem:
            logs.get("test").error("failed", problem=problem)
        import logging

        logging.getLogger("a.library").warning("could not parse %s", SURNAME)
        logging.getLogger("a.library").warning(f"could not parse {SURNAME}")  # noqa: G004  what a library may do
    assert len(stream.getvalue().splitlines()) == 4
    assert canary.lines_that_hold_it(stream.getvalue().splitlines()) == []
