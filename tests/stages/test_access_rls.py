"""Row-level security: what the database itself shows and takes, whatever the application asks."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, IntegrityError, ProgrammingError

from lantern.access import rls
from lantern.access.context import acting, signing_in, system
from lantern.access.models import Agency, CaseRole, Membership, NamedReader, Person, RestrictedRecord

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TABLE = "access_scratch"


def as_owner(*statements: str) -> None:
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connections["owner"].close()


@pytest.fixture(scope="module")
def _scratch(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A table with child data, protected the way every migration protects its own."""
    with django_db_blocker.unblock():
        operations = rls.protect(TABLE, unlinked_to_intake=True)
        as_owner(
            f"CREATE TABLE {TABLE} (id serial PRIMARY KEY, child_id uuid, note text)",
            *[str(operation.sql) for operation in operations],
        )
    yield
    with django_db_blocker.unblock():
        as_owner(f"DROP TABLE {TABLE}")


class Scene:
    """Two councils with a worker each, a child of the first, a note about that child."""

    def __init__(self) -> None:
        self.child = uuid4()
        self.ours = Agency.objects.create(code="ours", name="Ours", kind="authority", authority="Ours")
        self.theirs = Agency.objects.create(code="theirs", name="Theirs", kind="authority", authority="Theirs")
        self.worker = self.person("worker@ours.example", self.ours, "social_worker")
        self.stranger = self.person("worker@theirs.example", self.theirs, "social_worker")
        self.intake = self.person("door@theirs.example", self.theirs, "front_door")
        CaseRole.objects.create(child_id=self.child, agency=self.ours, part="responsible_authority", since=AT)
        write(self.child, "a note")

    def person(self, email: str, agency: Agency, role: str) -> Person:
        person = Person.objects.create_person(email, "A Person")
        Membership.objects.create(person=person, agency=agency, role=role, since=AT)
        return person


def write(child: UUID | None, note: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (child_id, note) VALUES (%s, %s)", [child, note])


def notes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT note FROM {TABLE} ORDER BY id")
        return [note for (note,) in cursor.fetchall()]


def run(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def scene(db: None, _scratch: None) -> Scene:
    with system("test"):
        return Scene()


def test_only_people_whose_agency_has_a_part_in_the_case_see_its_rows(scene: Scene) -> None:
    with acting(scene.worker):
        assert notes() == ["a note"]
    with acting(scene.stranger):
        assert notes() == []
    with signing_in():
        assert notes() == []
    with system("test"):
        assert notes() == ["a note"]


def test_without_a_context_there_are_no_rows_and_no_writes(scene: Scene) -> None:
    assert notes() == []
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        write(scene.child, "no")
    run(f"UPDATE {TABLE} SET note = 'changed'")
    run(f"DELETE FROM {TABLE}")
    with system("test"):
        assert notes() == ["a note"]


def test_nobody_writes_about_a_child_that_they_may_not_see(scene: Scene) -> None:
    with acting(scene.worker):
        write(scene.child, "mine")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            write(uuid4(), "somebody else's")
    with acting(scene.stranger):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            write(scene.child, "not mine")
        run(f"UPDATE {TABLE} SET note = 'changed'")
    with system("test"):
        assert notes() == ["a note", "mine"]


def test_a_row_without_a_child_is_open_to_those_who_handle_intake_alone(scene: Scene) -> None:
    with system("test"):
        write(None, "unread report")
    with acting(scene.intake):
        assert notes() == ["unread report"]
    with acting(scene.worker):
        assert notes() == ["a note"]


def test_ending_a_membership_or_a_part_shuts_the_rows_at_the_next_statement(scene: Scene) -> None:
    for ended in (
        Membership.objects.filter(person=scene.worker),
        CaseRole.objects.filter(child_id=scene.child),
    ):
        with transaction.atomic():
            with system("test"):
                ended.update(until=AT)
            with acting(scene.worker):
                assert notes() == []
            transaction.set_rollback(True)
    with acting(scene.worker):
        assert notes() == ["a note"]
    with system("test"):
        Person.objects.filter(id=scene.worker.id).update(is_active=False)
    with acting(scene.worker):
        assert notes() == []


def test_a_restricted_record_is_open_to_named_people_alone(scene: Scene) -> None:
    colleague = None
    with system("test"):
        colleague = scene.person("colleague@ours.example", scene.ours, "team_manager")
        RestrictedRecord.objects.create(child_id=scene.child, reason="A relative works here.", since=AT)
        NamedReader.objects.create(child_id=scene.child, person=scene.worker, since=AT)
    with acting(scene.worker):
        assert notes() == ["a note"]
    with acting(colleague):
        assert notes() == []
        assert not CaseRole.objects.exists()


def test_contexts_nest_and_end_with_their_block(scene: Scene) -> None:
    with acting(scene.stranger):
        with system("test"):
            assert notes() == ["a note"]
        assert notes() == []
        with pytest.raises(RuntimeError), system("test"):
            raise RuntimeError
        assert notes() == []
    assert run("SELECT current_setting('lantern.token', true)") == [("",)]


def test_an_injected_statement_cannot_forge_a_context(scene: Scene) -> None:
    tries = [
        "SELECT set_config('lantern.token', '{child}', true)",
        "SELECT set_config('lantern.token', '{worker}', true)",
        "SET lantern.token = 'system'",
        "SET lantern.person = '{worker}'",
        "SET lantern.agency = '{ours}'",
        "SET row_security = off",
        "SET ROLE lantern_owner",
        "SET SESSION AUTHORIZATION lantern_owner",
        "SET session_replication_role = replica",
        "SELECT lantern_open_context('person', '{worker}', '', '\\x00')",
        "SELECT lantern_open_context('system', NULL, 'worker', NULL)",
        "SELECT lantern_open_context('nobody', NULL, '', sha256(''))",
        "SELECT * FROM lantern_door.context",
        "SELECT * FROM lantern_door.key",
        "INSERT INTO lantern_door.context"
        " VALUES (sha256('x'), pg_backend_pid(), pg_current_xact_id(), 'system', NULL, '')",
        "SELECT lantern_door.agencies_where('SEE_CHILD')",
        "CREATE OR REPLACE FUNCTION lantern_is_system() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "CREATE FUNCTION pg_temp.lantern_is_system() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "ALTER TABLE access_scratch DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE access_scratch NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY access_scratch_need_to_know ON access_scratch",
        "CREATE POLICY open ON access_scratch USING (true)",
        "GRANT lantern_owner TO CURRENT_USER",
        "INSERT INTO access_membership (id, person_id, agency_id, role, since)"
        " VALUES (gen_random_uuid(), '{stranger}', '{ours}', 'social_worker', now())",
        "UPDATE access_membership SET agency_id = '{ours}' WHERE person_id = '{stranger}'",
        "INSERT INTO access_caserole (id, child_id, agency_id, part, since)"
        " VALUES (gen_random_uuid(), '{child}', '{theirs}', 'host_authority', now())",
        "UPDATE access_caserole SET agency_id = '{theirs}'",
        "DELETE FROM access_caserole",
        "CREATE TEMP TABLE access_caserole AS"
        " SELECT '{child}'::uuid child_id, '{theirs}'::uuid agency_id, NULL::timestamptz until",
        "CREATE TEMP TABLE access_membership AS SELECT '{stranger}'::uuid person_id, '{ours}'::uuid agency_id",
    ]
    names = {"child": scene.child, "worker": scene.worker.id, "stranger": scene.stranger.id}
    names |= {"ours": scene.ours.id, "theirs": scene.theirs.id}
    for injected in tries:
        with acting(scene.stranger):
            try:
                with transaction.atomic():
                    run(injected.format(**names))
                    assert notes() == [], injected
            except DatabaseError:
                pass
            assert notes() == [], injected
    with acting(scene.worker):
        assert notes() == ["a note"]


@pytest.mark.usefixtures("_scratch")
@pytest.mark.django_db(transaction=True)
def test_a_context_and_its_proof_hold_for_one_transaction_only() -> None:
    from lantern.access.door_keys import SYSTEM, proof

    with system("test"):
        scene = Scene()
        token = run("SELECT current_setting('lantern.token')")[0][0]
        session, number = run("SELECT pg_backend_pid(), pg_current_xact_id()::text")[0]
        seen = proof(SYSTEM, None, "test", int(str(session)), str(number))
        run("SELECT lantern_open_context('system', NULL, 'test', %s)", seen)
    with acting(scene.stranger):
        run("SELECT set_config('lantern.token', %s, true)", token)
        assert notes() == []
    with acting(scene.stranger):
        with pytest.raises(DatabaseError, match="context refused"), transaction.atomic():
            run("SELECT lantern_open_context('system', NULL, 'test', %s)", seen)
        assert notes() == []
    assert notes() == []


def test_a_clash_with_a_part_that_one_cannot_see_tells_nothing(scene: Scene) -> None:
    answers = []
    with acting(scene.stranger):
        for part in ("responsible_authority", "host_authority"):  # the first is there, the second is not
            with pytest.raises(ProgrammingError) as refused, transaction.atomic():
                CaseRole.objects.create(child_id=scene.child, agency=scene.ours, part=part, since=AT)
            answers.append(str(refused.value))
    assert answers[0] == answers[1]


def test_parts_and_memberships_can_be_ended_and_nothing_else(scene: Scene) -> None:
    with system("test"):
        part = CaseRole.objects.get(child_id=scene.child)
        with pytest.raises(IntegrityError, match="can only be ended"), transaction.atomic():
            CaseRole.objects.filter(id=part.id).update(part="police")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            CaseRole.objects.filter(id=part.id).delete()
        CaseRole.objects.filter(id=part.id).update(until=AT)
        with pytest.raises(IntegrityError, match="can only be ended"), transaction.atomic():
            CaseRole.objects.filter(id=part.id).update(until=None)
