"""The embedded server keeps what it acknowledged, listens to nobody else, and refuses to be made unsafe."""

import os
import shutil
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from lantern.plumbing.errors import Misconfigured
from lantern.plumbing.postgres import Home, ensure_running, home_for, is_running, stop
from lantern.plumbing.postgres.initialise import APP, DATABASE, OWNER, connect_superuser
from lantern.plumbing.postgres.safe import check_safe


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A server of its own, because these tests kill it."""
    home = home_for(tmp_path_factory.mktemp("server") / "var")
    ensure_running(home)
    yield home
    stop(home)
    shutil.rmtree(home.folder)


def _connect(home: Home, name: str, role: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(home.socket), user=role, password=home.password(name), dbname=DATABASE, autocommit=True
    )


def _server_pid(home: Home) -> int:
    return int((home.data / "postmaster.pid").read_text().splitlines()[0])


def test_what_was_acknowledged_survives_kill_9(home: Home) -> None:
    with _connect(home, "owner", OWNER) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        for n in range(20):
            connection.execute("INSERT INTO kept VALUES (%s)", [n])
        os.kill(_server_pid(home), signal.SIGKILL)
    ensure_running(home)
    with _connect(home, "owner", OWNER) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (20,)
        connection.execute("DROP TABLE kept")


def test_a_killed_backend_leaves_the_server_running(home: Home) -> None:
    with _connect(home, "app", APP) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    ensure_running(home)
    with _connect(home, "app", APP) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_stop_and_start_are_safe_to_repeat(home: Home) -> None:
    stop(home)
    stop(home)
    assert not is_running(home)
    ensure_running(home)
    ensure_running(home)
    assert is_running(home)


def test_it_runs_as_an_ordinary_account_and_listens_on_no_address(home: Home) -> None:
    assert Path(f"/proc/{_server_pid(home)}").stat().st_uid != 0
    with _connect(home, "app", APP) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)


def test_nobody_gets_in_without_the_password(home: Home) -> None:
    for role in (APP, OWNER, "lantern_super"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host=str(home.socket), user=role, password="guess", dbname=DATABASE)


def test_passwords_and_socket_are_closed_to_others(home: Home) -> None:
    for path in home.secrets.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    for folder in (home.secrets, home.socket, home.data):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder.name


@pytest.mark.parametrize(
    ("setting", "unsafe"),
    [("fsync", "off"), ("full_page_writes", "off"), ("synchronous_commit", "off"), ("log_statement", "all")],
)
def test_an_unsafe_setting_is_refused_and_its_mending_accepted(home: Home, setting: str, unsafe: str) -> None:
    with connect_superuser(home, "postgres") as admin:
        admin.execute(f"ALTER SYSTEM SET {setting} = '{unsafe}'")
        admin.execute("SELECT pg_reload_conf()")
        try:
            with (
                _connect_after_reload(home, setting, unsafe) as connection,
                pytest.raises(Misconfigured, match=setting),
            ):
                check_safe(connection)
        finally:
            admin.execute(f"ALTER SYSTEM RESET {setting}")
            admin.execute("SELECT pg_reload_conf()")


def _connect_after_reload(home: Home, setting: str, value: str) -> psycopg.Connection:
    for _ in range(100):
        connection = _connect(home, "app", APP)
        if connection.execute(f"SHOW {setting}").fetchone() == (value,):
            return connection
        connection.close()
    raise AssertionError(f"{setting} did not become {value}")


def test_roles_that_could_step_around_the_rules_are_refused(home: Home) -> None:
    with _connect(home, "app", APP) as connection:
        check_safe(connection)
    with connect_superuser(home, DATABASE) as connection, pytest.raises(Misconfigured, match="is a superuser"):
        check_safe(connection)
    with _connect(home, "owner", OWNER) as connection:
        connection.execute("CREATE TABLE owned (n int)")
        with pytest.raises(Misconfigured, match="owns tables"):
            check_safe(connection)
        connection.execute("DROP TABLE owned")


def test_the_log_prints_no_value_of_a_failing_statement(home: Home) -> None:
    with _connect(home, "owner", OWNER) as connection:
        connection.execute("CREATE TABLE strict (name text PRIMARY KEY)")
        connection.execute("INSERT INTO strict VALUES ('Canaryname')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO strict VALUES (%s)", ["Canaryname"])
        connection.execute("DROP TABLE strict")
    assert "Canaryname" not in home.log.read_text()
