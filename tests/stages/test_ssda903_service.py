"""The SSDA903 report over a real record: who may make it, over which children, and what is written of that."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from lantern.access.context import acting, system
from lantern.access.grants import add_agency, end_case_role, give_case_role, give_role, restrict
from lantern.access.models import Agency, Person, ReadAudit
from lantern.commands.report import command
from lantern.record.append import NewEvent, append, open_child, open_episode
from lantern.record.models import Child
from lantern.reporting.ssda903 import CollectionYear, read_rows, service
from tests.stages.record_world import SOCIAL_WORKER, profile

YEAR = CollectionYear(2025)
AT = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
LATER = AT + timedelta(days=2)


class World:
    """Kingston with an analyst and a social worker, Richmond with an analyst, a child of Kingston's who was missing."""

    def __init__(self) -> None:
        self.kingston = add_agency("kingston", "Kingston", "authority", authority="Kingston")
        self.richmond = add_agency("richmond", "Richmond", "authority", authority="Richmond")
        self.analyst = self.person("analyst@kingston.example", self.kingston, "analyst")
        self.worker = self.person("worker@kingston.example", self.kingston, "social_worker")
        self.stranger = self.person("analyst@richmond.example", self.richmond, "analyst")
        self.child = self.missing_child()

    def person(self, email: str, agency: Agency, role: str) -> Person:
        person = Person.objects.create_person(email, "A Person")
        give_role(person, agency, role, AT)
        return person

    def missing_child(self) -> Child:
        child = open_child(by=SOCIAL_WORKER, at=AT)
        give_case_role(child.id, self.kingston, "responsible_authority", AT)
        episode = open_episode(child, by=SOCIAL_WORKER, at=AT)
        told = [
            profile(AT - timedelta(days=30), identifiers={"local": "k-100"}),
            NewEvent("absence_noticed", AT, {"last_seen_at": AT.isoformat()}, episode),
            NewEvent("category_set", AT, {"category": "missing"}, episode),
        ]
        append(child, told, by=SOCIAL_WORKER, at=AT)
        back = NewEvent("child_located", AT + timedelta(hours=5), {}, episode)
        append(child, [back], by=SOCIAL_WORKER, at=AT + timedelta(days=1))
        return child


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with system("test"):
        yield World()


def made_by(person: Person, **options) -> service.Report:
    with acting(person):
        return service.for_person(person, YEAR, "Kingston", at=LATER, **options)


def test_an_analyst_makes_the_report_of_their_own_authority_and_nobody_elses(world: World):
    row = made_by(world.analyst).rows.rows[0]
    assert (row.child, row.missing, row.child_key) == ("K-100", "M", str(world.child.id))
    assert (f"{row.started}", f"{row.ended}") == ("2026-03-02", "2026-03-03")
    assert service.authorities_of(world.analyst) == ["Kingston"]
    assert service.authorities_of(world.worker) == []
    for refused in (world.worker, world.stranger):
        with pytest.raises(service.MayNotReport):
            made_by(refused)


def test_what_the_report_showed_is_in_the_read_audit(world: World):
    made_by(world.analyst)
    seen = ReadAudit.objects.get(person_id=world.analyst.id)
    assert (seen.child_id, seen.purpose, seen.agency_code) == (world.child.id, "ssda903 report", "kingston")


def test_the_report_is_as_known_then(world: World):
    assert made_by(world.analyst).rows.rows[0].ended is not None
    assert made_by(world.analyst, known_at=AT + timedelta(hours=6)).rows.rows[0].ended is None
    assert made_by(world.analyst, known_at=AT - timedelta(hours=1)).rows.rows == ()


def test_a_child_who_has_moved_on_is_still_reported_by_who_was_responsible_then(world: World):
    end_case_role(world.child.id, world.kingston, "responsible_authority", AT + timedelta(days=1))
    assert len(made_by(world.analyst).rows.rows) == 1


def test_a_restricted_record_is_a_problem_for_all_but_its_named_readers(world: World):
    restrict(world.child.id, "a relative works here", [world.worker], AT)
    found = made_by(world.analyst).rows
    assert found.rows == ()
    assert [(one.code, one.events) for one in found.problems] == [("restricted", ())]
    assert not ReadAudit.objects.filter(person_id=world.analyst.id).exists()
    restrict(world.child.id, "a relative works here", [world.analyst], AT)
    assert len(made_by(world.analyst).rows.rows) == 1


def test_an_operator_writes_the_file_and_is_told_what_is_missing(world: World, tmp_path: Path):
    nameless = open_child(by=SOCIAL_WORKER, at=AT)
    episode = open_episode(nameless, by=SOCIAL_WORKER, at=AT)
    append(nameless, [NewEvent("absence_noticed", AT, {}, episode)], by=SOCIAL_WORKER, at=AT)
    out = tmp_path / "missing.csv"
    asked = ["ssda903", "--year", "2025-26", "--out", str(out)]
    done = CliRunner().invoke(command, asked, catch_exceptions=False)
    assert [row.child for row in read_rows(out.read_text())] == ["K-100"]
    assert f"looked_after_unknown: episode {episode.id}" in done.stderr
    assert "rows 1, problems 1" in done.stdout
    CliRunner().invoke(command, [*asked, "--authority", "Richmond"], catch_exceptions=False)
    assert read_rows(out.read_text()) == []


def test_last_years_open_episode_must_be_in_this_years_file(world: World, tmp_path: Path):
    last = tmp_path / "last.csv"
    last.write_text("CHILD,DOB,MISSING,MIS_START,MIS_END\r\nK-7,01/02/2011,M,30/03/2025,\r\n")
    asked = ["ssda903", "--year", "2025-26", "--out", str(tmp_path / "missing.csv"), "--last-year", str(last)]
    assert "not_carried_over" in CliRunner().invoke(command, asked, catch_exceptions=False).stderr
