"""The database's own catalogue: every table with child data is shut, and the application's role can open none."""

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from lantern.access.context import acting, system
from tests.personas import World

# rights that would let the application step round a trigger, a policy or a foreign key
FORBIDDEN_RIGHTS = ("TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")
APPEND_ONLY = ("access_readaudit", "record_loggedevent")

# A table has child data when it has a column for the child, is the child, or points at a table that has.
WITH_CHILD_DATA = """
WITH RECURSIVE near AS (
    SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
      AND (c.relname = 'record_child' OR EXISTS (
            SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('child', 'child_id')
               AND NOT a.attisdropped))
    UNION
    SELECT f.conrelid FROM pg_constraint f JOIN near ON f.confrelid = near.oid WHERE f.contype = 'f'
)
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
       (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)
FROM near JOIN pg_class c ON c.oid = near.oid ORDER BY 1
"""


def rows(statement: str, *values: object, using: BaseDatabaseWrapper | None = None) -> list[tuple]:
    with (using or connection).cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def tables(using: BaseDatabaseWrapper | None = None) -> list[str]:
    return [name for name, *_ in rows(WITH_CHILD_DATA, using=using)]


def open_tables(using: BaseDatabaseWrapper | None = None) -> list[str]:
    """Tables with child data that row-level security does not shut."""
    found = rows(WITH_CHILD_DATA, using=using)
    return [name for name, enabled, forced, policies in found if not (enabled and forced and policies)]


def test_every_table_with_child_data_has_row_level_security_forced(db: None) -> None:
    assert {"record_child", "record_loggedevent", "access_caserole", "access_readaudit"} <= set(tables())
    assert len(tables()) >= 12
    assert open_tables() == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_table_that_somebody_forgot_to_protect_is_found() -> None:
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute("CREATE TABLE planted (id int PRIMARY KEY, child_id uuid)")
        cursor.execute("CREATE TABLE planted_further (planted int REFERENCES planted)")
        assert set(open_tables(owner)) == {"planted", "planted_further"}
        transaction.set_rollback(True, using="owner")


def test_without_a_context_every_such_table_is_empty(world: World) -> None:
    def counted() -> dict[str, int]:
        return {name: rows(f"SELECT count(*) FROM {name}")[0][0] for name in tables()}

    with system("test"):
        there = counted()
    assert there["record_child"] == 1
    assert there["access_caserole"] == 3
    assert set(counted().values()) == {0}
    with acting(world.other_worker):
        assert set(counted().values()) == {0}


def test_the_application_role_has_no_right_that_steps_round_the_rules(db: None) -> None:
    (role,) = rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
        " FROM pg_roles WHERE rolname = current_user"
    )
    assert role == (False,) * 5
    assert rows("SELECT has_schema_privilege('public', 'CREATE'), has_schema_privilege('lantern_door', 'USAGE')") == [
        (False, False)
    ]
    known = rows("SELECT current_setting('server_version_num')::int")[0][0]
    for right in FORBIDDEN_RIGHTS if known >= 170000 else FORBIDDEN_RIGHTS[:3]:
        held = rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND has_table_privilege(oid, %s)",
            right,
        )
        assert held == [], right
    for table in APPEND_ONLY:
        assert rows("SELECT has_table_privilege(%s, 'UPDATE'), has_table_privilege(%s, 'DELETE')", table, table) == [
            (False, False)
        ]


def test_no_view_and_no_function_opens_a_way_round(db: None) -> None:
    views = rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"
        " AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)"
    )
    assert views == []
    unpinned = rows(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND NOT coalesce(EXISTS (SELECT 1 FROM unnest(proconfig) c WHERE c LIKE 'search_path=%%'), false)"
    )
    assert unpinned == []
