"""Refuse a database that could lose what it acknowledged, or a role that could step around the rules."""

import psycopg

from lantern.plumbing.errors import Misconfigured

OLDEST_SERVER = 16
NEEDED: dict[str, tuple[tuple[str, ...], str]] = {
    "fsync": (("on",), "what it acknowledges could be lost when the machine stops"),
    "full_page_writes": (("on",), "a page torn by a power cut could not be mended"),
    "synchronous_commit": (
        ("on", "remote_apply"),
        "what it acknowledges could be lost when the machine stops",
    ),
    "log_parameter_max_length_on_error": (("0",), "its log could print a child's data"),
    "log_statement": (("none",), "its log could print a child's data"),
    "log_min_messages": (("log", "fatal", "panic"), "its log could quote a child's data"),
}


def check_safe(connection: psycopg.Connection) -> None:
    """Raise Misconfigured, in one sentence, for the first thing that makes this connection unsafe to work through."""
    _check_version(connection)
    for name, (allowed, harm) in NEEDED.items():
        row = connection.execute("SELECT current_setting(%s, true)", [name]).fetchone()
        value = row[0] if row else None
        if value is not None and value not in allowed:
            raise Misconfigured(
                f"The database server has {name} = {value}, so {harm}: set it to {allowed[0]} and start again."
            )
    _check_role(connection)


def _check_version(connection: psycopg.Connection) -> None:
    major = connection.info.server_version // 10000
    if major < OLDEST_SERVER:
        raise Misconfigured(f"The database server is PostgreSQL {major}: Lantern needs {OLDEST_SERVER} or newer.")


def _check_role(connection: psycopg.Connection) -> None:
    row = connection.execute(
        """
        SELECT current_user, r.rolsuper, r.rolbypassrls,
               EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                       WHERE n.nspname = 'public' AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
        FROM pg_roles r WHERE r.rolname = current_user
        """
    ).fetchone()
    if row is None:
        raise Misconfigured("The database does not know the role that it let in: check DATABASE_URL.")
    role, superuser, bypass, owner = row
    for holds, what in (
        (superuser, "is a superuser"),
        (bypass, "may bypass row security"),
        (owner, "owns tables"),
    ):
        if holds:
            raise Misconfigured(
                f"The application's database role {role} {what}: give DATABASE_URL a role that only reads and writes."
            )
