"""The tables of GLOSSARY.md: events, roles and duties, between markers; the words above them are written by hand."""

import re
from pathlib import Path

from generators._tables import code, table

from lantern.engine import vocabulary  # noqa: F401  importing it fills the registry
from lantern.engine.events import REGISTRY
from lantern.engine.roles import ROLES

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = "GLOSSARY.md"


def pages() -> dict[str, str]:
    """The glossary with its tables made again."""
    text = (ROOT / GLOSSARY).read_text()
    tables = {
        "events": table(("event", "means"), ((code(one.name), one.says) for one in REGISTRY.values())),
        "roles": table(("role", "means"), ((code(name), says) for name, says in ROLES.items())),
    }
    for name, made in tables.items():
        text = _between(text, name, made)
    return {GLOSSARY: text}


def _between(text: str, name: str, made: str) -> str:
    """The text with what stands between the two markers of `name` replaced."""
    pattern = re.compile(rf"(<!-- {name}: written by make docs -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    replaced, count = pattern.subn(lambda found: f"{found[1]}\n{made}\n{found[2]}", text)
    if count != 1:
        raise ValueError(f"{GLOSSARY} has no section marked {name}")
    return replaced
