"""Make a new cluster: its files, its roles, its database."""

import os
import secrets
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from lantern.plumbing.errors import Misconfigured
from lantern.plumbing.postgres.layout import Home

SUPERUSER = "lantern_super"
OWNER = "lantern_owner"
APP = "lantern_app"
DATABASE = "lantern"
ROLES = {"superuser": SUPERUSER, "owner": OWNER, "app": APP}


def make_folders(home: Home) -> None:
    """Create the folders with the modes and owners they must have."""
    try:
        home.folder.mkdir(parents=True, exist_ok=True)
        home.folder.chmod(0o711)
        _own_folder(home.secrets, os.geteuid(), os.getegid())
        for folder in (home.data, home.log.parent, home.socket):
            _own_folder(folder, home.account.uid, home.account.gid)
    except PermissionError as problem:
        raise Misconfigured(
            f"{problem.filename} cannot be used: it belongs to another user; run as that user or use your own clone."
        ) from problem


def _own_folder(folder: Path, uid: int, gid: int) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if folder.is_symlink() or status.st_uid not in (uid, os.geteuid()):
        raise Misconfigured(f"{folder} belongs to another user: remove it, then start again.")
    if (status.st_uid, status.st_gid) != (uid, gid):
        os.chown(folder, uid, gid)
    folder.chmod(0o700)


def is_initialised(home: Home) -> bool:
    """Whether a finished cluster is there."""
    return (home.secrets / "finished").exists()


def create_cluster(home: Home) -> None:
    """Run initdb. A half-made cluster of an interrupted try is removed first."""
    shutil.rmtree(home.data, ignore_errors=True)
    make_folders(home)
    for role in ROLES:
        _write_secret(home.secrets / role, secrets.token_urlsafe(24))
    hand_over = home.log.parent / "first-password"
    _write_secret(hand_over, home.password("superuser"))
    os.chown(hand_over, home.account.uid, home.account.gid)
    try:
        _initdb(home, hand_over)
    finally:
        hand_over.unlink(missing_ok=True)


def _initdb(home: Home, hand_over: Path) -> None:
    options = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options += ["--auth-local=scram-sha-256", "--auth-host=reject", "--data-checksums", "--no-instructions"]
    done = subprocess.run(
        [
            str(home.programs / "initdb"),
            "-D",
            str(home.data),
            "-U",
            SUPERUSER,
            f"--pwfile={hand_over}",
            *options,
        ],
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
        **home.account.run_as,  # type: ignore[call-overload]  # typeshed lists these keywords one by one
    )
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if "FATAL" in line or "error" in line] or ["no reason given"]
        raise Misconfigured(f"The database could not be created in {home.data}: {said[0].strip()}")


def create_roles(home: Home) -> None:
    """Create the two roles and the database on a running new cluster, then mark it finished."""
    with connect_superuser(home, "postgres") as connection:
        for name, role in (("owner", OWNER), ("app", APP)):
            _create_role(connection, role, home.password(name))
        create_database(connection, DATABASE)
    _write_secret(home.secrets / "finished", "yes")


def _create_role(connection: psycopg.Connection, role: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = "ALTER" if known else "CREATE"
    connection.execute(
        sql.SQL(
            "{verb} ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD {password}"
        ).format(verb=sql.SQL(verb), role=sql.Identifier(role), password=sql.Literal(password))
    )


def create_database(connection: psycopg.Connection, name: str, template: str = "template0") -> None:
    """Create database `name`, owned by the owner role and entered by our two roles alone."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    parts = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
    parts |= {"owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
    for statement in (
        "CREATE DATABASE {name} OWNER {owner} TEMPLATE {template} STRATEGY file_copy",
        "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        "GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {app}",
    ):
        connection.execute(sql.SQL(statement).format(**parts))


def connect_superuser(home: Home, database: str) -> psycopg.Connection:
    """An autocommit connection as the cluster's superuser: for set-up and tests, never for the application."""
    return psycopg.connect(
        host=str(home.socket),
        user=SUPERUSER,
        password=home.password("superuser"),
        dbname=database,
        autocommit=True,
    )


def _write_secret(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
