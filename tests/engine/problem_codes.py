"""The codes of problems, as they stand in the source of the engine."""

import ast
from pathlib import Path

ENGINE = Path(__file__).parents[2] / "lantern" / "engine"
SAID_BY = {
    "packs": ["packs/*.py"],
    "log": ["log.py", "values.py"],
    "story": ["checks.py", "authority.py", "results.py"],
}
SAYING = {"say", "problem", "Problem", "_problem"}


def codes_in(part: str) -> set[str]:
    """Every code that this part of the engine can say."""
    files = [path for pattern in SAID_BY[part] for path in ENGINE.glob(pattern)]
    return {code for path in files for code in _codes(ast.parse(path.read_text()))}


def _codes(module: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in SAYING:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
            elif isinstance(first, ast.JoinedStr):
                found |= {f"missing_{key}" for key in ("child", "episode", "occurred_at")}
    return found


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", None) or getattr(function, "id", "")
