"""Erasing a child's record, from the command to the last table."""

import pytest
from click.testing import CliRunner
from django.db import connection

from lantern.access import context, grants
from lantern.access.models import Person
from lantern.actions.erase_child import erase_child
from lantern.actions.look_again import look_again
from lantern.actions.receive_report import receive_report
from lantern.commands.erase import command
from lantern.intake.models import InboundMessage
from lantern.plumbing.errors import Refused
from lantern.record.actor import Actor
from lantern.record.errors import Erased
from lantern.record.verify import verify
from tests.flow.world import AT, DAY, HOUR, SURNAME, happened, reported
from tests.stages.police_mail import GATEWAY, mail


def administrator(world, agency):
    with context.system("test"):
        person = Person.objects.create_person(f"administrator@{agency}.example", "An administrator")
        grants.give_role(person, world.agencies[agency], "administrator", AT)
    return Actor(person.id, "administrator", agency, source_kind="command", source_ref="test")


def tables_with(words):
    """Every table that holds these words in plain."""
    with context.system("test"), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        found = []
        for (name,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {name} t WHERE t::text ILIKE %s", [f"%{words}%"])
            found += [name] if cursor.fetchone()[0] else []
    return found


def test_an_administrator_of_the_responsible_authority_erases_a_record_and_nobody_else(world):
    known = reported(world)
    happened(world, known, "child_returned", "elms", "residential_manager", AT + DAY, to="placement")
    assert tables_with(SURNAME) == ["record_childcard"]
    refused = [
        administrator(world, "surrey"),
        world.actor("kingston", "head_of_service"),
        world.actor("elms", "residential_manager"),
    ]
    for by in refused:
        with pytest.raises(Refused):
            erase_child(child=known.child, reason="retention", by=by, at=AT + 2 * DAY)
    by = administrator(world, "kingston")
    with pytest.raises(Refused):
        erase_child(child=known.child, reason="Rowan asked for it", by=by, at=AT + 2 * DAY)
    assert tables_with(SURNAME) == ["record_childcard"]
    erase_child(child=known.child, reason="retention", by=by, at=AT + 2 * DAY)
    assert tables_with(SURNAME) == []
    with pytest.raises(Erased):
        erase_child(child=known.child, reason="retention", by=by, at=AT + 2 * DAY)
    assert look_again(known.child, at=AT + 3 * DAY).problem is None
    with context.system("test"):
        assert verify().ok


def test_the_messages_about_an_erased_child_are_unreadable_and_its_report_waits_for_a_person(world, settings):
    settings.POLICE_SENDERS, settings.MAIL_GATEWAY = ["@police.example"], GATEWAY
    by = Actor(None, "police", "met", source_kind="feed")
    first = receive_report("police_email", mail(), by=by, at=AT + HOUR)
    assert first.child is not None
    erase_child(child=first.child, reason="court", by=administrator(world, "kingston"), at=AT + DAY)
    with context.system("test"):
        assert InboundMessage.objects.get(id=first.message.id).wrapped_key is None
    again = receive_report(
        "police_email", mail(Risk_level="High", message_id="report-2@police.example"), by=by, at=AT + 2 * DAY
    )
    assert again.child is None
    with context.system("test"):
        again.message.refresh_from_db()
    assert again.message.state == "quarantined"
    assert [problem["code"] for problem in again.message.problems] == ["suppressed"]


def test_the_command_erases_for_an_administrator_and_says_why_it_does_not(world):
    known = reported(world)
    administrator(world, "surrey")
    administrator(world, "kingston")
    asked = ["--reason", "request", "--yes", "--as"]
    for email in ("nobody@kingston.example", "administrator@surrey.example"):
        refused = CliRunner().invoke(command, [known.child.ref, *asked, email])
        assert refused.exit_code == 1, refused.output
    assert tables_with(SURNAME)
    done = CliRunner().invoke(command, [known.child.ref.lower(), *asked, "administrator@kingston.example"])
    assert (done.exit_code, SURNAME in done.output) == (0, False), done.output
    assert tables_with(SURNAME) == []
