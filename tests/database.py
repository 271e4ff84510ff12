"""A real PostgreSQL for the tests: the embedded server under var/test, shared by runs, a database for each.

A database is copied from a template that the migrations made; the template's name carries a hash of what they are
made of, so it is built again only when they change. Tests work through the application's role, as production does.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parent.parent
# what a table holds right after the migrations is put back after a test that commits
KEPT_SCHEMA = "after_migrations"


def _made_of() -> str:
    """A hash of everything that shapes the tables."""
    digest = hashlib.sha256(f"{version('django')} {version('django-allauth')}".encode())
    folder = ROOT / "lantern"
    found = [*folder.glob("**/migrations/*.py"), *folder.glob("**/*.sql"), *folder.glob("**/rls.py")]
    found += [folder / "plumbing" / "postgres" / "prepare.py", Path(__file__)]
    for path in sorted(found):
        digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _superuser(database: str = "postgres") -> psycopg.Connection:
    from django.conf import settings

    from lantern.plumbing.postgres import home_for
    from lantern.plumbing.postgres.initialise import connect_superuser

    return connect_superuser(home_for(settings.VAR), database)


def _use(name: str) -> None:
    from django.db import connections

    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_left_over(connection: psycopg.Connection, template: str) -> None:
    """Remove databases of runs that are gone, and templates of older migrations that no run is copying."""
    for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
        run = re.fullmatch(r"test_(\d+)_\w+", name)
        dead_run = run is not None and not Path(f"/proc/{run[1]}").exists() and Path("/proc/self").exists()
        if dead_run or (name.startswith("template_") and name != template):
            _drop(connection, name)


def _build_template(connection: psycopg.Connection, name: str) -> None:
    from lantern.plumbing.postgres import prepare
    from lantern.plumbing.postgres.initialise import create_database

    _drop(connection, name)
    create_database(connection, name)
    _use(name)
    prepare.migrate(verbosity=0)
    with _superuser(name) as inside:
        _keep_rows(inside)
    _use("lantern")
    connection.execute("UPDATE pg_database SET datistemplate = true WHERE datname = %s", [name])


def _tables(connection: psycopg.Connection, schema: str) -> list[str]:
    rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema]).fetchall()
    return [name for (name,) in rows]


def _keep_rows(connection: psycopg.Connection) -> None:
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(KEPT_SCHEMA)))
    for table in _tables(connection, "public"):
        names = {"kept": sql.Identifier(KEPT_SCHEMA, table), "table": sql.Identifier("public", table)}
        if _has_rows(connection, table):
            connection.execute(sql.SQL("CREATE TABLE {kept} AS TABLE {table}").format(**names))


def empty(name: str) -> None:
    """Put database `name` back to what it was right after the migrations."""
    with _superuser(name) as connection:
        # triggers and foreign keys rest: append-only tables refuse to be emptied otherwise
        connection.execute("SET session_replication_role = replica")
        used = [table for table in _tables(connection, "public") if _has_rows(connection, table)]
        every = sql.SQL(", ").join(sql.Identifier("public", table) for table in used)
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(every))
        for table in set(used) & set(_tables(connection, KEPT_SCHEMA)):
            names = {"kept": sql.Identifier(KEPT_SCHEMA, table), "table": sql.Identifier("public", table)}
            connection.execute(sql.SQL("INSERT INTO {table} SELECT * FROM {kept}").format(**names))


def _has_rows(connection: psycopg.Connection, table: str) -> bool:
    statement = sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier("public", table))
    row = connection.execute(statement).fetchone()
    return row is not None and bool(row[0])


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[None]:
    """Start the server, make the template where it is missing, copy it; drop the copy at the end."""
    from django.conf import settings

    from lantern.plumbing import postgres
    from lantern.plumbing.postgres import prepare

    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "users.lock").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        name, template = f"test_{os.getpid()}_{worker_id}", f"template_{_made_of()}"
        with django_db_blocker.unblock(), (settings.VAR / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            prepare.start_embedded()
            _copy_template(name, template)
        _use(name)
        yield
        with django_db_blocker.unblock():
            _use("lantern")
            with _superuser() as connection:
                _drop(connection, name)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # another run still uses the server
        postgres.stop(postgres.home_for(settings.VAR))


def _copy_template(name: str, template: str) -> None:
    from lantern.plumbing.postgres.initialise import create_database

    with _superuser() as connection:
        connection.execute("UPDATE pg_database SET datistemplate = false WHERE datname LIKE 'template\\_%'")
        _drop_left_over(connection, template)
        made = "SELECT 1 FROM pg_database WHERE datname = %s AND shobj_description(oid, 'pg_database') = 'finished'"
        if not connection.execute(made, [template]).fetchone():
            _build_template(connection, template)
            connection.execute(sql.SQL("COMMENT ON DATABASE {} IS 'finished'").format(sql.Identifier(template)))
        create_database(connection, name, template)


@pytest.fixture(autouse=True, scope="session")
def _empty_as_superuser() -> Iterator[None]:
    """After a test that commits, the application's role may not truncate: the superuser does."""
    from django.db import connection
    from django.test import TransactionTestCase

    def teardown(self: TransactionTestCase) -> None:
        connection.close()
        empty(connection.settings_dict["NAME"])

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    yield
    patch.undo()
