"""Bring a database's tables up to date, as the role that owns them."""

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from lantern.plumbing.errors import Misconfigured
from lantern.plumbing.postgres.layout import home_for
from lantern.plumbing.postgres.safe import check_safe
from lantern.plumbing.postgres.server import ensure_running

# The application reads and writes; append-only tables take the rest away again in their own migrations.
GRANTS = (
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
)


def start_embedded() -> None:
    """Start the embedded server, where that is the database in use."""
    if settings.EMBEDDED_DATABASE:
        ensure_running(home_for(settings.VAR))
        read_passwords_again()


def migrate(verbosity: int = 1) -> None:
    """Grant what the application's role needs, then run the migrations as the owner."""
    if "owner" not in connections.databases:
        raise Misconfigured(
            "DATABASE_OWNER_URL is not set: give it the same database, with the role that owns its tables."
        )
    grant()
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    connections["owner"].close()


def grant() -> None:
    """Give the application's role its default privileges; must come before the tables do."""
    app = connections["default"].settings_dict["USER"]
    owner = connections["owner"]
    with owner.cursor() as cursor:
        for statement in GRANTS:
            cursor.execute(statement.format(app=owner.ops.quote_name(app)))


def check() -> None:
    """Raise Misconfigured where the application's connection is unsafe to work through."""
    connection = connections["default"]
    connection.ensure_connection()
    check_safe(connection.connection)


def read_passwords_again() -> None:
    """Take up the passwords that the very first start made after the settings had been read."""
    home = home_for(settings.VAR)
    for alias, role in (("default", "app"), ("owner", "owner")):
        connections[alias].settings_dict["PASSWORD"] = home.password(role)
