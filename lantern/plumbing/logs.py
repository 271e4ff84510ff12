"""The log: one line for each thing, of keys from a list, and never a word about a person.

    2026-03-01T02:10:00.123Z worker WARNING alert.not_sent message=0198… code=451 state=waiting

A value is printed only under a key of the list below and only when it looks like an id, a number, an instant or a
code. Lines of libraries keep their template and lose their arguments, because an argument may be anybody's name.
"""

import logging
import os
import re
import traceback
from datetime import UTC, datetime
from typing import Any

KEYS = frozenset(
    {"agency", "authority", "child", "code", "count", "duration_ms", "exit_status", "feed", "found", "id"}
    | {"late_seconds", "level", "message", "method", "pack", "person", "pid", "process", "repeated", "state"}
    | {"status", "url_name"}
)
WITHHELD = "(withheld)"
# Ids, codes, versions, instants and relative file names: no blanks, so no sentence fits.
_PLAIN = re.compile(r"-?[A-Za-z0-9][A-Za-z0-9_.:@/+-]{0,99}\Z")


class Log:
    """Writes lines of one part of the system."""

    def __init__(self, part: str) -> None:
        self._logger = logging.getLogger(f"lantern.{part}")

    def info(self, what: str, **fields: object) -> None:
        """Something happened as it should."""
        self._logger.info(what, extra={"lantern_fields": fields})

    def warning(self, what: str, **fields: object) -> None:
        """Something that somebody should look at when they can."""
        self._logger.warning(what, extra={"lantern_fields": fields})

    def error(self, what: str, *, problem: BaseException | None = None, **fields: object) -> None:
        """Something failed; `problem` adds where, never what it said."""
        self._logger.error(what, exc_info=problem, extra={"lantern_fields": fields})


def get(part: str) -> Log:
    """The log of `part` (a stage, a command)."""
    return Log(part)


def shown(key: str, value: object) -> str:
    """`value` as it may stand in the log under `key`."""
    if key not in KEYS:
        return WITHHELD
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return text if _PLAIN.match(text) else WITHHELD


class OneLine(logging.Formatter):
    """Formats every record, ours or a library's, as one line without personal data."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        instant = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields: dict[str, Any] | None = getattr(record, "lantern_fields", None)
        ours = fields is not None
        what = str(record.msg) if ours else f"{record.name}: {_template(record)}"
        parts = [
            instant.replace("+00:00", "Z"),
            os.environ.get("LANTERN_PROCESS", "command"),
            record.levelname,
            what,
        ]
        parts += [f"{key}={shown(key, value)}" for key, value in (fields or {}).items()]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(where(record.exc_info[1]))
        return " ".join(parts)


def _template(record: logging.LogRecord) -> str:
    # a template without arguments may be a finished sentence with anything in it; a library's own loggers use arguments
    return re.sub(r"\s+", " ", str(record.msg)) if record.args else "(message withheld)"


def where(problem: BaseException) -> str:
    """The class of an error and the places it passed through, without its message."""
    frames = traceback.extract_tb(problem.__traceback__)
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[-8:]]
    return f"error={type(problem).__name__} at={'<'.join(reversed(places))}"


def configuration() -> dict[str, Any]:
    """The `logging` configuration: everything to standard error, in one shape."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"one_line": {"()": "lantern.plumbing.logs.OneLine"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "one_line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "lantern": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # our own request log has said it already
            "django.request": {"level": "ERROR"},
            "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
