"""A surname that nobody bears goes through the whole house, and must not stand where names do not belong."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import DatabaseError, connection, transaction

from lantern.access import gate
from lantern.access.context import acting, system
from lantern.access.models import ReadAudit
from lantern.actions.receive_report import receive_report
from lantern.actions.record_event import record_event
from lantern.actions.tend import tend
from lantern.alerts.deliver import deliver
from lantern.alerts.models import Message
from lantern.intake.feeds.police_email.compose import GATEWAY, compose
from lantern.plumbing import logs
from lantern.plumbing.postgres import home_for
from lantern.record.actor import Actor
from lantern.record.models import ChildCard
from tests.gates import canary
from tests.gates.canary import SURNAME
from tests.personas import NOON, World

REPORT = {
    "Message type": "Missing person report",
    "Force": "Metropolitan Police",
    "Police reference": "MP/0412/26",
    "Surname": SURNAME,
    "Forenames": "Robin",
    "Date of birth": "09/05/2011",
    "Local authority": "Kingston",
    "Looked after": "Section 20",
    "Last seen": "04/03/2026 09:00",
    "Reported": "04/03/2026 11:00",
    "Reported by": "Foster carer",
    "Circumstances": f"{SURNAME} did not come home. A friend of the {SURNAME} family rang.",
    "Risk level": "High",
    "Risk graded by": "Inspector",
}
FORCE = Actor(None, "police", "met", source_kind="feed")


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
def driven(world: World, settings: Any) -> tuple[World, Any, list[str]]:
    """The report came in, alerts went out, the inspector graded, everybody looked. The world, the child, the log."""
    settings.POLICE_SENDERS, settings.MAIL_GATEWAY = ["@police.example"], GATEWAY
    raw = compose(REPORT, sent_at=NOON, message_id="canary@police.example")
    unread = compose({"Surname": SURNAME}, sent_at=NOON, message_id="unread@police.example")
    with canary.log_lines() as stream:
        child = receive_report("police_email", raw, by=FORCE, at=NOON).child
        assert receive_report("police_email", unread, by=FORCE, at=NOON).child is None
        inspector = Actor(world.inspector.id, "duty_inspector", "met")
        with acting(world.inspector):
            episode = gate.child_for(world.inspector, child.ref, "child page", NOON).episodes.get()
        fields = {"level": "high", "decided_by_role": "duty_inspector", "rationale": f"{SURNAME} is at risk."}
        record_event(child, episode, "risk_graded", NOON, fields, by=inspector, at=NOON)
        for later in (timedelta(hours=1), timedelta(hours=5), timedelta(hours=30)):
            tend(NOON + later)
            deliver(NOON + later)
        lines = stream.getvalue().splitlines()
    return world, child, lines


def test_the_surname_stands_only_where_names_belong(
    server_log: ServerLog, driven: tuple[World, Any, list[str]]
) -> None:
    _, child, lines = driven
    with system("test"):
        # the sweep is not blind: it finds the surname where it must be
        assert ChildCard.objects.get(child=child).family_name == SURNAME
        assert "record_childcard" in canary.tables_that_hold_it()
        assert canary.tables_that_hold_it() <= canary.MAY_HOLD_IT.keys()
        assert canary.fields_that_must_not_hold_it() == set()
        assert Message.objects.exists()
    assert mail.outbox
    assert canary.mails_that_hold_it() == []
    assert len(lines) >= 4
    assert canary.lines_that_hold_it(lines) == []
    assert not canary.holds(server_log.since())


def test_an_error_of_the_database_prints_no_row(driven: tuple[World, Any, list[str]], server_log: ServerLog) -> None:
    _, child, _ = driven
    with system("test"), canary.log_lines() as stream, connection.cursor() as cursor:
        for statement in (
            "INSERT INTO record_childcard SELECT * FROM record_childcard",
            "UPDATE record_childcard SET family_name = NULL",
            "SELECT family_name::int FROM record_childcard",
        ):
            with pytest.raises(DatabaseError) as refused, transaction.atomic():
                cursor.execute(statement)
            logs.get("test").error("failed", problem=refused.value, child=child.id)
    assert "error=" in stream.getvalue()
    assert canary.lines_that_hold_it(stream.getvalue().splitlines()) == []
    assert not canary.holds(server_log.since())


def test_each_leak_that_is_planted_is_found(driven: tuple[World, Any, list[str]]) -> None:
    world, _, _ = driven
    with system("test"):
        ReadAudit.objects.create(
            person_id=world.inspector.id, page="child", purpose=f"to find {SURNAME}", outcome="shown", at=NOON
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
