"""Packs made on the spot: plain data written as files, read by the real reader."""

import json
import tempfile
from pathlib import Path
from typing import Any

from lantern import engine

HEAD = {
    "pack": "small",
    "edition": "2026-01",
    "title": "A small protocol for a test",
    "in_force": {"from": "2020-01-01"},
    "status": "assumed",
}
SOURCES = {"sources": [{"key": "text", "title": "A text"}]}
CITE = {"source": "text", "at": "line 1"}


def duty(name: str = "initial_risk_grading", **more: Any) -> dict[str, Any]:
    """A duty with everything that must be said; `more` replaces or adds."""
    least = {
        "duty": name,
        "says": "Do what is asked",
        "owed_by": "duty_inspector",
        "strength": "must",
        "arises": {"at": "report_received"},
        "cite": CITE,
    }
    return {key: value for key, value in {**least, **more}.items() if value is not None}


def write(folder: Path, duties: list[dict[str, Any]], head: dict[str, Any] | None = None, **files: Any) -> Path:
    """The folder of a pack; `files` are the side files by name (terms, authority, timetables …)."""
    texts = {
        "pack.yaml": {**HEAD, **(head or {})},
        "sources.yaml": SOURCES,
        "duties/reported.yaml": {"duties": duties},
        **{f"{name}.yaml": {name: content} for name, content in files.items()},
    }
    (folder / "duties").mkdir(parents=True, exist_ok=True)
    for name, content in texts.items():
        (folder / name).write_text(json.dumps(content, default=str))  # JSON is YAML
    return folder


def pack_of(*duties: dict[str, Any], head: dict[str, Any] | None = None, **files: Any) -> engine.Pack:
    """The pack as read. Raises BadPack as the reader does."""
    with tempfile.TemporaryDirectory() as name:
        return engine.load_folder(write(Path(name), list(duties), head, **files))
