"""The made-up people of the demonstration, their passwords kept in var/demo.json for this checkout alone."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

FILE = "demo.json"


def load(var: Path) -> list[dict[str, str]]:
    """Who may sign in (`email`, `password`, `who`); empty before a county was built."""
    path = var / FILE
    people: list[dict[str, str]] = json.loads(path.read_text()) if path.exists() else []
    return people


def save(var: Path, people: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Keep the people; written whole and moved into place, so that an interrupted start builds again."""
    draft = var / f".{FILE}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
        json.dump(list(people), stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(var / FILE)
    return list(people)
