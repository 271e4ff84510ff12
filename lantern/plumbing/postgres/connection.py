"""The two ways into the database, as Django's settings want them."""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from lantern.plumbing.errors import Misconfigured
from lantern.plumbing.postgres.initialise import APP, DATABASE, OWNER
from lantern.plumbing.postgres.layout import Home

# A web process keeps its connection between requests for this long.
KEEP_CONNECTION_SECONDS = 60
# A statement whose values the server binds is prepared after so many uses, and then planned no more: that halves the
# time of an append, and takes a third off what the server does for a page.
OPTIONS = {"application_name": "lantern", "server_side_binding": True, "prepare_threshold": 2}
DJANGO_KEYS = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}


def embedded(home: Home) -> dict[str, dict[str, Any]]:
    """`default` (the application's role) and `owner` (the tables' owner) on the embedded server."""
    place = {"HOST": str(home.socket), "PORT": "", "NAME": DATABASE}
    return {
        "default": _django(place | {"USER": APP, "PASSWORD": home.password("app")}),
        "owner": _django(place | {"USER": OWNER, "PASSWORD": home.password("owner")}),
    }


def external(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """`default` from DATABASE_URL, and `owner` from DATABASE_OWNER_URL where it is given."""
    found = {"default": _from_url("DATABASE_URL", environment["DATABASE_URL"])}
    if "DATABASE_OWNER_URL" in environment:
        found["owner"] = _from_url("DATABASE_OWNER_URL", environment["DATABASE_OWNER_URL"])
    return found


def _from_url(name: str, url: str) -> dict[str, Any]:
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError as problem:
        raise Misconfigured(f"{name} is not the address of a PostgreSQL database (postgresql://…).") from problem
    settings = {key: str(parts.pop(part)) for part, key in DJANGO_KEYS.items() if parts.get(part) is not None}
    if "NAME" not in settings or "USER" not in settings:
        raise Misconfigured(f"{name} must name a database and a role (postgresql://role@host/database).")
    return _django(settings, dict(parts))


def _django(settings: dict[str, str], options: dict[str, Any] | None = None) -> dict[str, Any]:
    return settings | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": KEEP_CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": OPTIONS | (options or {}),
    }
