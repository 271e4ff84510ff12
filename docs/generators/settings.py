"""docs/generated/settings.md and docs/generated/commands.md."""

from generators._tables import code, table

from lantern.commands.cli import TABLE
from lantern.plumbing.environment import KNOWN


def pages() -> dict[str, str]:
    """Settings and commands."""
    return {"docs/generated/settings.md": _settings(), "docs/generated/commands.md": _commands()}


def _settings() -> str:
    head = "# Settings\n\nEnvironment variables; any other name that starts with `LANTERN_` is refused.\n\n"
    database = [("`DATABASE_URL`", "Any PostgreSQL 16 or newer instead of the embedded one, as the application role.")]
    owner = [("`DATABASE_OWNER_URL`", "The same database as the role that owns the tables; for migrations alone.")]
    return head + table(("name", "what it does"), [*((code(n), h) for n, h in KNOWN.items()), *database, *owner])


def _commands() -> str:
    rows = ((code(f"lantern {name}"), entry.help) for name, entry in TABLE.items())
    return "# Commands\n\n`lantern COMMAND --help` says more.\n\n" + table(("command", "what it does"), rows)
