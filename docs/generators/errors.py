"""docs/generated/errors.md: every error of ours with its code."""

import importlib
import pkgutil
from collections.abc import Iterator

from generators._tables import code, table

import lantern
from lantern.plumbing.errors import LanternError

# two start something when they are imported, one needs packages that most machines do without
NOT_IMPORTED = ("__main__", "wsgi", "on_spark")


def pages() -> dict[str, str]:
    """One page."""
    for module in pkgutil.walk_packages(lantern.__path__, "lantern."):
        if not module.name.endswith(NOT_IMPORTED):
            importlib.import_module(module.name)
    head = "# Errors\n\nEach carries code and fields; words are made at the edge. Indented: kinds of the one above.\n\n"
    rows = sorted(_below(LanternError, 0), key=lambda row: row[0])
    return {"docs/generated/errors.md": head + table(("error", "code", "means"), (row[1:] for row in rows))}


def _below(error: type[LanternError], depth: int, path: str = "") -> Iterator[tuple[str, str, str, str]]:
    path = f"{path}/{error.__name__}"
    means = (error.__doc__ or "").strip().split("\n\n")[0]
    yield path, "&nbsp;&nbsp;" * depth + error.__name__, code(error.code), means
    for kind in error.__subclasses__():
        yield from _below(kind, depth + 1, path)
